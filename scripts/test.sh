#!/usr/bin/env bash
# Installs what is missing and runs every test: formatting, lints, generated documents, unit, property and example tests.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked -- -D warnings
cargo test --workspace --locked --no-fail-fast
