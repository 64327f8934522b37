import Testing

@testable import ClusterCore

@Suite("Record")
struct RecordTests {
    private static func make(_ key: String, _ value: String, deadline: Deadline = .never) -> Record {
        Bytes.with(key) { key in
            Bytes.with(value) { .make(form: .string, key: key, value: $0, deadline: deadline) }
        }
    }

    @Test("keeps key, value, form and deadline apart, whatever their lengths", arguments: [0, 1, 16, 127, 70_000])
    func keepsParts(length: Int) {
        let text = String(repeating: "x", count: length)
        for deadline in [Deadline.never, 1_234] {
            let record = Self.make(text, "value " + text, deadline: deadline)
            #expect(record.key.text == text)
            #expect(record.value.text == "value " + text)
            #expect(record.form == .string)
            #expect(record.deadline == deadline)
            record.free()
        }
    }

    @Test("a value grows and shrinks and keeps its front")
    func growsAndShrinks() {
        var record = Self.make("key", "abc")
        for count in [3, 4, 1_000, 100_000, 10, 2, 0] {
            let kept = min(count, record.valueCount)
            let front = record.value.slice(0..<kept).text
            record = record.resized(toValueCount: count)
            #expect(record.valueCount == count)
            #expect(record.value.slice(0..<kept).text == front)
            #expect(record.key.text == "key")
            (record.valueStart).update(repeating: UInt8(ascii: "y"), count: count)
        }
        #expect(record.valueCapacity < 1_000, "a value that has shrunk keeps its allocation")
        record.free()
    }

    @Test("gains, changes and loses a deadline")
    func deadlines() {
        var record = Self.make("key", "value")
        for deadline in [5, 7, Deadline.never, 9, .never] {
            record = record.withDeadline(deadline)
            #expect(record.deadline == deadline)
            #expect(record.key.text == "key")
            #expect(record.value.text == "value")
        }
        record.free()
    }

    @Test("every form is kept, and keeps the key's length", arguments: 0...9)
    func forms(bits: Int) {
        let form = ValueForm(bits: UInt8(bits))
        let record = Self.make("a key", "value", deadline: 1)
        record.form = form
        #expect(record.form == form)
        #expect(record.key.text == "a key")
        record.free()
    }
}
