import TestSupport

/// Replays recorded cases against a server, one after another, and tells the first reply of each that differs.
struct CaseReplay {
    private let endpoint: Endpoint
    private let wiper: TestClient

    /// So many requests go out at once; few enough that the replies never fill the sockets' buffers.
    private static let pipelineCount = 50
    private static let pipelineBytes = 32 * 1024
    /// A server that has not closed the connection so long after its reply is held to leave it open.
    private static let openLimit = Duration.milliseconds(200)

    init(_ endpoint: Endpoint) throws {
        self.endpoint = endpoint
        wiper = try TestClient(endpoint)
    }

    /// Replays a case; nil where every reply is as recorded, else what was sent, wanted and got.
    func difference(in recorded: RecordedCase) -> String? {
        do {
            let keys = recorded.possibleKeys
            if !keys.isEmpty {
                try wiper.send([Array("DEL".utf8)] + keys)
                _ = try wiper.rawReply()
            }
            return try replay(recorded)
        } catch {
            return "\(recorded.id)\n  fault \(error)"
        }
    }

    private func replay(_ recorded: RecordedCase) throws -> String? {
        var connections: [Int: TestClient] = [:]
        var index = 0
        while index < recorded.steps.count {
            if recorded.steps[index].raw != nil {
                if let difference = try replayRaw(recorded.steps[index], recorded.id) { return difference }
                index += 1
                continue
            }
            let number = recorded.steps[index].connection
            let connection = try connections[number] ?? TestClient(endpoint)
            connections[number] = connection
            let steps = batch(recorded.steps[index...])
            if let difference = try replay(steps, on: connection, recorded.id) { return difference }
            index += steps.count
        }
        return nil
    }

    /// The next requests of one connection, as far as they may go out at once.
    private func batch(_ steps: ArraySlice<RecordedCase.Step>) -> ArraySlice<RecordedCase.Step> {
        var bytes = 0
        var count = 0
        for step in steps.prefix(Self.pipelineCount) {
            guard step.raw == nil, step.connection == steps.first?.connection else { break }
            bytes += step.reply.bytes.count + (step.send ?? []).reduce(0) { $0 + $1.bytes.count }
            if count > 0, bytes > Self.pipelineBytes { break }
            count += 1
        }
        return steps.prefix(count)
    }

    private func replay(
        _ steps: ArraySlice<RecordedCase.Step>, on connection: TestClient, _ id: String
    ) throws -> String? {
        try connection.socket.send(steps.flatMap { TestClient.encode(($0.send ?? []).map(\.bytes)) })
        var difference: String?
        for step in steps {
            let request = (step.send ?? []).map(\.bytes)
            let got: [UInt8]
            do {
                got = try connection.rawReply()
            } catch {
                return difference ?? Self.describe(id, request, step.reply.bytes, "no reply: \(error)")
            }
            if difference == nil, !step.comparison.accepts(got, for: step.reply.bytes, request: request) {
                difference = Self.describe(id, request, step.reply.bytes, got.quoted)
            }
        }
        return difference
    }

    private func replayRaw(_ step: RecordedCase.Step, _ id: String) throws -> String? {
        let connection = try TestClient(endpoint)
        let bytes = step.raw?.bytes ?? []
        try connection.socket.send(bytes)
        var (got, isClosed) = try connection.rest(within: step.closes == true ? patience : Self.openLimit)
        func isSameNow() -> Bool { step.comparison.accepts(got, for: step.reply.bytes, request: []) }
        // A loaded machine may take its time.
        let isSame =
            try waits {
                if isClosed || isSameNow() { return true }
                let more = try connection.rest(within: Self.openLimit)
                got += more.bytes
                isClosed = more.isClosed
                return isSameNow()
            } && isSameNow()
        if isSame && isClosed == (step.closes ?? false) { return nil }
        return Self.describe(id, [bytes], step.reply.bytes, got.quoted + (isClosed ? " and a close" : ""))
    }

    private static func describe(_ id: String, _ request: [[UInt8]], _ want: [UInt8], _ got: String) -> String {
        "\(id)\n  sent \(request.map(\.quoted).joined(separator: " "))\n  want \(want.quoted)\n  got  \(got)"
    }
}
