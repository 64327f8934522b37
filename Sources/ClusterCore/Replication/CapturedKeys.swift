/// The names of the keys that a copy and its log had; they are freed with it.
struct CapturedKeys: ~Copyable {
    private let table: HashTable?

    init(table: consuming HashTable?) {
        self.table = table
    }

    deinit {
        switch table {
        case .some(let table): table.forEach { $0.free() }
        case .none: break
        }
    }
}
