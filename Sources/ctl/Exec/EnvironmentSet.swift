/// Variables that the frameworks of one kind read, and how a folder shows that its project is of that kind.
struct EnvironmentSet: Sendable {
    /// The name, as --env takes it.
    let name: String
    /// What reads them, for a message.
    let reader: String
    /// Names of files in the project's folder that such a project has.
    let marks: [String]
    /// The variables with their templates.
    let variables: [EnvironmentVariable]

    private init(_ name: String, _ reader: String, marks: [String], _ variables: [(String, String)]) {
        self.name = name
        self.reader = reader
        self.marks = marks
        self.variables = variables.map { EnvironmentVariable(name: $0.0, template: $0.1) }
    }

    /// Those that there are.
    ///
    /// What they name is what the frameworks read without a line of the project's own
    /// (Spring Boot's relaxed binding, Laravel's `config/database.php`, Celery's settings), and what projects by custom read
    /// where the framework has no variable (Django, Rails).
    static let all = [
        EnvironmentSet(
            "spring", "Spring Boot", marks: ["pom.xml", "build.gradle", "build.gradle.kts"],
            [
                ("SPRING_DATA_REDIS_URL", "{url}"), ("SPRING_DATA_REDIS_HOST", "{host}"),
                ("SPRING_DATA_REDIS_PORT", "{port}"), ("SPRING_DATA_REDIS_PASSWORD", "{password}"),
                ("SPRING_DATA_REDIS_DATABASE", "0"), ("SPRING_REDIS_URL", "{url}"), ("SPRING_REDIS_HOST", "{host}"),
                ("SPRING_REDIS_PORT", "{port}"), ("SPRING_REDIS_PASSWORD", "{password}"),
                ("SPRING_REDIS_DATABASE", "0"),
            ]),
        EnvironmentSet(
            "django", "Django", marks: ["manage.py"],
            [
                ("CACHE_URL", "{url}/0"), ("REDIS_CACHE_URL", "{url}/0"), ("DJANGO_REDIS_URL", "{url}/0"),
                ("CHANNELS_REDIS_URL", "{url}/0"), ("CELERY_BROKER_URL", "{url}/0"),
                ("CELERY_RESULT_BACKEND", "{url}/0"),
            ]),
        EnvironmentSet(
            "rails", "Rails", marks: ["config/application.rb", "Gemfile"],
            [
                ("REDIS_CACHE_URL", "{url}/0"), ("CACHE_REDIS_URL", "{url}/0"), ("CABLE_REDIS_URL", "{url}/0"),
                ("SIDEKIQ_REDIS_URL", "{url}/0"), ("REDIS_SIDEKIQ_URL", "{url}/0"), ("REDIS_PROVIDER", "REDIS_URL"),
            ]),
        EnvironmentSet(
            "laravel", "Laravel", marks: ["artisan"],
            [
                ("REDIS_PASSWORD", "{password}"), ("REDIS_DB", "0"), ("REDIS_CACHE_DB", "0"), ("REDIS_QUEUE_DB", "0"),
                ("REDIS_SESSION_DB", "0"),
            ]),
        EnvironmentSet(
            "celery", "Celery", marks: ["celeryconfig.py", "celery.py"],
            [
                ("CELERY_BROKER_URL", "{url}/0"), ("CELERY_BROKER_READ_URL", "{url}/0"),
                ("CELERY_BROKER_WRITE_URL", "{url}/0"), ("CELERY_RESULT_BACKEND", "{url}/0"),
            ]),
    ]

    /// The set of this name, in any case; nil where there is none.
    static func named(_ name: String) -> EnvironmentSet? { all.first { $0.name == name.lowercased() } }

    /// The names, for a message.
    static let names = all.map(\.name).joined(separator: ", ")
}

/// A variable of the command's environment, its value with places for the cluster's address.
struct EnvironmentVariable: Sendable {
    let name: String
    let template: String

    /// What a template may have in braces.
    static let places = ["url", "host", "port", "password"]

    /// The variables that an option's value asks for: `NAME=TEMPLATE`, or the name of a set.
    static func ofOption(_ text: String) throws -> [EnvironmentVariable] {
        guard let sign = text.firstIndex(of: "=") else {
            guard let set = EnvironmentSet.named(text) else {
                throw ArgumentValues.Unusable(
                    description: "write NAME=TEMPLATE, as in CACHE_URL={url}, or one of \(EnvironmentSet.names)")
            }
            return set.variables
        }
        let variable = EnvironmentVariable(
            name: String(text[..<sign]), template: String(text[text.index(after: sign)...]))
        guard !variable.name.isEmpty,
            variable.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else {
            throw ArgumentValues.Unusable(description: "a variable's name has letters, digits and _")
        }
        if let place = variable.unknownPlace {
            let known = places.map { "{\($0)}" }.joined(separator: ", ")
            throw ArgumentValues.Unusable(description: "there is no {\(place)}: a template has \(known)")
        }
        return [variable]
    }

    /// A word in braces that stands for nothing; nil where there is none.
    ///
    /// Other braces, as of JSON, are text.
    private var unknownPlace: String? {
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            rest = rest[rest.index(after: open)...]
            let word = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
            guard !word.isEmpty, word.endIndex < rest.endIndex, rest[word.endIndex] == "}" else { continue }
            if !Self.places.contains(String(word)) { return String(word) }
        }
        return nil
    }

    /// The value for an address; nil where it would be a password that there is not.
    func value(_ address: ClientAddress) -> String? {
        if template == "{password}", address.password == nil { return nil }
        return template.replacing("{url}", with: address.url).replacing("{host}", with: address.host)
            .replacing("{port}", with: "\(address.port)").replacing("{password}", with: address.password ?? "")
    }
}

/// Where a command finds its cluster.
struct ClientAddress: Sendable {
    let host: String
    let port: Int
    let password: String?
    /// `redis://HOST:PORT`, with the password where there is one.
    let url: String
}
