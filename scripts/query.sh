#!/usr/bin/env bash
# Builds the program with questions to archives (`juesuan query`, `juesuan rank`). Their engine, DataFusion, takes longer to build than everything else
# together, so it is not in the usual build. `scripts/query.sh --tests` lints and tests them instead, also against DuckDB where PyPI's is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = --tests ]; then
    # Nothing of the engine is slow enough in tests to be worth the time that optimising it takes.
    plain=(--config 'profile.dev.package."*".opt-level=0')
    cargo clippy "${plain[@]}" -p juesuan-query --all-targets --locked -- -D warnings
    cargo test "${plain[@]}" -p juesuan-query --locked
    cargo test "${plain[@]}" -p juesuan --no-default-features --features archive,query --locked --test cli questions
    exec python3 scripts/questions_duckdb.py
fi
bash scripts/install.sh
cargo build --release --locked --features query
