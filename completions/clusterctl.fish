function __clusterctl_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __clusterctl_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __clusterctl_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __clusterctl_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __clusterctl_parse_tokens -S
    set -l unparsed_tokens (__clusterctl_tokens -pc)
    switch $unparsed_tokens[1]
    case 'clusterctl'
        __clusterctl_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'start'
            __clusterctl_parse_subcommand 0 'port=' 'bind=' 'unixsocket=' 'admin-socket=' 'shards=' 'replicas=' 'loops=' 'password-file=' 'no-password-is-fine' 'max-clients=' 'idle-timeout=' 'max-key-bytes=' 'max-value-bytes=' 'max-request-bytes=' 'transaction-locks=' 'exec-delay=' 'terse-errors' 'port-file=' 'pid-file=' 'log-level=' 'log-format=' 'version' 'h/help'
        case 'status'
            __clusterctl_parse_subcommand 0 'port=' 'admin-socket=' 'json' 'color=' 'clients' 'watch=' 'version' 'h/help'
        case 'flush'
            __clusterctl_parse_subcommand 0 'port=' 'admin-socket=' 'y/yes' 'json' 'version' 'h/help'
        case 'exec'
            __clusterctl_parse_subcommand -r 1 'port=' 'bind=' 'unixsocket=' 'admin-socket=' 'shards=' 'replicas=' 'loops=' 'password-file=' 'no-password-is-fine' 'max-clients=' 'idle-timeout=' 'max-key-bytes=' 'max-value-bytes=' 'max-request-bytes=' 'transaction-locks=' 'exec-delay=' 'terse-errors' 'port-file=' 'pid-file=' 'log-level=' 'log-format=' 'report-only' 'report=' 'version' 'h/help'
        case 'repl'
            __clusterctl_parse_subcommand -r 2 'embedded' 'password-file=' 'ask-password' 'file=' 'keep-going' 'mode=' 'no-raw' 'check=' 'dialect=' 'utf8' 'yes' 'color=' 'version' 'h/help'
        case 'lint'
            __clusterctl_parse_subcommand -r 1 'as=' 'confidence=' 'disable=+' 'undecided' 'stats' 'baseline=' 'write-baseline=' 'diff-base=' 'threads=' 'config=' 'isolated' 'max-key-bytes=' 'max-value-bytes=' 'near-limit=' 'output=+' 'fail-on=' 'json' 'color=' 'version' 'h/help'
        case 'sizes'
            __clusterctl_parse_subcommand -r 1 'top=' 'keys=' 'requests-per-second=' 'cursor=' 'as=' 'csv' 'config=' 'isolated' 'max-key-bytes=' 'max-value-bytes=' 'near-limit=' 'output=+' 'fail-on=' 'json' 'color=' 'version' 'h/help'
        case 'rules'
            __clusterctl_parse_subcommand 0 'json' 'color=' 'version' 'h/help'
        case 'commands'
            __clusterctl_parse_subcommand 0 'verdict=+' 'group=+' 'markdown' 'json' 'color=' 'version' 'h/help'
        case 'explain'
            __clusterctl_parse_subcommand -r 1 'json' 'color=' 'version' 'h/help'
        case 'help'
            __clusterctl_parse_subcommand -r 1 'version'
        end
    end
end

