import ServerClient

/// The keys of a running server, page by page.
private enum KeyPages {
    /// By SCAN, from a cursor on.
    case scan(cursor: [UInt8])
    /// Those of a list, from the one with this number on.
    case list(KeyList, next: Int)
}

extension SizeRun {
    /// How many keys are asked for in one piece.
    private static let page = 256

    /// Reads a running server.
    ///
    /// Where the reading ends early, what was read counts, and the report tells how to go on.
    mutating func readServer(_ source: String, _ progress: (Progress) -> Void) {
        var address: ServerAddress
        do throws(ServerAddress.Malformed) {
            address = try ServerAddress(source)
            address.password = address.password ?? options.password
        } catch {
            let problem = InputProblem(location: Location(path: "redis://"), message: "is no address: \(error)")
            return result.summary.problems.append(problem)
        }
        var report = InputReport(path: address.description, kind: .server)
        var keys = 0
        var unsized = 0
        var missing = 0
        var values = LiveValues()
        var pages: KeyPages = .scan(cursor: options.cursor)
        var isOpen = false
        do throws(ServerReplies.Failure) {
            pages = try startingPages()
            var server = LiveServer(
                try ServerReplies(address, stop: options.stop), requestsPerSecond: options.requestsPerSecond,
                stop: options.stop)
            try server.open(address)
            isOpen = true
            try noteOtherDatabases(address, &server)
            while let names = try nextPage(&pages, &server) {
                keys += names.count
                let refusals = values.refusals
                let found = try values.measure(names, &server)
                missing += names.count - found.count - (values.refusals - refusals)
                for measured in found {
                    if !measured.isSized { unsized += 1 }
                    count(measured, address)
                }
                progress(Progress(path: address.description, bytesDone: 0, bytesTotal: nil, keysDone: keys))
                if isInterrupted {
                    interrupt(pages, &report)
                    break
                }
            }
        } catch {
            let reason = isInterrupted ? "interrupted" : error.message
            guard isOpen else {
                report.add(reason)
                return result.summary.problems += report.problems
            }
            report.add(reason + goingOn(pages))
            // Where no key was read there is nothing behind which to go on.
            result.cursor = keys == 0 ? nil : Self.cursor(pages)
        }
        report.summary.commands = keys
        describe(values, unsized, &report)
        if let path = options.keyListPath { tellMissing(missing, of: keys, path, &report) }
        take(report)
    }

    private func startingPages() throws(ServerReplies.Failure) -> KeyPages {
        guard let path = options.keyListPath else { return .scan(cursor: options.cursor) }
        let list: KeyList
        do throws(InputProblem) {
            list = try KeyList(path)
        } catch {
            throw ServerReplies.Failure(message: error.message)
        }
        let done = Int(String(decoding: options.cursor, as: UTF8.self)) ?? 0
        for _ in 0..<done where list.next() == nil { break }
        return .list(list, next: done)
    }

    /// The next keys; nil where there are no more.
    private func nextPage(
        _ pages: inout KeyPages, _ server: inout LiveServer
    ) throws(ServerReplies.Failure) -> [[UInt8]]? {
        switch pages {
        case .scan(let cursor):
            guard !cursor.isEmpty else { return nil }
            let page = try server.scan(from: cursor, count: Self.page)
            pages = .scan(cursor: page.cursor == Array("0".utf8) ? [] : page.cursor)
            return page.keys
        case .list(let list, let next):
            var names: [[UInt8]] = []
            while names.count < Self.page, let name = list.next() { names.append(name) }
            pages = .list(list, next: next + names.count)
            return names.isEmpty ? nil : names
        }
    }

    private mutating func count(_ measured: LiveValues.Measured, _ address: ServerAddress) {
        var unkept: [UnkeptData] = address.database == 0 ? [] : [.database(address.database)]
        if !measured.isSized { unkept.append(measured.type == "stream" ? .stream : .module(measured.type)) }
        counter.add(
            measured.type, keyBytes: measured.key.count, valueBytes: measured.bytes, unkeptData: unkept,
            isOrdered: false
        ) {
            SizedKey(
                key: measured.key, type: measured.type, keyBytes: measured.key.count, valueBytes: measured.bytes,
                database: address.database, location: Location(path: address.description),
                isApproximate: measured.isApproximate)
        }
    }

    /// Counts the keys of the databases that are not read, which the target has no place for.
    private mutating func noteOtherDatabases(
        _ address: ServerAddress, _ server: inout LiveServer
    ) throws(ServerReplies.Failure) {
        for (database, keys) in try server.databases() where database != 0 && database != address.database {
            let name = try server.someKey(of: database, backTo: address.database)
            counter.add(.database(database), count: keys) {
                SizedKey(
                    key: name, type: UnkeptData.database(database).word, keyBytes: name.count, valueBytes: 0,
                    database: database, location: Location(path: address.description))
            }
        }
    }

    /// Keys of `--keys` that are not there are told; a list of which none is there is a mistake.
    private func tellMissing(_ missing: Int, of keys: Int, _ path: String, _ report: inout InputReport) {
        if keys == 0 { return report.add("--keys \(path) names no key: nothing was looked at") }
        guard missing > 0 else { return }
        let noun = Wording.count(keys, "key")
        report.add(
            missing == keys
                ? "none of the \(noun) of --keys \(path) exists"
                : "\(missing) of the \(noun) of --keys \(path) \(missing == 1 ? "does" : "do") not exist",
            isFailure: missing == keys)
    }

    // MARK: Ending early

    private mutating func interrupt(_ pages: KeyPages, _ report: inout InputReport) {
        guard let cursor = Self.cursor(pages) else { return }
        report.add("interrupted" + goingOn(pages))
        result.cursor = cursor
    }

    private func goingOn(_ pages: KeyPages) -> String {
        guard let cursor = Self.cursor(pages), cursor != Array("0".utf8) else { return "" }
        return ": go on with --cursor \(String(decoding: cursor, as: UTF8.self))"
    }

    /// What `--cursor` goes on from; nil where everything was read.
    private static func cursor(_ pages: KeyPages) -> [UInt8]? {
        switch pages {
        case .scan(let cursor): cursor.isEmpty ? nil : cursor
        case .list(_, let next): Array("\(next)".utf8)
        }
    }

    private func describe(_ values: borrowing LiveValues, _ unsized: Int, _ report: inout InputReport) {
        report.summary.coverage.append(
            "the server was read while it went on: a key that was changed meanwhile may be missing or have another size"
        )
        if unsized > 0 {
            report.summary.coverage.append(
                "\(unsized) streams and values of modules have no size by the contract: only their keys are judged")
        }
        if values.refusals > 0, let first = values.firstRefusal {
            report.add("\(values.refusals) keys could not be read; the server says of the first: \(first)")
        }
    }
}
