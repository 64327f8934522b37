import Glibc

/// Why a command has sent no request, as far as its name and the folder tell.
struct MissingRequests {
    let command: [String]
    /// How many connections it has made.
    let connections: Int
    /// The variables that --env has set.
    let added: [String]

    /// The lines that say so.
    var lines: [String] {
        let sent = connections == 0 ? "has not connected to the cluster" : "has connected and sent no request"
        return ["the command \(sent): nothing was checked (--allow-no-requests, if that is meant)"]
            + [reason, folderAdvice, namesInFiles].compactMap(\.self)
    }

    private var reason: String {
        let names = ["REDIS_URL", "REDIS_HOST", "REDIS_PORT"] + added
        let list = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? " …" : "")
        let program = command.first.map { String($0.split(separator: "/").last ?? "") } ?? ""
        if program == "redis-cli" || program == "redis-benchmark" {
            return "\(program) reads no variable with an address: write "
                + "clusterctl exec -- sh -c '\(program) -p $REDIS_PORT …'"
        }
        return "likely it does not read \(list), which have the address, or another setting comes before them"
    }

    /// The set of a framework whose files are here.
    private var folderAdvice: String? {
        let found = EnvironmentSet.all.lazy.compactMap { set in
            set.marks.first { access($0, F_OK) == 0 }.map { (set: set, mark: $0) }
        }.first
        guard let found, !added.contains(found.set.variables.first?.name ?? "") else {
            return added.isEmpty
                ? "--env NAME={url} sets a variable that it reads, --env \(EnvironmentSet.names) those of a framework"
                : nil
        }
        let names = found.set.variables.prefix(3).map(\.name).joined(separator: ", ")
        return "\(found.mark) is here: --env \(found.set.name) sets what \(found.set.reader) reads (\(names) …), "
            + "--env NAME={url} any other variable"
    }

    /// The variables with addresses that files of the folder name.
    private var namesInFiles: String? {
        let files = [".env", ".env.test", ".env.testing", ".env.example"]
        for file in files {
            guard let text = ConfigurationFile.content(file).map({ String(decoding: $0, as: UTF8.self) }) else {
                continue
            }
            let names = text.split(separator: "\n").compactMap(Self.variable).prefix(4)
            if !names.isEmpty { return "\(file) has \(names.joined(separator: ", ")): --env \(names[0])={url} sets it" }
        }
        return nil
    }

    /// The name of a variable that has a Redis address; the value is never told.
    private static func variable(_ line: Substring) -> String? {
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let name = parts.first?.split(separator: " ").last.map(String.init),
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }), !name.hasPrefix("REDIS_URL")
        else { return nil }
        let value = parts[1].lowercased()
        return value.contains("redis://") || value.contains("rediss://") ? name : nil
    }
}
