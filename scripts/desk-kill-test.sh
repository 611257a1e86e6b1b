#!/usr/bin/env bash
# desk-kill-test.sh [ROUNDS]: kills the window at ROUNDS random moments while documents are sent, checked and answered. After each the chain
# of events holds and every file is whole; at the end everything that was promised is there, and what was cut off is done. 1000 rounds
# take about half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
export JUESUAN_DESK_KILLS="${1:-1000}"
exec cargo test -p juesuan --locked --no-default-features --features serve --test desk -- --nocapture --exact \
  kills::whenever_the_program_is_killed_what_it_promised_is_kept_and_what_it_did_goes_on
