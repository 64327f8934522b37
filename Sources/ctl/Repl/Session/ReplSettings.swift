import ArgumentParser
import CommandCatalog

/// What can be chosen about a session, by options and while it runs.
struct ReplSettings {
    /// How replies are written.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        /// For people, as redis-cli on a terminal.
        case tty
        /// The bytes as they are.
        case raw
        /// One line of comma-separated values.
        case csv
        /// One line of JSON.
        case json
    }

    /// What is done with a request that the Cluster edition would refuse.
    enum Check: String, CaseIterable, ExpressibleByArgument {
        /// It is sent.
        case off
        /// It is sent, and a line says what is wrong.
        case warn
        /// It is not sent.
        case block
    }

    /// Whose replies' form is followed where redis-cli's versions differ.
    enum Dialect: String, CaseIterable, ExpressibleByArgument {
        /// `(empty list or set)`, NIL in CSV.
        case redis28 = "2.8"
        /// `(empty array)`, NULL in CSV.
        case redis7 = "7"
    }

    var mode: Mode
    var check = Check.warn
    var dialect = Dialect.redis28
    /// Whether text in UTF-8 is shown as it is, not as `\xHH`.
    var showsUTF8 = false
    /// Whether the time of every request is shown, not that of slow ones alone.
    var showsTiming = false
    /// Whether a reply that is taller than the screen goes through a pager.
    var usesPager = true
    /// Whether what deletes much is asked about first.
    var confirms = true
    /// Whether hints are drawn.
    var showsHints = true
    var contract = Contract.clusterEdition
}
