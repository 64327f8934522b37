#!/bin/bash

__clusterctl_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__clusterctl_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__clusterctl_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__clusterctl_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_clusterctl() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __clusterctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    start|status|flush|node|failover|events|losses|fault|drill|clock|save|export|import|snapshot|exec|repl|lint|sizes|rules|commands|explain|help)
        # Offer subcommand argument completions
        "_clusterctl_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'start status flush node failover events losses fault drill clock save export import snapshot exec repl lint sizes rules commands explain help' -- "${cur}"))
        ;;
    esac
}

_clusterctl_start() {
    repeating_flags=()
    non_repeating_flags=(--wait-for-primary --strict --no-password-is-fine --terse-errors --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --bind --unixsocket --admin-socket --shards --replicas --node-timeout --replication-lag --dir --fsync --rewrite-percentage --rewrite-minimum --loops --password-file --max-clients --idle-timeout --max-key-bytes --max-value-bytes --max-request-bytes --transaction-locks --exec-delay --seed --max-memory --max-client-memory --clock --metrics --load --load-timeout --port-file --pid-file --log-level --log-format)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--bind')
        return
        ;;
    '--unixsocket')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--shards')
        return
        ;;
    '--replicas')
        return
        ;;
    '--node-timeout')
        return
        ;;
    '--replication-lag')
        return
        ;;
    '--dir')
        return
        ;;
    '--fsync')
        return
        ;;
    '--rewrite-percentage')
        return
        ;;
    '--rewrite-minimum')
        return
        ;;
    '--loops')
        return
        ;;
    '--password-file')
        return
        ;;
    '--max-clients')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--max-key-bytes')
        return
        ;;
    '--max-value-bytes')
        return
        ;;
    '--max-request-bytes')
        return
        ;;
    '--transaction-locks')
        return
        ;;
    '--exec-delay')
        return
        ;;
    '--seed')
        return
        ;;
    '--max-memory')
        return
        ;;
    '--max-client-memory')
        return
        ;;
    '--clock')
        __clusterctl_add_completions -W 'wall'$'\n''manual'
        return
        ;;
    '--metrics')
        return
        ;;
    '--load')
        return
        ;;
    '--load-timeout')
        return
        ;;
    '--port-file')
        return
        ;;
    '--pid-file')
        return
        ;;
    '--log-level')
        return
        ;;
    '--log-format')
        __clusterctl_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_clusterctl_status() {
    repeating_flags=()
    non_repeating_flags=(--json --clients --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --color --watch)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--watch')
        return
        ;;
    esac
}

_clusterctl_flush() {
    repeating_flags=()
    non_repeating_flags=(-y --yes --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    esac
}

_clusterctl_node() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket)
    __clusterctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clusterctl_add_completions -W 'kill'$'\n''stop'$'\n''resume'$'\n''restart'
        return
        ;;
    esac
}

_clusterctl_failover() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --mode)
    __clusterctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--mode')
        __clusterctl_add_completions -W 'graceful'$'\n''crash'
        return
        ;;
    esac
}

_clusterctl_events() {
    repeating_flags=()
    non_repeating_flags=(--follow --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --since)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--since')
        return
        ;;
    esac
}

_clusterctl_losses() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --color)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_fault() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--command)
    non_repeating_options=(--port --admin-socket --color --time --line --share --key --for)
    __clusterctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--time')
        return
        ;;
    '--line')
        return
        ;;
    '--share')
        return
        ;;
    '--command')
        return
        ;;
    '--key')
        return
        ;;
    '--for')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clusterctl_add_completions -W 'add'$'\n''list'$'\n''remove'
        return
        ;;
    esac
}

