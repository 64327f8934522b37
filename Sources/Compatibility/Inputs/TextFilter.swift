/// Makes plain UTF-8 of a text in UTF-16, of one that docker has wrapped in JSON, and of one that was written for a terminal.
struct TextFilter {
    private var decoder: UTF16Decoder?
    private var container: ContainerLogFilter?
    private var escapes: EscapeSequenceFilter?
    private var decoded: [UInt8] = []

    /// A filter that does nothing yet.
    init(_ decoder: UTF16Decoder? = nil) {
        self.decoder = decoder
    }

    /// Leaves a terminal's sequences out from now on, and of a text that the filter has given already.
    mutating func dropEscapeSequences(from text: [UInt8]) -> [UInt8] {
        var filter = EscapeSequenceFilter()
        var rest: [UInt8] = []
        filter.append(text, to: &rest)
        escapes = filter
        return rest
    }

    /// Takes a container's lines out of docker's from now on, and of a text that the filter has given already.
    mutating func unwrapContainerLog(from text: [UInt8]) -> [UInt8] {
        var filter = ContainerLogFilter()
        var lines: [UInt8] = []
        filter.append(text, to: &lines)
        container = filter
        return lines
    }

    /// Appends the text of more bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard decoder != nil else { return pass(bytes, to: &output) }
        decoded.removeAll(keepingCapacity: true)
        decoder?.append(bytes, to: &decoded)
        pass(decoded, to: &output)
    }

    /// Appends what the end leaves.
    mutating func finish(to output: inout [UInt8]) {
        decoded.removeAll(keepingCapacity: true)
        decoder?.finish(to: &decoded)
        pass(decoded, to: &output)
        var last: [UInt8] = []
        container?.finish(to: &last)
        write(last, to: &output)
    }

    private mutating func pass(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        guard container != nil else { return write(bytes, to: &output) }
        var lines: [UInt8] = []
        container?.append(bytes, to: &lines)
        write(lines, to: &output)
    }

    private mutating func write(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        if escapes == nil { output.append(contentsOf: bytes) } else { escapes?.append(bytes, to: &output) }
    }
}
