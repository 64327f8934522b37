import ServerClient
import SystemCalls

/// Where data come from.
enum DataSource {
    case file(path: String)
    case server(ServerAddress)

    /// The source that a URL or a path names.
    init(_ text: String) throws(Failure) {
        guard ServerAddress.isURL(text) else {
            // The text may hold a password.
            if FilePath(argument: text).status == nil, let advice = ServerAddress.adviceOnOther(text) {
                throw Failure(advice)
            }
            self = .file(path: text)
            return
        }
        let address: ServerAddress
        do throws(ServerAddress.Malformed) {
            address = try ServerAddress(text)
        } catch {
            // The text may hold a password.
            throw Failure("the server's URL: \(error)")
        }
        guard address.database == 0 else {
            throw Failure("\(address): the Cluster edition has database 0 alone: leave the number out")
        }
        self = .server(address)
    }

    /// The path, or the URL with the password masked.
    var name: String {
        switch self {
        case .file(let path): FilePath(argument: path).text
        case .server(let address): address.description
        }
    }
}
