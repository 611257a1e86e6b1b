#!/usr/bin/env bash
# Installs what is missing and runs every test: formatting, licences and notices of dependencies, lints, generated documents, unit, property and
# example tests, and the plan of the house.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh --tests
cargo fmt --all --check
bash scripts/licences.sh
python3 scripts/notices.py --check
# Questions to archives have a script of their own, query.sh: their engine takes as long to build as everything else.
cargo clippy --workspace --exclude juesuan-query --all-targets --locked -- -D warnings
# The catalogue with nothing but what it asks for itself: features that other crates happen to bring are not there in every build.
cargo test -p juesuan-catalog --locked --lib
cargo test --workspace --exclude juesuan-query --locked --no-fail-fast