_clusterctl_drill() {
    repeating_flags=()
    non_repeating_flags=(--wait-for-primary --strict --no-password-is-fine --terse-errors --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --bind --unixsocket --admin-socket --shards --replicas --node-timeout --replication-lag --dir --fsync --rewrite-percentage --rewrite-minimum --loops --password-file --max-clients --idle-timeout --max-key-bytes --max-value-bytes --max-request-bytes --transaction-locks --exec-delay --seed --max-memory --max-client-memory --clock --metrics --load --load-timeout --port-file --pid-file --log-level --log-format --color)
    __clusterctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--bind')
        return
        ;;
    '--unixsocket')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--shards')
        return
        ;;
    '--replicas')
        return
        ;;
    '--node-timeout')
        return
        ;;
    '--replication-lag')
        return
        ;;
    '--dir')
        return
        ;;
    '--fsync')
        return
        ;;
    '--rewrite-percentage')
        return
        ;;
    '--rewrite-minimum')
        return
        ;;
    '--loops')
        return
        ;;
    '--password-file')
        return
        ;;
    '--max-clients')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--max-key-bytes')
        return
        ;;
    '--max-value-bytes')
        return
        ;;
    '--max-request-bytes')
        return
        ;;
    '--transaction-locks')
        return
        ;;
    '--exec-delay')
        return
        ;;
    '--seed')
        return
        ;;
    '--max-memory')
        return
        ;;
    '--max-client-memory')
        return
        ;;
    '--clock')
        __clusterctl_add_completions -W 'wall'$'\n''manual'
        return
        ;;
    '--metrics')
        return
        ;;
    '--load')
        return
        ;;
    '--load-timeout')
        return
        ;;
    '--port-file')
        return
        ;;
    '--pid-file')
        return
        ;;
    '--log-level')
        return
        ;;
    '--log-format')
        __clusterctl_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_clock() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket)
    __clusterctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clusterctl_add_completions -W 'advance'
        return
        ;;
    esac
}

_clusterctl_save() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    esac
}

_clusterctl_export() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --rdb)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--rdb')
        return
        ;;
    esac
}

_clusterctl_import() {
    repeating_flags=()
    non_repeating_flags=(--strict --version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket --password-file --source-password-file --keys)
    __clusterctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--password-file')
        return
        ;;
    '--source-password-file')
        return
        ;;
    '--keys')
        return
        ;;
    esac
}

_clusterctl_snapshot() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--port --admin-socket)
    __clusterctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--admin-socket')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clusterctl_add_completions -W 'save'$'\n''restore'$'\n''delete'
        return
        ;;
    esac
}

