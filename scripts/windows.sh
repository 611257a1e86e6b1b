#!/usr/bin/env bash
# windows.sh [FOLDER]: builds juesuan-VERSION-windows.zip in FOLDER (default target/dist) and tries what is in it under wine.
#
# In the ZIP: 决算.exe (double click: the window in the browser, no console), juesuan.exe (the command line), 使用说明.txt, licences. For Windows 7
# and later on x86_64. Not part of CI: it needs Debian 12, most of an hour of one core, 8 GB of disk, and a program for this system to compare with
# (JUESUAN=…, else target/release/juesuan is built). The compiler is Debian's (cross-compiler.sh), because no other host than a package manager
# is asked; the standard library is built with it. SKIP_BUILD=1 takes the programs that are there; ONLY_BUILD=1 does not try them; PROFILE=dev
# builds without optimisation in a quarter of the time, to try this script.
# The ZIP depends on the programs and the commit alone; of the programs paths and the clock are kept out, as release.sh does.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=${1:-target/dist}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
target=x86_64-win7-windows-gnu
profile=${PROFILE:-release}
built=$CARGO_TARGET_DIR/$target/${profile/#dev/debug}
tools=(
  gcc-mingw-w64-x86-64-win32=12.2.0-14+deb12u1+25.2+b1
  binutils-mingw-w64-x86-64=2.40-2+10.4
  mingw-w64-x86-64-dev=10.0.0-3
  wine64=8.0~repack-4
  wine=8.0~repack-4
)

rust=$CARGO_TARGET_DIR/cross-compiler
bash scripts/cross-compiler.sh "$rust" "${tools[@]}"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
gcc=x86_64-w64-mingw32-gcc-win32

# Icon and words that Windows shows of the programs, and what they expect of it.
resources() {
  local numbers=${version//./,},0
  mkdir -p "$CARGO_TARGET_DIR/$target"
  sed -e "s/@VERSION@/$version/g" -e "s/@NUMBERS@/$numbers/g" scripts/windows/juesuan.rc |
    x86_64-w64-mingw32-windres --codepage=65001 --include-dir scripts/windows --output-format=coff -o "$CARGO_TARGET_DIR/$target/resources.o"
}

if [ -z "${SKIP_BUILD:-}" ]; then
  resources
  # A stack as large as that of Linux; no time in the header.
  bash scripts/cross-build.sh "$rust" "$target" "$gcc" x86_64-w64-mingw32-ar \
    -Clink-arg=-Wl,--stack,8388608 -Clink-arg=-Wl,--no-insert-timestamp "-Clink-arg=$CARGO_TARGET_DIR/$target/resources.o"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
folder=$stage/决算-$version
mkdir -p "$folder" "$out"
cp "$built/juesuan.exe" "$folder/juesuan.exe"
cp "$built/juesuan-window.exe" "$folder/决算.exe"
cp LICENSE THIRD-PARTY-NOTICES sbom.cdx.json "$folder/"
# As Notepad of every Windows reads it.
{ printf '\xef\xbb\xbf'; sed -e "s/@VERSION@/$version/" -e 's/$/\r/' scripts/windows/readme.txt; } >"$folder/使用说明.txt"
for licence in LICENSE THIRD-PARTY-NOTICES; do sed 's/$/\r/' "$folder/$licence" >"$folder/$licence.txt"; rm "$folder/$licence"; done
zip=$out/juesuan-$version-windows.zip
python3 scripts/windows/pack.py "$stage" "$zip" "$(git log -1 --format=%ct)"
sha256sum "$built/juesuan.exe" "$built/juesuan-window.exe" "$zip"
[ -z "${ONLY_BUILD:-}" ] || exit 0

if [ -z "${JUESUAN:-}" ]; then
  cargo build --release --locked -p juesuan
  JUESUAN=$CARGO_TARGET_DIR/release/juesuan
fi
python3 scripts/windows/smoke.py "$JUESUAN" "$zip"
