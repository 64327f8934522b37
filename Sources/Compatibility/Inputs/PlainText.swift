/// Small texts that are read whole.
public enum PlainText {
    /// The text as UTF-8 without a byte order mark, whether it is that already or UTF-16.
    public static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes[3...]) }
        return bytes.withUnsafeBytes { memory in
            guard let beginning = UTF16Decoder.beginning(memory) else { return bytes }
            var decoder = beginning.decoder
            var text: [UInt8] = []
            decoder.append(UnsafeRawBufferPointer(rebasing: memory[beginning.mark...]), to: &text)
            decoder.finish(to: &text)
            return text
        }
    }
}
