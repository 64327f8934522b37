import Compatibility

/// `clusterctl help TOPIC`: what holds for every subcommand.
enum HelpTopic: String, CaseIterable {
    case exitCodes = "exit-codes"
    case environment
    case formats

    var text: String {
        switch self {
        case .exitCodes: Self.exitCodeText
        case .environment: Self.environmentText
        case .formats: Self.formatText
        }
    }

    private static let exitCodeText = """
        0    all is well
        1    something was refused or found, or answered with an error
        2    wrong use or configuration, such as a file for the output that cannot be made
        3    an input cannot be read, the output cannot be written, or no server answers
        126  exec: the command cannot be run
        127  exec: the command is not there
        130  interrupted

        `exec` ends with the command's own status where that is not 0, else with 1 if anything was refused or the command has
        sent no request. `lint`, `sizes` and `exec` have --fail-on, `exec` has --report-only and --allow-no-requests, `repl` has --keep-going: it runs a script to its end and still
        ends with 1. `import` ends with 1 where something was left out, `losses` where a write was lost. `drill` and
        `exec --drill` end with 1 where the cluster refused a step, though with the command's own status where that is not 0.
        """

    private static let environmentText = """
        CLUSTERCTL_PASSWORD   start, exec, drill, import, sizes, repl: the password, where no option names a file with it
        CLUSTERCTL_HISTFILE   repl: the file of the history; empty or /dev/null for none
        REDISCLI_AUTH         repl: the password, where nothing else gives one
        TMPDIR                import: where --strict keeps what a server sends until it is checked; /tmp without it
        XDG_RUNTIME_DIR       where admin sockets are; /tmp/clusterctl-UID without it
        XDG_STATE_HOME        where the history is; ~/.local/state without it
        NO_COLOR              not empty: no colour, unless --color says so
        CLICOLOR_FORCE        neither empty nor 0: colour although stdout is no terminal
        TERM                  dumb: no colour
        PAGER                 repl: for replies that are taller than the screen; less -R without it
        VISUAL, EDITOR        repl: the editor of :edit; vi without them
        EDITRC                repl: the file of keys, in place of ~/.editrc
        GITHUB_STEP_SUMMARY   lint, sizes and exec: where the format markdown goes, if no file is named

        `exec` sets REDIS_URL, REDIS_HOST, REDIS_PORT and, where there is one, REDIS_PASSWORD for its command, and what --env
        names.
        """

    private static var formatText: String {
        """
        Inputs of lint and sizes, told apart by their content, plain or with gzip: MONITOR logs, append-only files and
        folders, RDB files, RESP captures, redis-cli and shell scripts, SLOWLOG and INFO commandstats output, source code.
        --as takes every input for one kind.

        Outputs of lint, sizes and exec, --output FORMAT[=FILE]: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).

        Replies of repl, --mode: tty as redis-cli on a terminal, raw the bytes as they are, csv, json. Every other subcommand
        with a result has --json. JSON is UTF-8; bytes that are no text are in a member with base64 in its name.

        Sizes are bytes, or have a unit of 1024: 64k, 10MB, 1MiB. Times are seconds, or have a unit: 500ms, 90s, 30m.
        """
    }
}
