/// A text with parts of it masked, which knows where what is left of it came from.
public struct MaskedText: Sendable {
    /// The text with masks.
    public let text: String
    /// The masks, in their order.
    public let masks: [Mask]

    /// One part that is masked.
    public struct Mask: Sendable, Hashable {
        /// Where it was, in Unicode scalars of the text as it was.
        public let original: Range<Int>
        /// Where its mask is, in Unicode scalars of the text as it is.
        public let shown: Range<Int>

        /// The same one where so many scalars of either text before it are left out.
        public func moved(original left: Int, shown right: Int) -> Mask {
            Mask(
                original: original.lowerBound - left..<original.upperBound - left,
                shown: shown.lowerBound - right..<shown.upperBound - right)
        }
    }

    /// A text with the secrets masked that its form gives away.
    public init(_ text: [UInt8], as notation: SecretNotation) {
        let whole = text.count <= Secrets.longest ? text : Array(text.prefix(Secrets.longest))
        self.init(whole, hiding: Secrets.ranges(in: whole, as: notation))
    }

    /// A text with the bytes in some ranges masked, which may overlap and be in any order.
    public init(_ bytes: [UInt8], hiding ranges: [Range<Int>]) {
        var text = ""
        var masks: [Mask] = []
        var position = 0
        var original = 0
        var shown = 0
        for range in Self.merged(ranges) {
            let before = String(decoding: bytes[position..<range.lowerBound], as: UTF8.self)
            let length = String(decoding: bytes[range], as: UTF8.self).unicodeScalars.count
            text += before + Secrets.mask
            original += before.unicodeScalars.count
            shown += before.unicodeScalars.count
            masks.append(
                Mask(
                    original: original..<original + length,
                    shown: shown..<shown + Secrets.mask.unicodeScalars.count))
            original += length
            shown += Secrets.mask.unicodeScalars.count
            position = range.upperBound
        }
        self.text =
            masks.isEmpty
            ? String(decoding: bytes, as: UTF8.self) : text + String(decoding: bytes[position...], as: UTF8.self)
        self.masks = masks
    }

    /// Where a scalar of the text as it was is shown; one that is masked is where its mask begins.
    public func place(of original: Int) -> Int { Self.place(of: original, masks) }

    /// Where a scalar of a text as it was is shown beside some masks.
    public static func place(of original: Int, _ masks: [Mask]) -> Int {
        guard let mask = masks.last(where: { $0.original.lowerBound <= original }) else { return original }
        if original < mask.original.upperBound { return mask.shown.lowerBound }
        return original - mask.original.upperBound + mask.shown.upperBound
    }

    /// Which scalar of the text as it was is shown at a place of the text as it is; within a mask the first that is hidden.
    public func original(at shown: Int) -> Int {
        guard let mask = masks.last(where: { $0.shown.lowerBound <= shown }) else { return shown }
        if shown < mask.shown.upperBound { return mask.original.lowerBound }
        return shown - mask.shown.upperBound + mask.original.upperBound
    }

    /// Ranges in their order, those that touch put together.
    static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