function __clusterctl_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __clusterctl_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __clusterctl_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __clusterctl_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__clusterctl_tokens -p)
    if test -z "$(__clusterctl_tokens -t)"
        set -l index (count (__clusterctl_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'clusterctl' -f
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'start' -d 'Starts a cluster that accepts and refuses what the Cluster edition does.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'status' -d 'Shows a running cluster: shards, keys and bytes, clients, requests a second, what was refused.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'flush' -d 'Removes all keys of a running cluster.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'exec' -d 'Runs a command, such as a test suite, against a cluster of its own, and tells what was refused.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'repl' -d 'Sends commands to a server, and tells before what the Cluster edition would refuse.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'lint' -d 'Finds what the Cluster edition would refuse in traces, scripts and source code.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'sizes' -d 'Finds keys and values over the limits, and shows where the bytes are.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'rules' -d 'Lists the rules of lint and sizes.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'commands' -d 'Lists every Redis command with what the Cluster edition says of it.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'explain' -d 'Tells what the Cluster edition says of a command, and what a rule of the linter looks for.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_positional "clusterctl" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" port' -l 'port' -d 'Port to listen on; 0 takes a free one. (default: 6379 for start, 0 for exec)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" bind' -l 'bind' -d 'Address to listen on. One that other machines can reach needs a password, or --no-password-is-fine.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" unixsocket' -l 'unixsocket' -d 'A Unix socket for clients too.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" admin-socket' -l 'admin-socket' -d 'The Unix socket that status and flush ask. (default: PORT.sock in $XDG_RUNTIME_DIR/clusterctl, else in /tmp/clusterctl-UID)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" shards' -l 'shards' -d 'Shards that the 16384 slots are spread over. (default: 3)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" replicas' -l 'replicas' -d 'Replicas of each shard: 0, since this version has none.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" loops' -l 'loops' -d 'Threads that serve connections. (default: half the cores)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" password-file' -l 'password-file' -d 'A file with the password that clients must give to AUTH; one line break at its end is left out. Without it, the variable CLUSTERCTL_PASSWORD counts.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" no-password-is-fine' -l 'no-password-is-fine' -d 'Listen on a public address although no password is asked for.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" max-clients' -l 'max-clients' -d 'Clients that may be connected at once. (default: 10000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" idle-timeout' -l 'idle-timeout' -d 'Close a connection without a request for this long; 0 is never. Seconds, or with a unit: 500ms, 90s, 30m. (default: 30m)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" max-key-bytes' -l 'max-key-bytes' -d 'The longest key. Sizes are bytes, or with a unit of 1024: 64k, 10MB, 1MiB. (default: 127)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" max-value-bytes' -l 'max-value-bytes' -d 'The largest value under one key. (default: 1000000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" max-request-bytes' -l 'max-request-bytes' -d 'Refuse requests of this size on the wire, and larger ones. (default: 10MB, which are 10485760 bytes)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" transaction-locks' -l 'transaction-locks' -d 'When a transaction holds its keys against others: from the moment a command on them is queued, or only while EXEC runs. (default: queued)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" exec-delay' -l 'exec-delay' -d 'Hold each EXEC back for this long with its keys held: to see what others meet then. (default: 0)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" terse-errors' -l 'terse-errors' -d 'Answer refused commands without the reason and what to do instead.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" port-file' -l 'port-file' -d 'Write the port there once the cluster accepts connections.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" pid-file' -l 'pid-file' -d 'Write the process\' identifier there.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" log-level' -l 'log-level' -d 'Log what is of this weight or more: trace, debug, info, notice, warning, error or critical. (default: info for start, warning for exec)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" log-format' -l 'log-format' -d 'How log lines are written to stderr.' -rfka 'text json'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl start" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" port' -l 'port' -d 'The port of the cluster to ask, if its admin socket is where it is by default.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" admin-socket' -l 'admin-socket' -d 'The admin socket of the cluster to ask, in place of the port.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" clients' -l 'clients' -d 'List the connected clients.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" watch' -l 'watch' -d 'Show it again every so many seconds, until interrupted.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" port' -l 'port' -d 'The port of the cluster to ask, if its admin socket is where it is by default.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" admin-socket' -l 'admin-socket' -d 'The admin socket of the cluster to ask, in place of the port.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" y yes' -s 'y' -l 'yes' -d 'Do not ask.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl flush" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" port' -l 'port' -d 'Port to listen on; 0 takes a free one. (default: 6379 for start, 0 for exec)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" bind' -l 'bind' -d 'Address to listen on. One that other machines can reach needs a password, or --no-password-is-fine.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" unixsocket' -l 'unixsocket' -d 'A Unix socket for clients too.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" admin-socket' -l 'admin-socket' -d 'The Unix socket that status and flush ask. (default: PORT.sock in $XDG_RUNTIME_DIR/clusterctl, else in /tmp/clusterctl-UID)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" shards' -l 'shards' -d 'Shards that the 16384 slots are spread over. (default: 3)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" replicas' -l 'replicas' -d 'Replicas of each shard: 0, since this version has none.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" loops' -l 'loops' -d 'Threads that serve connections. (default: half the cores)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" password-file' -l 'password-file' -d 'A file with the password that clients must give to AUTH; one line break at its end is left out. Without it, the variable CLUSTERCTL_PASSWORD counts.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" no-password-is-fine' -l 'no-password-is-fine' -d 'Listen on a public address although no password is asked for.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" max-clients' -l 'max-clients' -d 'Clients that may be connected at once. (default: 10000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" idle-timeout' -l 'idle-timeout' -d 'Close a connection without a request for this long; 0 is never. Seconds, or with a unit: 500ms, 90s, 30m. (default: 30m)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" max-key-bytes' -l 'max-key-bytes' -d 'The longest key. Sizes are bytes, or with a unit of 1024: 64k, 10MB, 1MiB. (default: 127)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" max-value-bytes' -l 'max-value-bytes' -d 'The largest value under one key. (default: 1000000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" max-request-bytes' -l 'max-request-bytes' -d 'Refuse requests of this size on the wire, and larger ones. (default: 10MB, which are 10485760 bytes)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" transaction-locks' -l 'transaction-locks' -d 'When a transaction holds its keys against others: from the moment a command on them is queued, or only while EXEC runs. (default: queued)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" exec-delay' -l 'exec-delay' -d 'Hold each EXEC back for this long with its keys held: to see what others meet then. (default: 0)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" terse-errors' -l 'terse-errors' -d 'Answer refused commands without the reason and what to do instead.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" port-file' -l 'port-file' -d 'Write the port there once the cluster accepts connections.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" pid-file' -l 'pid-file' -d 'Write the process\' identifier there.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" log-level' -l 'log-level' -d 'Log what is of this weight or more: trace, debug, info, notice, warning, error or critical. (default: info for start, warning for exec)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" log-format' -l 'log-format' -d 'How log lines are written to stderr.' -rfka 'text json'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" report-only' -l 'report-only' -d 'Exit with the command\'s own status, whatever was refused.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" report' -l 'report' -d 'Write the summary there, as JSON.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl exec" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" embedded' -l 'embedded' -d 'Start a cluster inside this process and talk to it.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" password-file' -l 'password-file' -d 'A file with the password for AUTH. Without it, CLUSTERCTL_PASSWORD counts, then REDISCLI_AUTH.' -rF
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" ask-password' -l 'ask-password' -d 'Ask for the password on the terminal.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" file' -l 'file' -d 'Run the lines of a file; - is the standard input.' -rF
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" keep-going' -l 'keep-going' -d 'Go on after an error in a script.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" mode' -l 'mode' -d 'How replies are written. (default: tty on a terminal, else raw)' -rfka 'tty raw csv json'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" no-raw' -l 'no-raw' -d 'Replies as on a terminal, wherever they go: --mode tty, as redis-cli calls it.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" check' -l 'check' -d 'What is done with a request that the Cluster edition would refuse.' -rfka 'off warn block'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" dialect' -l 'dialect' -d 'Whose form replies have where redis-cli\'s versions differ.' -rfka '2.8 7'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" utf8' -l 'utf8' -d 'Show text in UTF-8 as it is, not as \\xHH.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" yes' -l 'yes' -d 'Do not ask before what deletes much.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl repl" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" as' -l 'as' -d 'Take every input for this kind: monitor, aof, rdb, resp, script, shell, slowlog, commandstats, source.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" confidence' -l 'confidence' -d 'Also report findings in source code where only a name suggests Redis. (default: high)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint"' -l 'disable' -d 'Leave a rule out; may be repeated.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" undecided' -l 'undecided' -d 'List the names in source code that only the running program knows.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" stats' -l 'stats' -d 'List how often each command was sent.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" baseline' -l 'baseline' -d 'Leave out the findings of this file.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" write-baseline' -l 'write-baseline' -d 'Write the findings into a baseline to live with, and end well.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" diff-base' -l 'diff-base' -d 'Only report lines that have changed since a revision of Git.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" threads' -l 'threads' -d 'How many threads read at once. (default: one a core)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" config' -l 'config' -d 'The configuration. (default: the first .clusterctl.toml in this folder and those above)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" isolated' -l 'isolated' -d 'Read no configuration.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" max-key-bytes' -l 'max-key-bytes' -d 'The longest key. (default: 127)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" max-value-bytes' -l 'max-value-bytes' -d 'The largest value under one key. (default: 1000000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" near-limit' -l 'near-limit' -d 'Warn of keys and values from this part of their limit on. (default: not at all; without a number, at 80)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint"' -l 'output' -d 'Write the findings in this format to a file, or to stdout where no file is named; may be repeated. Formats: text, concise, json, jsonl, sarif, junit, github, markdown, gitlab, checkstyle.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" fail-on' -l 'fail-on' -d 'End with status 1 for findings of this severity or more. (default: note)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl lint" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" top' -l 'top' -d 'How many of the largest keys to list.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" keys' -l 'keys' -d 'Ask running servers for the keys of this file, one a line: for one that has no SCAN.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" requests-per-second' -l 'requests-per-second' -d 'Send a running server no more requests than this. (default: no limit)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" cursor' -l 'cursor' -d 'Go on with a running server where an interrupted report has stopped: the cursor that it named.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" as' -l 'as' -d 'Take every source for this kind: monitor, aof, rdb, resp, script, shell, slowlog, commandstats, source.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" csv' -l 'csv' -d 'Write the violations as CSV.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" config' -l 'config' -d 'The configuration. (default: the first .clusterctl.toml in this folder and those above)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" isolated' -l 'isolated' -d 'Read no configuration.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" max-key-bytes' -l 'max-key-bytes' -d 'The longest key. (default: 127)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" max-value-bytes' -l 'max-value-bytes' -d 'The largest value under one key. (default: 1000000)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" near-limit' -l 'near-limit' -d 'Warn of keys and values from this part of their limit on. (default: not at all; without a number, at 80)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes"' -l 'output' -d 'Write the findings in this format to a file, or to stdout where no file is named; may be repeated. Formats: text, concise, json, jsonl, sarif, junit, github, markdown, gitlab, checkstyle.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" fail-on' -l 'fail-on' -d 'End with status 1 for findings of this severity or more. (default: note)' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl sizes" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl rules" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl rules" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl rules" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands"' -l 'verdict' -d 'Only commands of this verdict; may be repeated.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands"' -l 'group' -d 'Only commands of this group; may be repeated: key, string, hash, list, set, sorted-set, transaction, connection, scripting, pub-sub, hyperloglog, geo, stream, server, cluster, sentinel.' -rfka ''
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands" markdown' -l 'markdown' -d 'Write a table in Markdown.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl commands" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl explain" json' -l 'json' -d 'Write the result as JSON.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl explain" color' -l 'color' -d 'Colour: auto is on a terminal, unless NO_COLOR is set.' -rfka 'auto always never'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl explain" version' -l 'version' -d 'Show the version.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clusterctl' -n '__clusterctl_should_offer_completions_for_flags_or_options "clusterctl help" version' -l 'version' -d 'Show the version.'
