import CommandCatalog
import Logging

/// AUTH: the password, and what keeps it from being guessed.
extension Session {
    /// What an AUTH outside a transaction waits for before it is answered; nil where it does not, or has.
    ///
    /// A wrong password is noted before it waits, so that attempts on many connections at once count for each other.
    func waitBeforeAuthentication(_ arguments: Arguments) -> Next? {
        guard let password = worker.server.configuration.password else { return nil }
        guard !hasWaitedForAuthentication else {
            hasWaitedForAuthentication = false
            return nil
        }
        let isRight = Secret.isEqual(password, arguments[1])
        if !isRight { worker.server.noteWrongPassword(of: client) }
        let wait = worker.server.logins.wait(for: client, isRight: isRight)
        guard wait > 0 else { return nil }
        hasWaitedForAuthentication = true
        return .retry(milliseconds: wait)
    }

    /// Answers an AUTH that is not looked at, since too many from the client's address wait; false where it is looked at.
    func turnAwayFromAuthentication(_ reply: inout ReplyBuffer) -> Bool {
        guard !hasWaitedForAuthentication, worker.server.configuration.password != nil,
            worker.server.logins.isCrowded(client)
        else { return false }
        noteError(.password, .auth)
        reply.append("-ERR too many wrong passwords from this address: try again later\r\n")
        return true
    }

    /// Answers AUTH.
    ///
    /// - Parameter isNoted: whether a wrong password has been noted already.
    func authenticate(_ arguments: Arguments, isNoted: Bool, _ reply: inout ReplyBuffer) {
        guard let password = worker.server.configuration.password else {
            noteError(.password, .auth)
            return reply.append("-ERR Client sent AUTH, but no password is set\r\n")
        }
        isAuthenticated = Secret.isEqual(password, arguments[1])
        if isAuthenticated { return reply.appendOK() }
        noteError(.password, .auth)
        if !isNoted { worker.server.noteWrongPassword(of: client) }
        reply.append("-ERR invalid password\r\n")
    }
}

extension ServerState {
    /// Counts a wrong password, and logs it: the first of an address, then at most one line in ten seconds.
    func noteWrongPassword(of client: String) {
        guard let count = logins.failed(client) else { return }
        logger.warning(
            "wrong password", metadata: ["client": "\(client)", "since-last-line": "\(count)"])
    }
}

/// What must not be found out by measuring time.
enum Secret {
    /// Compares in a time that does not depend on where the two differ.
    static func isEqual(_ password: [UInt8], _ given: ByteView) -> Bool {
        var difference: UInt8 = password.count == given.count ? 0 : 1
        for index in password.indices { difference |= password[index] ^ (index < given.count ? given[index] : 0) }
        return difference == 0
    }
}
