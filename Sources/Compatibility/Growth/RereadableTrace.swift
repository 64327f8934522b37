/// A log or append-only file whose commands can be read once more, from one of them to another.
struct RereadableTrace {
    /// How the commands are written.
    enum Format {
        case monitor
        case appendOnly
    }

    private let stream: ByteStream
    private let format: Format
    private let rows: Replayer

    /// How large the file is.
    let totalBytes: Int

    /// The file behind a stream; nil where it is a pipe, or compressed or otherwise converted, of which only the
    /// beginning can be found again.
    init?(_ stream: ByteStream, _ format: Format, table: CommandTable) {
        guard let total = stream.storedTotal, !stream.isConverted else { return nil }
        totalBytes = total
        self.stream = stream
        self.format = format
        rows = Replayer(table: table)
    }

    /// Reads the commands from `origin` up to the one that begins at the byte `end` of the file.
    ///
    /// What cannot be read has been reported by the first reading.
    ///
    /// - Parameter start: bytes of the whole input before the file.
    func read(
        from origin: GrowthOrigin, fileStart start: Int, upTo end: Int, _ body: (_ row: Int, Request, Place) -> Void
    ) {
        guard let again = try? ByteStream(again: stream, from: origin.position - start) else { return }
        var report = InputReport(path: stream.path, kind: .monitor)
        switch format {
        case .monitor:
            var trace = MonitorTrace(line: origin.line)
            trace.read(again, &report, upTo: end, onFill: {}) { request, place, _, _ in
                body(rows.row(request), request, place)
            }
        case .appendOnly:
            var input = AppendOnlyInput(at: again.offset, from: origin)
            input.read(again, &report, upTo: end, onFill: {}) { request, place, _ in
                body(rows.row(request), request, place)
            }
        }
    }
}
