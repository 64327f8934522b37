/// Where Prometheus is answered: `9121`, `0.0.0.0:9121`, `[::]:9121`.
struct MetricsAddress {
    /// The address; nil where none is named.
    let host: String?
    let port: Int

    /// - Throws: `ArgumentValues.Unusable`.
    init(_ text: String) throws {
        let digits = text.reversed().prefix { $0 != ":" }.reversed()
        let host = text.dropLast(digits.count).dropLast()
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        let isNamed = digits.count < text.count
        guard let port = Int(String(digits)), (0...65_535).contains(port), !isNamed || !host.isEmpty,
            isBracketed || !host.contains(":")
        else {
            throw ArgumentValues.Unusable(
                description: "write a port from 0 to 65535, or an address before it, such as 0.0.0.0:9121 or [::]:9121")
        }
        self.port = port
        self.host = isNamed ? String(isBracketed ? host.dropFirst().dropLast() : host) : nil
    }
}
