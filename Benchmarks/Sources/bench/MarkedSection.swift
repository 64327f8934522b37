import Foundation

/// The part of a document that the bench writes: what lies between two marks, one piece a measurement.
///
///     <!-- bench:begin -->
///     <!-- bench:part throughput -->
///     …
///     <!-- bench:end -->
enum MarkedSection {
    private static let begin = "<!-- bench:begin -->\n"
    private static let end = "<!-- bench:end -->"

    /// The document with the pieces that were measured replaced, and those that were not as they were.
    static func replacing(_ pieces: [Part: String], in document: String) throws(Failure) -> String {
        guard let opening = document.range(of: begin),
            let closing = document.range(of: end, range: opening.upperBound..<document.endIndex)
        else { throw Failure("the document has no line \(begin)that is followed by \(end)") }
        let inside = opening.upperBound..<closing.lowerBound
        let merged = self.pieces(of: document[inside]).merging(pieces) { _, new in new }
        let section = Part.allCases.compactMap { part in
            merged[part].map { "\(mark(part))\n\($0.trimmingCharacters(in: .newlines))\n\n" }
        }
        return document.replacingCharacters(in: inside, with: "\n\(section.joined())")
    }

    private static func pieces(of section: Substring) -> [Part: String] {
        var pieces: [Part: String] = [:]
        var current: Part?
        for line in section.split(separator: "\n", omittingEmptySubsequences: false) {
            if let part = Part.allCases.first(where: { mark($0) == line }) {
                current = part
            } else if let current {
                pieces[current, default: ""] += "\(line)\n"
            }
        }
        return pieces
    }

    private static func mark(_ part: Part) -> String {
        "<!-- bench:part \(part.rawValue) -->"
    }
}
