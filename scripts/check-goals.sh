#!/bin/sh
# The measured goals of `check`: on the corpus, on cases and documents whose faults are known (scripts/quality.py), and on
# faults planted one at a time into made documents (scripts/planted.py). Builds the release binary without typst.
# Usage: scripts/check-goals.sh [CORPUS]   (default: ../shared/corpus beside this repository)
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
corpus=${1:-$here/../shared/corpus}
score=${SCORE:-$corpus/../tools/score.py}
if [ ! -d "$corpus" ]; then
    echo "没有语料文件夹 $corpus：跳过"
    exit 0
fi
if [ -n "${JUESUAN:-}" ]; then
    juesuan=$JUESUAN
else
    (cd "$here" && cargo build --quiet --release -p juesuan --no-default-features)
    juesuan=${CARGO_TARGET_DIR:-$here/target}/release/juesuan
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
JUESUAN=$juesuan CORPUS=$corpus SCORE=$score WORK=$work python3 "$here/scripts/check_goals.py"
echo
python3 "$here/scripts/quality.py" "$juesuan" "$corpus/.."
echo
python3 "$here/scripts/planted.py" "$juesuan"
