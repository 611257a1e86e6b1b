#!/usr/bin/env bash
# Installs what is missing, builds, and compiles the first example into ./out.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
cargo build --release --locked
target="${CARGO_TARGET_DIR:-target}"
"$target/release/juesuan" compile examples/zengdu-2023 --out out
echo "窗口：运行 $target/release/juesuan serve，在浏览器里核对、答复、编制（只有本机能打开）"
