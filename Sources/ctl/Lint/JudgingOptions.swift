import ArgumentParser
import CommandCatalog
import Compatibility

/// What to judge by: the configuration's file, and what the command line says in its place.
struct JudgingOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationOptions

    @Option(
        help: ArgumentHelp("The longest key. (default: \(Contract.clusterEdition.maxKeyBytes))", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1...1 << 40))
    var maxKeyBytes: Int?

    @Option(
        help: ArgumentHelp(
            "The largest value under one key. (default: \(Contract.clusterEdition.maxValueBytes))", valueName: "size"),
        transform: ArgumentValues.bytes(in: 1...1 << 40))
    var maxValueBytes: Int?

    @Option(
        defaultAsFlag: 80,
        help: ArgumentHelp(
            "Warn of keys and values from this part of their limit on. (default: not at all; without a number, at 80)",
            valueName: "percent"))
    var nearLimit: Int?

    func validate() throws {
        if let nearLimit, !(1...100).contains(nearLimit) {
            throw ValidationError("--near-limit \(nearLimit): write a number from 1 to 100")
        }
    }

    /// The configuration that counts; one that says nothing where there is no file.
    func configuration() throws(Failure) -> Configuration { try file.configuration() }

    /// The contract with the limits that the command line, else the configuration, sets.
    func contract(_ configuration: Configuration) -> Contract {
        var contract = Contract.clusterEdition
        let limits = configuration.limits
        contract.maxKeyBytes = maxKeyBytes ?? limits.keyBytes ?? contract.maxKeyBytes
        contract.maxValueBytes = maxValueBytes ?? limits.valueBytes ?? contract.maxValueBytes
        contract.maxRequestBytes = limits.requestBytes ?? contract.maxRequestBytes
        contract.idleTimeoutSeconds = limits.idleSeconds ?? contract.idleTimeoutSeconds
        return contract
    }

    /// From how many per cent of a limit on the rule near-limit finds something; nil where it is off.
    func nearLimitPercent(_ configuration: Configuration) -> Int? {
        let percent = nearLimit ?? configuration.limits.nearLimitPercent
        return percent == 0 ? nil : percent
    }
}
