#!/usr/bin/env bash
# cross-build.sh COMPILER TARGET GCC AR [FLAG …]: builds both programs for another system with the compiler that cross-compiler.sh has unpacked into
# COMPILER, with a standard library built for it, and with these flags of rustc besides. In $CARGO_TARGET_DIR/TARGET, by profile ($PROFILE, else
# release). For windows.sh and aarch64.sh, which have made CARGO_TARGET_DIR absolute. Paths of this machine are kept out of the programs.
set -euo pipefail
cd "$(dirname "$0")/.."
rust=$1 target=$2 gcc=$3 ar=$4
shift 4
cargo_home=${CARGO_HOME:-$HOME/.cargo}
flags=(
  "--remap-path-prefix=$CARGO_TARGET_DIR=/target" "--remap-path-prefix=$cargo_home=/cargo"
  "--remap-path-prefix=$rust=/rust" "--remap-path-prefix=$PWD=/juesuan" "$@"
)
# The names under which cargo and the crate cc look for linker, compiler and archiver of a target.
small=${target//-/_}
export "CARGO_TARGET_${small^^}_LINKER=$gcc" "CC_$small=$gcc" "AR_$small=$ar"
RUSTC=$rust/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS="${flags[*]}" CARGO_INCREMENTAL=0 LC_ALL=C TZ=UTC \
  cargo build --profile "${PROFILE:-release}" --config "profile.dev.package.'*'.opt-level=0" --locked --target "$target" \
  -Zbuild-std=std,panic_unwind -p juesuan -p juesuan-window
