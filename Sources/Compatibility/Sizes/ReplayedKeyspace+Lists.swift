extension ReplayedKeyspace {
    mutating func applyToList(_ effect: Effect, _ request: Request) {
        guard request.count > 1 else { return }
        switch effect {
        case .pushLeft, .pushRight: push(request, toLeft: effect == .pushLeft, ifPresent: false)
        case .pushLeftIfPresent, .pushRightIfPresent:
            push(request, toLeft: effect == .pushLeftIfPresent, ifPresent: true)
        case .popLeft, .popRight: pop(request, fromLeft: effect == .popLeft)
        case .blockingPopLeft, .blockingPopRight: blockingPop(request, fromLeft: effect == .blockingPopLeft)
        case .popElements: popOfSeveral(request, numberAt: 1)
        case .blockingPopElements: popOfSeveral(request, numberAt: 2)
        case .popPush, .blockingPopPush: move(request, fromLeft: false, toLeft: true)
        case .moveElement: move(request, fromLeft: request.isWord(3, "LEFT"), toLeft: request.isWord(4, "LEFT"))
        default: edit(effect, request)
        }
    }

    private mutating func element(_ request: Request, _ index: Int) -> ElementList.Element {
        ElementList.Element(
            hash: tellsElementsApart ? hash(request, index) : 0, length: UInt32(clamping: request.length(index)))
    }

    private mutating func push(_ request: Request, toLeft: Bool, ifPresent: Bool) {
        guard request.count > 2 else { return }
        // They are told before the list is changed: both need the keyspace.
        let hashes = tellsElementsApart ? (2..<request.count).map { hash(request, $0) } : []
        change(key(request, 1), ifPresent ? nil : .list(ElementList())) { value in
            Self.withList(&value) { list in
                list.makeRoom(for: request.count - 2)
                for index in 2..<request.count {
                    let hash = hashes.isEmpty ? 0 : hashes[index - 2]
                    let element = ElementList.Element(hash: hash, length: UInt32(clamping: request.length(index)))
                    if toLeft { list.pushLeft(element) } else { list.pushRight(element) }
                }
            }
        }
    }

    /// Changes a list in place: the enum gives it up for the time, so that its memory has one owner.
    private static func withList(_ value: inout ReplayedValue, _ body: (inout ElementList) -> Void) -> Bool {
        guard case .list(var list) = value else { return false }
        value = .foreign(.unknown)
        body(&list)
        value = .list(list)
        return true
    }

    private mutating func pop(_ request: Request, fromLeft: Bool) {
        let times = request.count > 2 ? request.integer(2) ?? 0 : 1
        pop(times, fromLeft: fromLeft, of: key(request, 1))
    }

    private mutating func pop(_ times: Int, fromLeft: Bool, of key: Key) {
        change(key, nil) { value in
            Self.withList(&value) { list in
                for _ in 0..<min(max(times, 0), list.count) { _ = fromLeft ? list.popLeft() : list.popRight() }
            }
        }
    }

    private mutating func blockingPop(_ request: Request, fromLeft: Bool) {
        guard let key = firstPresent(request, 1..<max(1, request.count - 1)) else { return }
        pop(1, fromLeft: fromLeft, of: key)
    }

    /// LMPOP; its number of keys stands at `index`.
    private mutating func popOfSeveral(_ request: Request, numberAt index: Int) {
        guard let (key, rest) = poppedKey(request, numberAt: index) else { return }
        pop(popCount(request, behind: rest), fromLeft: request.isWord(rest, "LEFT"), of: key)
    }

    // MARK: Commands on the first of several keys

    /// The first of some keys that is there; if its type is another one, the command fails on it.
    mutating func firstPresent(_ request: Request, _ places: Range<Int>) -> Key? {
        for place in places {
            let key = key(request, place)
            if record(key) != nil { return key }
        }
        return nil
    }

    /// The key that LMPOP or ZMPOP take from, and where what follows the keys begins.
    mutating func poppedKey(_ request: Request, numberAt index: Int) -> (key: Key, rest: Int)? {
        guard let count = request.integer(index), count > 0, count < request.count - index - 1 else { return nil }
        let rest = index + 1 + count
        return firstPresent(request, index + 1..<rest).map { ($0, rest) }
    }

    /// How many elements LMPOP or ZMPOP take, by the option behind the side.
    func popCount(_ request: Request, behind side: Int) -> Int {
        request.isWord(side + 1, "COUNT") ? request.integer(side + 2) ?? 0 : 1
    }

    private mutating func move(_ request: Request, fromLeft: Bool, toLeft: Bool) {
        guard request.count > 2 else { return }
        let destination = key(request, 2)
        switch record(destination)?.value {
        case nil, .list: break
        default: return
        }
        var moved: ElementList.Element?
        change(key(request, 1), nil) { value in
            Self.withList(&value) { list in moved = fromLeft ? list.popLeft() : list.popRight() }
        }
        guard let moved else { return }
        change(destination, .list(ElementList())) { value in
            Self.withList(&value) { list in
                if toLeft { list.pushLeft(moved) } else { list.pushRight(moved) }
            }
        }
    }

    private mutating func edit(_ effect: Effect, _ request: Request) {
        guard request.count > 3 else { return }
        let last = request.count > 4 ? 4 : 3
        let edited = element(request, last)
        let pivot = hash(request, 3)
        let first = request.integer(2)
        let second = request.integer(3)
        let isBefore = request.isWord(2, "BEFORE")
        change(key(request, 1), nil) { value in
            Self.withList(&value) { list in
                switch effect {
                case .setElement:
                    guard let index = first.flatMap({ Self.index($0, list.count) }) else { return }
                    list.set(index, edited)
                case .trim:
                    guard let first, let second else { return }
                    let count = list.count
                    let start = max(0, first < 0 ? first + count : first)
                    list.keep(start, min(count - 1, second < 0 ? second + count : second))
                case .removeElements: first.map { list.remove(pivot, count: $0) }
                default: if request.count > 4 { _ = list.insert(edited, beside: pivot, isBefore: isBefore) }
                }
            }
        }
    }

    private static func index(_ index: Int, _ count: Int) -> Int? {
        let index = index < 0 ? index + count : index
        return index >= 0 && index < count ? index : nil
    }
}
