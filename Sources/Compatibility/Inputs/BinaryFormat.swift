/// Files that are neither text nor data of Redis, by the bytes that they begin with.
///
/// They are never searched for requests: the bytes of a capture, an archive or a picture may look like some.
struct BinaryFormat {
    /// What to do with a file.
    enum Advice {
        /// Nothing: nobody sends it to Redis.
        case none
        /// It may hold an input.
        case unpack(String)
        case capture
    }

    /// What the file is, without its article.
    let noun: String
    /// Which of these it is; empty if the noun says it all.
    let detail: String
    /// What to do instead.
    let advice: Advice

    /// Whether what it holds may be an input, so that it must not be taken for one itself.
    var hidesInputs: Bool {
        if case .none = advice { false } else { true }
    }

    /// One sentence without a full stop, about a file that was named.
    var refusal: String {
        let article = noun.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
        let name = "\(article) \(noun)" + (detail.isEmpty ? "" : " (\(detail))")
        return switch advice {
        case .none: "is \(name): there is nothing to read in it"
        case .unpack(let command): "is \(name), which is not read: unpack it (\(command)) and name what is in it"
        case .capture:
            "is \(name), which is not read: extract the bytes of the connections (as with tshark or tcpflow), "
                + "or record MONITOR"
        }
    }

    /// The format of a file; nil if it is none that is known here.
    static func of(_ head: UnsafeRawBufferPointer) -> BinaryFormat? {
        for signature in signatures where signature.matches(head) { return signature.format }
        return nil
    }

    /// Something binary of no format that is known here.
    static let unknown = BinaryFormat("binary file", "unknown format")

    /// Whether bytes are no text: they have a zero byte, as Git decides too.
    static func isBinary(_ head: UnsafeRawBufferPointer) -> Bool { head.prefix(8192).contains(0) }

    private init(_ noun: String, _ detail: String = "", _ advice: Advice = .none) {
        self.noun = noun
        self.detail = detail
        self.advice = advice
    }

    private struct Signature {
        let bytes: [UInt8]
        var offset = 0
        /// Whether a text may begin so: then a zero byte has to follow.
        var needsZero = false
        let format: BinaryFormat

        func matches(_ head: UnsafeRawBufferPointer) -> Bool {
            guard head.count >= offset + bytes.count, head[offset..<offset + bytes.count].elementsEqual(bytes) else {
                return false
            }
            return !needsZero || BinaryFormat.isBinary(head)
        }
    }

    private static func signature(
        _ bytes: [UInt8], at offset: Int = 0, needsZero: Bool = false, _ format: BinaryFormat
    ) -> Signature {
        Signature(bytes: bytes, offset: offset, needsZero: needsZero, format: format)
    }

    private static func signature(
        _ text: String, at offset: Int = 0, needsZero: Bool = false, _ format: BinaryFormat
    ) -> Signature {
        Signature(bytes: Array(text.utf8), offset: offset, needsZero: needsZero, format: format)
    }

    private static let signatures: [Signature] = captures + compressed + archives + databases + programs + media

    /// The magic numbers of libpcap's files (microseconds, nanoseconds, Kuznetzov's), in both byte orders, and others'.
    private static let captures: [Signature] = {
        let pcap = BinaryFormat("packet capture", "pcap", .capture)
        let numbers: [[UInt8]] = [[0xA1, 0xB2, 0xC3, 0xD4], [0xA1, 0xB2, 0x3C, 0x4D], [0xA1, 0xB2, 0xCD, 0x34]]
        return numbers.flatMap { [signature($0, pcap), signature($0.reversed(), pcap)] } + [
            signature([0x0A, 0x0D, 0x0D, 0x0A], BinaryFormat("packet capture", "pcapng", .capture)),
            signature("snoop\0\0\0", BinaryFormat("packet capture", "snoop", .capture)),
            signature("GMBU", needsZero: true, BinaryFormat("packet capture", "Network Monitor", .capture)),
            signature("RTSS", needsZero: true, BinaryFormat("packet capture", "Network Monitor", .capture)),
        ]
    }()

