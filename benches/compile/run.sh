#!/bin/sh
# One department of the size of examples/zengdu-2023, all five formats: wall time and peak memory of the whole process,
# five runs after a warm-up. Needs GNU time and the fonts of scripts/fonts.sh. Usage: benches/compile/run.sh [EXAMPLE]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
example=${1:-zengdu-2023}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cargo build --quiet --release -p juesuan
program="${CARGO_TARGET_DIR:-target}/release/juesuan"
for turn in warm-up 1 2 3 4 5; do
    # Exit code 1 says that findings stand; the time counts all the same.
    /usr/bin/time -f "$turn: %e s, %M KB peak" "$program" compile "examples/$example" --out "$scratch/out" > /dev/null || [ $? -eq 1 ]
done
ls -l "$scratch/out" | awk 'NR > 1 { print $NF ": " $5 " bytes" }'
