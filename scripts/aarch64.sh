#!/usr/bin/env bash
# aarch64.sh [FOLDER]: builds juesuan_VERSION_arm64.deb in FOLDER (default target/dist), for UOS and Kylin on ARM, and tries what is in it under qemu.
#
# In the package: juesuan (the command line), juesuan-window with an entry in the menu (the window without a terminal), licences. Linked
# statically: those systems have a C library of 2018 or 2020, ours is of 2022. Not part of CI: it needs Debian 12 and most of an hour of one core,
# and a program for this system to compare with (JUESUAN=…, else target/release/juesuan is built). SKIP_BUILD=1 takes the programs that are
# there; ONLY_BUILD=1 does not try them; PROFILE=dev builds without optimisation, to try this script.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=${1:-target/dist}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
target=aarch64-unknown-linux-gnu
profile=${PROFILE:-release}
built=$CARGO_TARGET_DIR/$target/${profile/#dev/debug}
tools=(
  gcc-12-aarch64-linux-gnu=12.2.0-14cross1
  gcc-aarch64-linux-gnu=4:12.2.0-3
  binutils-aarch64-linux-gnu=2.40-2
  libc6-dev-arm64-cross=2.36-8cross1
  qemu-user=1:7.2+dfsg-7+deb12u18+b3
  proot=5.1.0-1.3
)

rust=$CARGO_TARGET_DIR/cross-compiler
bash scripts/cross-compiler.sh "$rust" "${tools[@]}"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

if [ -z "${SKIP_BUILD:-}" ]; then
  bash scripts/cross-build.sh "$rust" "$target" aarch64-linux-gnu-gcc aarch64-linux-gnu-ar -Ctarget-feature=+crt-static
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
package=$stage/package
doc=$package/usr/share/doc/juesuan
mkdir -p "$package/DEBIAN" "$doc" "$out"
install -D -m 755 -t "$package/usr/bin" "$built/juesuan" "$built/juesuan-window"
install -D -m 644 -t "$package/usr/share/applications" scripts/linux/juesuan.desktop
install -D -m 644 crates/juesuan-serve/assets/icon.svg "$package/usr/share/icons/hicolor/scalable/apps/juesuan.svg"
install -m 644 LICENSE "$doc/copyright"
install -m 644 THIRD-PARTY-NOTICES sbom.cdx.json "$doc/"
cat >"$package/DEBIAN/control" <<CONTROL
Package: juesuan
Version: $version
Architecture: arm64
Maintainer: juesuan
Installed-Size: $(du -sk "$package/usr" | cut -f1)
Recommends: xdg-utils
Section: misc
Priority: optional
Description: 部门决算的编制和核对
 编制、核对政府部门决算公开文件：浏览器里的窗口，和命令行。
CONTROL
chmod -R u=rwX,go=rX "$package"
deb=$out/juesuan_${version}_arm64.deb
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) dpkg-deb --root-owner-group -Zxz --build "$package" "$deb"
sha256sum "$built/juesuan" "$built/juesuan-window" "$deb"
[ -z "${ONLY_BUILD:-}" ] || exit 0

if [ -z "${JUESUAN:-}" ]; then
  cargo build --release --locked -p juesuan
  JUESUAN=$CARGO_TARGET_DIR/release/juesuan
fi
python3 scripts/linux/smoke.py "$JUESUAN" "$deb"
