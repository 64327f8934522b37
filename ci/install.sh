#!/usr/bin/env bash
# Makes clusterctl available to the steps that follow in a GitHub workflow: the one in the PATH, else one that is built from
# the sources around this script, which takes a Swift toolchain and some minutes.
set -euo pipefail

if command -v clusterctl >/dev/null; then
    echo "clusterctl $(clusterctl --version) is in the PATH"
    exit 0
fi
if ! command -v swift >/dev/null; then
    echo "::error title=clusterctl::neither clusterctl nor swift is in the PATH: install one of them in a step before" >&2
    exit 2
fi
sources=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
swift build --package-path "$sources" --configuration release --product clusterctl
folder=$(swift build --package-path "$sources" --configuration release --show-bin-path)
echo "$folder" >>"$GITHUB_PATH"
