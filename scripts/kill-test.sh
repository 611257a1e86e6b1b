#!/usr/bin/env bash
# kill-test.sh [KILLS] [CALLS] [PROGRAM]: kills runs at KILLS random times, and at each system call that changes a folder, at most about
# CALLS of each kind. After each the output is one whole version, and the next run leaves nothing behind. 1000 kills take half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
program="${3:-${CARGO_TARGET_DIR:-target}/release/juesuan}"
[ -x "$program" ] || cargo build --release --locked
exec python3 scripts/kill_test.py "$program" "${1:-20}" "${2:-3}"
