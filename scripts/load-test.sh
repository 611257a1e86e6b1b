#!/usr/bin/env bash
# load-test.sh [ROUNDS] [PROGRAM]: ROUNDS of two to four runs at once into one folder, then runs on a full disk. Each output is one
# whole version, and nothing is left behind. 200 rounds take some ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
program="${2:-${CARGO_TARGET_DIR:-target}/release/juesuan}"
[ -x "$program" ] || cargo build --release --locked
exec python3 scripts/load_test.py "$program" "${1:-10}"