_clusterctl_exec() {
    repeating_flags=()
    non_repeating_flags=(--wait-for-primary --strict --no-password-is-fine --terse-errors --allow-no-requests --report-only --isolated --json --version -h --help)
    repeating_options=(--env --allow --output)
    non_repeating_options=(--port --bind --unixsocket --admin-socket --shards --replicas --node-timeout --replication-lag --dir --fsync --rewrite-percentage --rewrite-minimum --loops --password-file --max-clients --idle-timeout --max-key-bytes --max-value-bytes --max-request-bytes --transaction-locks --exec-delay --seed --max-memory --max-client-memory --clock --metrics --load --load-timeout --port-file --pid-file --log-level --log-format --report --drill --config --fail-on --color)
    __clusterctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--port')
        return
        ;;
    '--bind')
        return
        ;;
    '--unixsocket')
        return
        ;;
    '--admin-socket')
        return
        ;;
    '--shards')
        return
        ;;
    '--replicas')
        return
        ;;
    '--node-timeout')
        return
        ;;
    '--replication-lag')
        return
        ;;
    '--dir')
        return
        ;;
    '--fsync')
        return
        ;;
    '--rewrite-percentage')
        return
        ;;
    '--rewrite-minimum')
        return
        ;;
    '--loops')
        return
        ;;
    '--password-file')
        return
        ;;
    '--max-clients')
        return
        ;;
    '--idle-timeout')
        return
        ;;
    '--max-key-bytes')
        return
        ;;
    '--max-value-bytes')
        return
        ;;
    '--max-request-bytes')
        return
        ;;
    '--transaction-locks')
        return
        ;;
    '--exec-delay')
        return
        ;;
    '--seed')
        return
        ;;
    '--max-memory')
        return
        ;;
    '--max-client-memory')
        return
        ;;
    '--clock')
        __clusterctl_add_completions -W 'wall'$'\n''manual'
        return
        ;;
    '--metrics')
        return
        ;;
    '--load')
        return
        ;;
    '--load-timeout')
        return
        ;;
    '--port-file')
        return
        ;;
    '--pid-file')
        return
        ;;
    '--log-level')
        return
        ;;
    '--log-format')
        __clusterctl_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--env')
        return
        ;;
    '--allow')
        return
        ;;
    '--report')
        return
        ;;
    '--drill')
        return
        ;;
    '--config')
        return
        ;;
    '--output')
        return
        ;;
    '--fail-on')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_repl() {
    repeating_flags=()
    non_repeating_flags=(--embedded --ask-password --keep-going --no-raw --utf8 --yes --version -h --help)
    repeating_options=()
    non_repeating_options=(--password-file --file --mode --check --dialect --color)
    __clusterctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--password-file')
        __clusterctl_add_completions -f
        return
        ;;
    '--file')
        __clusterctl_add_completions -f
        return
        ;;
    '--mode')
        __clusterctl_add_completions -W 'tty'$'\n''raw'$'\n''csv'$'\n''json'
        return
        ;;
    '--check')
        __clusterctl_add_completions -W 'off'$'\n''warn'$'\n''block'
        return
        ;;
    '--dialect')
        __clusterctl_add_completions -W '2.8'$'\n''7'
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_lint() {
    repeating_flags=()
    non_repeating_flags=(--undecided --stats --follow --no-ignore --isolated --json --version -h --help)
    repeating_options=(--disable --output)
    non_repeating_options=(--as --confidence --baseline --write-baseline --diff-base --threads --config --max-key-bytes --max-value-bytes --near-limit --fail-on --color)
    __clusterctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--as')
        return
        ;;
    '--confidence')
        return
        ;;
    '--disable')
        return
        ;;
    '--baseline')
        return
        ;;
    '--write-baseline')
        return
        ;;
    '--diff-base')
        return
        ;;
    '--threads')
        return
        ;;
    '--config')
        return
        ;;
    '--max-key-bytes')
        return
        ;;
    '--max-value-bytes')
        return
        ;;
    '--near-limit')
        return
        ;;
    '--output')
        return
        ;;
    '--fail-on')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_sizes() {
    repeating_flags=()
    non_repeating_flags=(--csv --isolated --json --version -h --help)
    repeating_options=(--output)
    non_repeating_options=(--top --keys --password-file --requests-per-second --cursor --as --config --max-key-bytes --max-value-bytes --near-limit --fail-on --color)
    __clusterctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--top')
        return
        ;;
    '--keys')
        return
        ;;
    '--password-file')
        return
        ;;
    '--requests-per-second')
        return
        ;;
    '--cursor')
        return
        ;;
    '--as')
        return
        ;;
    '--config')
        return
        ;;
    '--max-key-bytes')
        return
        ;;
    '--max-value-bytes')
        return
        ;;
    '--near-limit')
        return
        ;;
    '--output')
        return
        ;;
    '--fail-on')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_rules() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--color)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_commands() {
    repeating_flags=()
    non_repeating_flags=(--markdown --json --version -h --help)
    repeating_options=(--verdict --group)
    non_repeating_options=(--color)
    __clusterctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--verdict')
        return
        ;;
    '--group')
        return
        ;;
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_explain() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--color)
    __clusterctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--color')
        __clusterctl_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_clusterctl_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __clusterctl_offer_flags_options -1
}

complete -o filenames -F _clusterctl clusterctl
