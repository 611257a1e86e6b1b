#!/usr/bin/env bash
# fuzz.sh MINUTES [TARGET…]: changed inputs for every target in turn, all of them without names, MINUTES in all; a bound on memory, one process at a time.
# Prints a line for each target (inputs, shapes of answers, failures, slowest) and ends with 1 if anything failed. What failed lies in
# fuzz/corpus/TARGET/failed-… and is a seed from then on, until it is mended and deleted.
# SEED=N begins elsewhere: without it every day begins with another one. MEMORY_KB bounds the address space (default 4 GB).
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { echo "用法：scripts/fuzz.sh 分钟 [目标…]" >&2; exit 2; }
minutes=$1
shift
cargo build --release --locked -p juesuan-fuzz
fuzz="${CARGO_TARGET_DIR:-target}/release/juesuan-fuzz"
targets=("$@")
[ $# -gt 0 ] || read -ra targets <<<"$("$fuzz" --list)"
seconds=$((minutes * 60 / ${#targets[@]}))
[ "$seconds" -gt 0 ] || seconds=1
ulimit -v "${MEMORY_KB:-4194304}"
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
failed=0
for target in "${targets[@]}"; do
  code=0
  # A run that does not come back by itself is a failure too: no single input takes a minute.
  timeout --kill-after=10 $((seconds + 90)) "$fuzz" "$target" --seconds "$seconds" --seed "${SEED:-$(date +%j)}" || code=$?
  [ "$code" -eq 0 ] && continue
  failed=1
  # The input on which the process ended, if it did not live to say so.
  if [ -s "$TMPDIR/juesuan-fuzz-$target" ]; then
    cp "$TMPDIR/juesuan-fuzz-$target" "fuzz/corpus/$target/failed-ended-$(sha256sum <"$TMPDIR/juesuan-fuzz-$target" | cut -c1-16)"
    rm "$TMPDIR/juesuan-fuzz-$target"
    echo "$target: the process ended with $code"
  fi
done
exit "$failed"
