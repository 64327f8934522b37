// Geographic indexes.

extension Unsupported {
    static let geo: [Command] = [
        .unnamed("GEOADD", Version(3, 2, 0), .geo, arity: -5, keys: .first, instead: Instead.geohash),
        .unnamed("GEODIST", Version(3, 2, 0), .geo, arity: -4, keys: .first, instead: Instead.geohash),
        .unnamed("GEOHASH", Version(3, 2, 0), .geo, arity: -2, keys: .first, instead: Instead.geohash),
        .unnamed("GEOPOS", Version(3, 2, 0), .geo, arity: -2, keys: .first, instead: Instead.geohash),
        .unnamed(
            "GEORADIUS", Version(3, 2, 0), .geo, arity: -6, keys: .storing(first: 1, options: 6),
            instead: Instead.geohash),
        .unnamed(
            "GEORADIUSBYMEMBER", Version(3, 2, 0), .geo, arity: -5, keys: .storing(first: 1, options: 5),
            instead: Instead.geohash),
        .unnamed("GEORADIUSBYMEMBER_RO", Version(3, 2, 10), .geo, arity: -5, keys: .first, instead: Instead.geohash),
        .unnamed("GEORADIUS_RO", Version(3, 2, 10), .geo, arity: -6, keys: .first, instead: Instead.geohash),
        .unnamed("GEOSEARCH", Version(6, 2, 0), .geo, arity: -7, keys: .first, instead: Instead.geohash),
        .unnamed(
            "GEOSEARCHSTORE", Version(6, 2, 0), .geo, arity: -8, keys: .range(first: 1, last: 2, step: 1),
            instead: Instead.geohash),
    ]
}
