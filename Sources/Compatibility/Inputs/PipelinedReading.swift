import SystemCalls

/// Reads requests on a thread of its own while the calling one judges them, in their order.
///
/// What is read is the same as without: the reader and the judge see the same requests, one batch apart.
enum PipelinedReading {
    /// Smaller inputs are read before another thread has begun.
    private static let leastBytes = 4 << 20

    /// Whether it is worth another thread.
    static func isWorthwhile(_ stream: ByteStream, threads: Int) -> Bool {
        threads > 1 && stream.storedTotal ?? Int.max >= leastBytes
    }

    /// What the reading thread has and gives back at its end.
    ///
    /// Sendable, unchecked: the calling thread looks at it before the thread is started and after it has ended.
    private final class Reading: @unchecked Sendable {
        let stream: ByteStream
        var report: InputReport

        init(_ stream: ByteStream, _ report: InputReport) {
            self.stream = stream
            self.report = report
        }
    }

    /// Where the reading thread puts requests.
    final class Sink {
        private let queue: BatchQueue
        private let stream: ByteStream
        private var batch: RequestBatch

        init(_ queue: BatchQueue, _ stream: ByteStream) {
            self.queue = queue
            self.stream = stream
            batch = queue.takeEmpty()
            batch.begin(stream.mapped)
        }

        @inline(__always)
        func append(_ request: Request, _ place: Place, bytes: Int, isFromClient: Bool) {
            batch.append(request, place, bytes: bytes, isFromClient: isFromClient)
            if batch.isFull { flush() }
        }

        /// Hands over what there is; to be called when the stream's window has moved, too.
        @inline(never)
        func flush() {
            if !batch.isEmpty { handOver() }
            batch.begin(stream.mapped)
        }

        /// Hands over what there is while nothing comes, and be it nothing, so that somebody tells how far it is.
        @inline(never)
        func idle() {
            handOver()
            batch.begin(stream.mapped)
        }

        private func handOver() {
            batch.storedBytes = stream.storedBytes
            queue.put(batch)
            batch = queue.takeEmpty()
        }
    }

    /// Reads a stream to its end; returns false, and has done nothing, where the system gives no thread.
    ///
    /// - Parameters:
    ///   - read: reads requests into the sink, on the other thread.
    ///   - tell: told how many stored bytes were read.
    ///   - foresee: told of each request while `body` still has the one before to do.
    ///   - body: judges a request.
    @inline(__always)
    static func run(
        _ stream: ByteStream, _ report: inout InputReport, tell: (_ storedBytes: Int) -> Void,
        read: @escaping @Sendable (ByteStream, inout InputReport, Sink) -> Void, foresee: (Request) -> Void,
        _ body: (Request, Place, _ bytes: Int, _ isFromClient: Bool) -> Void
    ) -> Bool {
        let reading = Reading(stream, report)
        let queue = BatchQueue()
        let worker = try? SystemThread("reader") {
            let sink = Sink(queue, reading.stream)
            read(reading.stream, &reading.report, sink)
            sink.flush()
            queue.end()
        }
        guard let worker else { return false }
        while let batch = queue.takeFilled() {
            batch.forEach(foresee: foresee, body)
            tell(batch.storedBytes)
            queue.giveBack(batch)
        }
        worker.wait()
        report = reading.report
        return true
    }
}
