#!/usr/bin/env bash
# Installs what is missing, builds, and compiles the first example into ./out.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
cargo build --release --locked
target="${CARGO_TARGET_DIR:-target}"
"$target/release/juesuan" compile examples/zengdu-2023 --out out
