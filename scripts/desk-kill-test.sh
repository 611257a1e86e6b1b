#!/usr/bin/env bash
# desk-kill-test.sh [ROUNDS]: kills the window at ROUNDS random moments while documents are sent, checked and answered, and at a fifth as
# many while accounts are saved, compiled and approved. After each the chain of events holds and every file is whole; at the end
# everything that was promised is there, and what was cut off is done. 1000 rounds take about an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
export JUESUAN_DESK_KILLS="${1:-1000}"
exec cargo test -p juesuan --locked --no-default-features --features serve --test desk -- --nocapture kills::
