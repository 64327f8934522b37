import CommandCatalog
import Presentation

/// Requests as they are shown: cut, and with secrets masked.
enum RequestText {
    /// The request as redis-cli would take it.
    ///
    /// - Parameter command: the command that it is, where it goes by another name.
    static func text(_ request: Request, _ command: String) -> String {
        let shown = ShownRequest(request, command: command)
        var text = ""
        for index in 0..<request.count {
            if index > 0 { text += " " }
            guard text.utf8.count < Printable.maximumCommandBytes else {
                text += "… (\(request.count - index) more arguments)"
                break
            }
            text += shown.hides(index) ? Secrets.mask : argument(request, index, shown)
            if index >= shown.firstSecret { break }
        }
        return text
    }

    private static func argument(_ request: Request, _ index: Int, _ secrets: ShownRequest) -> String {
        let length = request.length(index)
        // What follows the part that is shown may tell that it is a secret.
        let bytes = secrets.masked(request.copy(index, limit: ShownRequest.longestLook), index)
        let shown = Printable.argument(bytes.prefix(Printable.maximumArgumentBytes))
        guard length > Printable.maximumArgumentBytes else { return shown }
        return shown + "… (\(length) bytes)"
    }
}

/// What of a request of an input must not be shown.
struct ShownRequest {
    private let request: Request
    private let secrets: RequestSecrets
    /// Whether the request is nothing but a key, as those of an RDB file.
    private let isStoredKey: Bool

    /// How much of an argument is looked through.
    static let longestLook = 4_096

    /// - Parameter command: the command that it is, where it goes by another name.
    init(_ request: Request, command: String) {
        self.request = request
        isStoredKey = command.isEmpty && request.count == 1
        secrets = RequestSecrets(
            in: Judge.buffer(request).span, arguments: request.ranges.span, as: Catalog.row(named: command))
    }

    /// The first argument that holds a secret by its place; `Int.max` if none does.
    var firstSecret: Int { secrets.first }

    private func isKey(_ index: Int) -> Bool { isStoredKey || secrets.isKey(index) }

    /// Whether an argument is hidden whole.
    func hides(_ index: Int) -> Bool {
        secrets.hides(index, after: request.copy(index - 1, limit: RequestSecrets.longestName + 1))
    }

    /// An argument's bytes with what is secret in them masked; a key stays as it is, but for the passwords of URLs.
    func masked(_ bytes: [UInt8], _ index: Int) -> [UInt8] {
        isKey(index) ? Secrets.maskURLs(in: bytes) : Secrets.masked(bytes, as: .text)
    }

    /// The places of what must not be shown in a part of the request's buffer.
    func ranges(within part: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = firstArgument(endingBehind: part.lowerBound)
        while index < request.count, request.ranges[index].lowerBound < part.upperBound {
            let range = request.ranges[index]
            if hides(index) {
                found.append(range)
            } else {
                let looked = range.clamped(to: part.lowerBound - Self.longestLook..<part.upperBound + Self.longestLook)
                let bytes = Array(UnsafeRawBufferPointer(start: request.base + looked.lowerBound, count: looked.count))
                let inner = isKey(index) ? Secrets.rangesOfURLs(in: bytes) : Secrets.ranges(in: bytes, as: .text)
                found += inner.map { $0.lowerBound + looked.lowerBound..<$0.upperBound + looked.lowerBound }
            }
            index += 1
        }
        return found
    }

    private func firstArgument(endingBehind offset: Int) -> Int {
        var low = 0
        var high = request.count
        while low < high {
            let middle = (low + high) / 2
            if request.ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
