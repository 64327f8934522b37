extension Rule {
    /// Stored data of a kind, or in a form, that the target does not take.
    ///
    /// Fires on RESTORE of a payload that Redis 7 has dumped; is silent on one of Redis 2.8.
    public static let unsupportedData = Rule(
        .unsupportedData, name: "unsupported-data", severity: .error,
        summary: "The target has no place for some of the data.",
        explanation: """
            The target holds strings, lists, sets, hashes and sorted sets. A file or log of a later release may have \
            streams, values and data of modules, libraries of functions, and hashes whose fields have a time to live. None \
            of that can be brought over: keys are left out, fields stay for ever. RESTORE takes payloads of DUMP up to \
            version 6 of the RDB format; later releases answer DUMP with one that the target refuses.
            """,
        badExample: [#"RESTORE k 0 "\x00\x01v\n\x00\x91\b\xce\xb2\x198\x8a\xce""#],
        goodExample: [#"RESTORE k 0 "\x00\x01v\x06\x00\a\xe5\xa62\xecm\xb6]""#],
        instead: "write what is in it in a type that Redis 2.8 has, and let the application keep the times to live")
}
