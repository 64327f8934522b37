import CLibrary
import CMemory
import Glibc

/// A key and its value in one allocation; also a hash's field and value, and a member of a set or sorted set.
///
/// ```text
///   0          4          8            (16)        (16) + key
///   +----------+----------+------------+-----------+------------------------+
///   | head     | length   | [deadline] | key bytes | value bytes …  [spare] |
///   +----------+----------+------------+-----------+------------------------+
///    head:     ffffDkkk kkkkkkkk kkkkkkkk kkkkkkkk   (most significant bit first)
///    ffff      the form of the value
///    D         8 bytes follow for the instant at which the key expires
///    k…k       27 bits: the length of the key
///    length    32 bits: the length of the value in this allocation
/// ```
///
/// A `Record` is a handle: copying it copies an address. Whoever takes it out of its table frees it. Writing a longer
/// value may move it, so such functions return the handle to keep and the old one is dead.
struct Record {
    let address: UnsafeMutableRawPointer

    /// The longest key, field or member that fits the head's 27 bits.
    static let maximumKeyCount = 1 << 27 - 1

    private static let deadlineFlag: UInt32 = 1 << 27
    private static let keyMask: UInt32 = (1 << 27) - 1

    @inline(__always)
    init(address: UnsafeMutableRawPointer) {
        self.address = address
    }

    @inline(__always)
    private var head: UInt32 {
        get { address.load(as: UInt32.self) }
        nonmutating set { address.storeBytes(of: newValue, as: UInt32.self) }
    }

    /// How the value's bytes are to be read.
    @inline(__always)
    var form: ValueForm {
        get { ValueForm(bits: UInt8(truncatingIfNeeded: head >> 28)) }
        nonmutating set { head = head & ~(0xF << 28) | UInt32(newValue.rawValue) << 28 }
    }

    @inline(__always)
    private var hasDeadlineSlot: Bool { head & Self.deadlineFlag != 0 }

    /// When the key expires; `never` for a key without a time to live.
    @inline(__always)
    var deadline: Deadline {
        hasDeadlineSlot ? Deadline(bits: address.load(fromByteOffset: 8, as: Int64.self)) : .never
    }

    @inline(__always)
    private func storeDeadline(_ deadline: Deadline) {
        address.storeBytes(of: deadline.bits, toByteOffset: 8, as: Int64.self)
    }

    @inline(__always)
    var keyCount: Int { Int(head & Self.keyMask) }

    @inline(__always)
    private var keyOffset: Int { hasDeadlineSlot ? 16 : 8 }

    @inline(__always)
    var key: ByteView {
        ByteView(start: UnsafePointer((address + keyOffset).assumingMemoryBound(to: UInt8.self)), count: keyCount)
    }

    /// The bytes of the value that are in use.
    @inline(__always)
    var valueCount: Int { Int(address.load(fromByteOffset: 4, as: UInt32.self)) }

    @inline(__always)
    private func setValueCount(_ count: Int) {
        address.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
    }

    @inline(__always)
    private var valueOffset: Int { keyOffset + keyCount }

    /// Where the value begins: no alignment is promised.
    @inline(__always)
    var valueStart: UnsafeMutablePointer<UInt8> { (address + valueOffset).assumingMemoryBound(to: UInt8.self) }

    @inline(__always)
    var value: ByteView { ByteView(start: UnsafePointer(valueStart), count: valueCount) }

    /// The value's length that this allocation has room for.
    @inline(__always)
    var valueCapacity: Int { Int(clibrary_allocation_size(address)) - valueOffset }
}

// MARK: - Making and freeing

extension Record {
    /// Makes a record whose value has `valueCount` bytes, not yet written.
    @inline(__always)
    static func make(form: ValueForm, key: ByteView, valueCount: Int, deadline: Deadline = .never) -> Record {
        precondition(key.count <= maximumKeyCount && valueCount <= Int(UInt32.max))
        let keyOffset = deadline == .never ? 8 : 16
        let record = Record(address: allocated(keyOffset + key.count + valueCount))
        record.head =
            UInt32(form.rawValue) << 28 | (deadline == .never ? 0 : deadlineFlag)
            | UInt32(truncatingIfNeeded: key.count)
        record.setValueCount(valueCount)
        if deadline != .never { record.storeDeadline(deadline) }
        memcpy(record.address + keyOffset, key.start, key.count)
        return record
    }

    /// Makes a record that holds a copy of `value`.
    @inline(__always)
    static func make(form: ValueForm, key: ByteView, value: ByteView, deadline: Deadline = .never) -> Record {
        let record = make(form: form, key: key, valueCount: value.count, deadline: deadline)
        memcpy(record.valueStart, value.start, value.count)
        return record
    }

    /// Gives the allocation back.
    ///
    /// What a collection's value points to is freed by the keyspace, not here.
    @inline(__always)
    func free() {
        Glibc.free(address)
    }

    private static func allocated(_ count: Int) -> UnsafeMutableRawPointer {
        guard let address = malloc(count) else { cmemory_end(count) }
        return address
    }
}

// MARK: - Writing

extension Record {
    /// The record with a value of `count` bytes; those up to the old length are kept, later ones are not yet written.
    ///
    /// Where it does not fit it is moved to an allocation with `spare` bytes more than asked; one that is less than
    /// half used is moved to a smaller one.
    @inline(__always)
    func resized(toValueCount count: Int, spare: Int = 0) -> Record {
        precondition(count <= Int(UInt32.max))
        let capacity = valueCapacity
        if count <= capacity && (capacity <= 2 * count + 64) {
            setValueCount(count)
            return self
        }
        guard let moved = realloc(address, valueOffset + count + spare) else {
            cmemory_end(count)
        }
        let record = Record(address: moved)
        record.setValueCount(count)
        return record
    }

    /// The record with a copy of `value` as its value, in the same form.
    @inline(__always)
    func withValue(_ value: ByteView) -> Record {
        let record = resized(toValueCount: value.count)
        memcpy(record.valueStart, value.start, value.count)
        return record
    }

    /// The record with another deadline; `never` takes it away.
    ///
    /// Moves where the record had no room for one yet.
    func withDeadline(_ deadline: Deadline) -> Record {
        if hasDeadlineSlot {
            storeDeadline(deadline)
            return self
        }
        if deadline == .never { return self }
        let record = Self.make(form: form, key: key, value: value, deadline: deadline)
        free()
        return record
    }
}

// MARK: - Values that live outside the record

extension Record {
    /// The value's bytes as the address of a collection that has outgrown the compact form.
    @inline(__always)
    func object<Object: ~Copyable>(as type: Object.Type) -> UnsafeMutablePointer<Object> {
        assert(valueCount == MemoryLayout<UInt>.size)
        let bits = UnsafeRawPointer(valueStart).loadUnaligned(as: UInt.self)
        guard let pointer = UnsafeMutablePointer<Object>(bitPattern: bits) else {
            preconditionFailure("a record of form \(form) without its collection")
        }
        return pointer
    }

    /// The record with `object` as its value, in `form`.
    func withObject<Object: ~Copyable>(_ object: UnsafeMutablePointer<Object>, form: ValueForm) -> Record {
        let record = resized(toValueCount: MemoryLayout<UInt>.size)
        UnsafeMutableRawPointer(record.valueStart).storeBytes(of: UInt(bitPattern: object), as: UInt.self)
        record.form = form
        return record
    }
}
