#!/bin/sh
# One million voucher lines of 200 units: our books to leaves of all units and the department, beside DuckDB on the same
# file. Needs python3 with duckdb (pip install duckdb) and GNU time. Usage: benches/books/run.sh [LINES [UNITS]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/generate.py" "$folder" "${1:-1000000}" "${2:-200}"
ls -l "$folder/books" | awk 'NR > 1 { print $NF ": " $5 " bytes" }'
cd "$root"
cargo build --quiet --release -p juesuan-inputs --example books_bench
bench="${CARGO_TARGET_DIR:-target}/release/examples/books_bench"
for turn in 1 2 3; do
    echo "--- turn $turn"
    for side in ours duckdb; do
        if [ "$side" = ours ]; then
            /usr/bin/time -v "$bench" "$folder" 2> "$folder/time"
        else
            /usr/bin/time -v python3 "$here/duck.py" "$folder" 2> "$folder/time"
        fi
        awk -v side="$side" '/Maximum resident/ { printf "%s: peak memory %.0f MB\n", side, $NF / 1024 }
                             /Elapsed/ { print side ": whole process " $NF }' "$folder/time"
    done
done
