#!/usr/bin/env bash
# Builds a release from a clean tree: juesuan-VERSION-TARGET.tar.gz with the program, its licence, the notices of what is compiled in, the bill
# of materials, the guide and the scripts for fonts and models, and SHA256SUMS beside it. Usage: scripts/release.sh [FOLDER] (default target/dist).
# The same commit gives the same bytes wherever it is built: no path, clock or user goes into them.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=${1:-target/dist}
if [ -n "$(git status --porcelain)" ]; then
  echo "release.sh：有没有提交的改动，不能出发布包" >&2
  exit 1
fi
python3 scripts/notices.py --check

# Paths in panic messages: of this folder, of the registry, of the target folder wherever it lies.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
export RUSTFLAGS="--remap-path-prefix=$CARGO_TARGET_DIR=/target --remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$root=/juesuan"
export CARGO_INCREMENTAL=0 LC_ALL=C TZ=UTC
cargo build --release --locked -p juesuan
program=$CARGO_TARGET_DIR/release/juesuan

version=$("$program" --version | cut -d' ' -f2)
target=$(rustc -vV | sed -n 's/^host: //p')
name=juesuan-$version-$target
mkdir -p "$out"
out=$(cd "$out" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir "$stage/$name"
install -m 755 "$program" scripts/fonts.sh scripts/models.sh "$stage/$name/"
install -m 644 LICENSE THIRD-PARTY-NOTICES sbom.cdx.json README.md README.zh.md CHANGELOG.md SECURITY.md catalog/fonts.sha256 catalog/models.sha256 "$stage/$name/"
mkdir -p "$stage/$name/docs"
cp -r docs/guide.md docs/reference docs/pictures "$stage/$name/docs/"
rm -f "$stage/$name/docs/pictures/"*.sh "$stage/$name/docs/pictures/"*.py
chmod -R u=rwX,go=rX "$stage/$name"
# Names in order, one owner, one time: what is inside decides the bytes, not who packed it.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" --format=ustar -C "$stage" -cf - "$name" |
  gzip -9n >"$out/$name.tar.gz"
cp sbom.cdx.json "$out/$name.cdx.json"
(cd "$out" && sha256sum "$name.tar.gz" "$name.cdx.json" >SHA256SUMS)
sha256sum "$program" "$out/$name.tar.gz"
