extension Rule {
    /// One argument, or the value that one request makes, is larger than the target allows.
    ///
    /// Fires on `SETRANGE bitmap 1000000 x`, which makes a value of 1,000,001 bytes; is silent on
    /// `SETRANGE bitmap 999999 x`.
    public static let valueTooLarge = Rule(
        .valueTooLarge, name: "value-too-large", severity: .error,
        summary: "A value is larger than 1,000,000 bytes.",
        explanation: """
            The data under one key are at most 1,000,000 bytes of payload: a string's length; the elements of a list or \
            set; the fields and values of a hash; the members of a sorted set and 8 bytes for each score. The write is \
            refused whole. SETRANGE and SETBIT reach far with a short request: the value grows up to the offset.
            """,
        badExample: ["SETRANGE bitmap 1000000 x"],
        goodExample: ["SETRANGE bitmap 999999 x"],
        instead: "split the value over several keys, or compress it before it is stored")
}