    private static let compressed: [Signature] = {
        let zstd = BinaryFormat("compressed file", "zstd", .unpack("unzstd"))
        // A skippable frame may come first: sixteen numbers.
        let skippable = (UInt8(0x50)...0x5F).map { signature([$0, 0x2A, 0x4D, 0x18], zstd) }
        return skippable + [
            signature([0x28, 0xB5, 0x2F, 0xFD], zstd),
            signature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], BinaryFormat("compressed file", "xz", .unpack("unxz"))),
            signature([0x5D, 0, 0], BinaryFormat("compressed file", "lzma", .unpack("unlzma"))),
            signature([0x04, 0x22, 0x4D, 0x18], BinaryFormat("compressed file", "lz4", .unpack("unlz4"))),
            signature("BZh", needsZero: true, BinaryFormat("compressed file", "bzip2", .unpack("bunzip2"))),
            signature("1AY&SY", at: 4, BinaryFormat("compressed file", "bzip2", .unpack("bunzip2"))),
            signature("LZIP", needsZero: true, BinaryFormat("compressed file", "lzip", .unpack("lzip -d"))),
            signature([0x1F, 0x9D], BinaryFormat("compressed file", "compress", .unpack("gunzip"))),
            signature([0x1F, 0x8B], BinaryFormat("compressed file", "gzip twice", .unpack("gunzip"))),
            signature(
                [0xFF, 0x06, 0, 0, 0x73, 0x4E, 0x61, 0x50],
                BinaryFormat("compressed file", "snappy", .unpack("snzip -d"))),
        ]
    }()

    private static let archives: [Signature] = {
        let zip = BinaryFormat("archive", "zip", .unpack("unzip"))
        let tar = BinaryFormat("archive", "tar", .unpack("tar -xf"))
        let ends: [[UInt8]] = [[3, 4], [5, 6], [7, 8]]
        return ends.map { signature([0x50, 0x4B] + $0, zip) } + [
            signature("ustar", at: 257, tar),
            signature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], BinaryFormat("archive", "7z", .unpack("7z x"))),
            signature("Rar!\u{1A}\u{7}", BinaryFormat("archive", "rar", .unpack("unrar x"))),
            signature("07070", needsZero: true, BinaryFormat("archive", "cpio", .unpack("cpio -i"))),
            signature("!<arch>\n", BinaryFormat("archive", "ar", .unpack("ar x"))),
            signature([0xED, 0xAB, 0xEE, 0xDB], BinaryFormat("archive", "rpm")),
        ]
    }()

    private static let databases: [Signature] = [
        signature("SQLite format 3\0", BinaryFormat("database", "SQLite")),
        signature("PAR1", needsZero: true, BinaryFormat("database", "Parquet")),
        signature("ORC", needsZero: true, BinaryFormat("database", "ORC")),
        signature("Obj\u{1}", BinaryFormat("database", "Avro")),
        signature([0x89, 0x48, 0x44, 0x46], BinaryFormat("database", "HDF5")),
        signature("PACK\0", BinaryFormat("binary file", "pack of Git")),
        signature("DIRC\0", BinaryFormat("binary file", "index of Git")),
        signature([0xFF, 0x74, 0x4F, 0x63], BinaryFormat("binary file", "index of Git")),
        signature("LPKSHHRH", BinaryFormat("binary file", "journal of systemd: see journalctl -o cat")),
    ]

    private static let programs: [Signature] = {
        let machO = BinaryFormat("program", "Mach-O")
        let kinds: [[UInt8]] = [[0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF]]
        return kinds.flatMap { [signature($0, machO), signature($0.reversed(), machO)] } + [
            signature([0x7F, 0x45, 0x4C, 0x46], BinaryFormat("program", "ELF")),
            signature([0xCA, 0xFE, 0xBA, 0xBE], BinaryFormat("program", "Java or Mach-O")),
            signature("MZ", needsZero: true, BinaryFormat("program", "PE")),
            signature("\0asm", BinaryFormat("program", "WebAssembly")),
            signature("\u{1B}Lua", BinaryFormat("program", "Lua")),
            signature([0x42, 0x43, 0xC0, 0xDE], BinaryFormat("program", "LLVM")),
            signature("dex\n", needsZero: true, BinaryFormat("program", "dex")),
            signature([0x0D, 0x0D, 0x0A], at: 1, needsZero: true, BinaryFormat("program", "Python")),
            signature([0x0D, 0x0A], at: 2, needsZero: true, BinaryFormat("program", "Python")),
        ]
    }()

    private static let media: [Signature] = [
        signature([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], BinaryFormat("picture", "PNG")),
        signature([0xFF, 0xD8, 0xFF], BinaryFormat("picture", "JPEG")),
        signature("GIF87a", BinaryFormat("picture", "GIF")),
        signature("GIF89a", BinaryFormat("picture", "GIF")),
        signature("BM", needsZero: true, BinaryFormat("picture", "BMP")),
        signature([0, 0, 1, 0], BinaryFormat("picture", "ICO")),
        signature([0x49, 0x49, 0x2A, 0], BinaryFormat("picture", "TIFF")),
        signature([0x4D, 0x4D, 0, 0x2A], BinaryFormat("picture", "TIFF")),
        signature("WEBP", at: 8, needsZero: true, BinaryFormat("picture", "WebP")),
        signature("RIFF", needsZero: true, BinaryFormat("media file", "RIFF")),
        signature("OggS\0", BinaryFormat("media file", "Ogg")),
        signature("fLaC\0", BinaryFormat("media file", "FLAC")),
        signature("ID3", needsZero: true, BinaryFormat("media file", "MP3")),
        signature([0x1A, 0x45, 0xDF, 0xA3], BinaryFormat("media file", "Matroska")),
        signature("ftyp", at: 4, needsZero: true, BinaryFormat("media file", "MP4")),
        signature("%PDF-", BinaryFormat("document", "PDF")),
        signature([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], BinaryFormat("document", "Office")),
        signature("wOFF", needsZero: true, BinaryFormat("font")),
        signature("wOF2", needsZero: true, BinaryFormat("font")),
        signature("OTTO", needsZero: true, BinaryFormat("font")),
        signature([0, 1, 0, 0, 0], BinaryFormat("font")),
    ]
}

/// What a file is that cannot be read as what it was named for.
package enum FileForm {
    /// The rest of a sentence about a file that begins with these bytes; it has none of them.
    package static func sentence(_ head: [UInt8]) -> String {
        head.withUnsafeBytes { head in
            if let format = BinaryFormat.of(head) { return format.refusal }
            return BinaryFormat.isBinary(head) ? "is a binary file of an unknown format" : "is a text"
        }
    }
}
