/// The version of the program: the one place where it stands.
public enum ProductVersion {
    /// The version's numbers, as `--version` prints them.
    public static let text = "0.1.0"
}
