import ArgumentParser
import Compatibility

/// The project's configuration: the same file for `lint`, `sizes` and `exec`.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration. (default: the first \(Configuration.fileName) in this folder and those above)",
            valueName: "path"))
    var config: String?

    @Flag(help: "Read no configuration.")
    var isolated = false

    func validate() throws {
        if config != nil && isolated { throw ValidationError("--config and --isolated exclude each other: choose one") }
    }

    /// The configuration that counts; one that says nothing where there is no file.
    func configuration() throws(Failure) -> Configuration {
        if isolated { return Configuration(folder: WorkingFolder.path) }
        if let config { return try ConfigurationFile.read(config, option: "--config ") }
        guard let path = ConfigurationFile.found() else { return Configuration(folder: WorkingFolder.path) }
        return try ConfigurationFile.read(path, option: "")
    }
}
