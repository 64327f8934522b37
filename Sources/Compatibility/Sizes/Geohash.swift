/// Scores as GEOADD makes them of places on the globe.
enum Geohash {
    private static let longestLatitude = 85.05112878
    private static let steps = 26

    /// The score; nil where Redis takes no such place.
    static func score(longitude: Double, latitude: Double) -> Double? {
        guard abs(longitude) <= 180, abs(latitude) <= longestLatitude else { return nil }
        let scale = Double(1 << steps)
        let east = UInt32((longitude + 180) / 360 * scale)
        let north = UInt32((latitude + longestLatitude) / (2 * longestLatitude) * scale)
        return Double(spread(north) | spread(east) << 1)
    }

    /// The bits of a number with a zero before each.
    private static func spread(_ number: UInt32) -> UInt64 {
        (0..<32).reduce(0) { $0 | UInt64(number >> $1 & 1) << UInt64(2 * $1) }
    }
}
