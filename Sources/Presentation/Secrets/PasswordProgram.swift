/// A program that takes a password as an option, whose name does not say so: `sshpass -p`, `mysql -p`.
struct PasswordProgram {
    /// The options, the longest first.
    private let options: [String]
    /// Whether the password may be the rest of the option's word.
    let isJoined: Bool
    /// Whether the password may be the next word.
    let isSeparate: Bool
    /// Whether a user and a colon stand before it.
    let isBehindColon: Bool

    private init(_ options: [String], isJoined: Bool, isSeparate: Bool, isBehindColon: Bool = false) {
        self.options = options
        self.isJoined = isJoined
        self.isSeparate = isSeparate
        self.isBehindColon = isBehindColon
    }

    /// The program of a name; nil if none is known to have such an option.
    init?(_ name: ArraySlice<UInt8>) {
        guard name.count <= 20, let program = Self.all[String(decoding: name, as: UTF8.self)] else { return nil }
        self = program
    }

    /// The option that a word is, or begins with.
    func option(_ word: ArraySlice<UInt8>) -> String? {
        options.first { option in
            isJoined ? word.starts(with: option.utf8) : word.elementsEqual(option.utf8)
        }
    }

    private static let all: [String: PasswordProgram] = {
        var all: [String: PasswordProgram] = [:]
        func add(_ names: String, _ program: PasswordProgram) {
            for name in names.split(separator: " ") { all[String(name)] = program }
        }
        add("sshpass", PasswordProgram(["-p"], isJoined: true, isSeparate: true))
        add(
            "mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlpump mysqlsh mariadb mariadb-dump mariadb-admin "
                + "mycli 7z 7za 7zr rar unrar",
            PasswordProgram(["-p"], isJoined: true, isSeparate: false))
        // `docker login -p`, but `docker run -p` is a port.
        add(
            "login mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop cqlsh rabbitmqadmin influx",
            PasswordProgram(["-password", "-p"], isJoined: false, isSeparate: true))
        add(
            "ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd",
            PasswordProgram(["-w"], isJoined: false, isSeparate: true))
        add(
            "zip unzip sqlcmd bcp isql tsql mosquitto_pub mosquitto_sub ipmitool",
            PasswordProgram(["-P"], isJoined: true, isSeparate: true))
        add(
            "openssl",
            PasswordProgram(["-passin", "-passout", "-pass", "-k"], isJoined: false, isSeparate: true))
        add(
            "curl",
            PasswordProgram(
                ["--proxy-user", "--user", "-u", "-U"], isJoined: false, isSeparate: true, isBehindColon: true))
        return all
    }()
}
