#!/usr/bin/env bash
# Runs the linter in a GitHub workflow, as action.yml asks for it: annotations to stdout, the table to the step's summary,
# SARIF to a file where one is named. Ends with the linter's status.
#
# PATHS and ARGUMENTS hold one path or argument a line.
set -uo pipefail

arguments=(--output github)
if [[ -n "${SARIF:-}" ]]; then arguments+=(--output "sarif=$SARIF"); fi
if [[ -n "${FAIL_ON:-}" ]]; then arguments+=(--fail-on "$FAIL_ON"); fi
if [[ -n "${BASELINE:-}" ]]; then arguments+=(--baseline "$BASELINE"); fi
if [[ -n "${DIFF_BASE:-}" ]]; then arguments+=(--diff-base "$DIFF_BASE"); fi
while IFS= read -r line; do
    if [[ -n "$line" ]]; then arguments+=("$line"); fi
done <<<"${ARGUMENTS:-}"
paths=()
while IFS= read -r line; do
    if [[ -n "$line" ]]; then paths+=("$line"); fi
done <<<"${PATHS:-.}"

clusterctl lint "${arguments[@]}" -- "${paths[@]}"
status=$?
if [[ -n "${GITHUB_OUTPUT:-}" ]]; then echo "status=$status" >>"$GITHUB_OUTPUT"; fi
exit "$status"
