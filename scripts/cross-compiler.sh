#!/usr/bin/env bash
# cross-compiler.sh FOLDER [PACKAGE=VERSION …]: a compiler that builds for other systems, and the source of its standard library, unpacked into
# FOLDER from packages of Debian 12 without installing anything; and the tools named behind it, installed. FOLDER/rustc is then the compiler.
# Every version is pinned: what is built depends on it. When Debian moves on, this says so and stops.
# For windows.sh and aarch64.sh; nothing else needs it. Packages are checked by apt against Debian's keys.
set -euo pipefail
folder=${1:?cross-compiler.sh：请写明文件夹}
shift
release=1.96.0+dfsg1-1~deb12u2
compiler=(
  "rustc-web=$release"
  "libstd-rust-web-dev=$release"
  "libstd-rust-web-1.96=$release"
  "rust-web-src=$release"
  "libllvm22=1:22.1.8-1~deb12u1"
)

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
command -v apt-get >/dev/null || { echo "cross-compiler.sh：这台机器没有 apt-get；要在 Debian 12 上运行" >&2; exit 1; }

# Fails where Debian has another version than ours, with all that differ.
offered() {
  local moved=()
  for pinned in "$@"; do
    local now
    now=$(apt-cache policy "${pinned%%=*}" | sed -n 's/^  Candidate: //p')
    [ "$now" = "${pinned#*=}" ] || moved+=("${pinned%%=*}：核对过的是 ${pinned#*=}，软件源现在给的是 ${now:-（没有）}")
  done
  [ "${#moved[@]}" -eq 0 ] && return
  {
    echo "cross-compiler.sh：软件源里的版本变了，没有接着做："
    printf '  %s\n' "${moved[@]}"
    echo "怎么办：把 scripts 里写的版本（编译器在 cross-compiler.sh，其余在 windows.sh、aarch64.sh）改成新的，再运行一次；"
    echo "冒烟测试全部通过，就把改动提交。编译器换了大版本（1.96 变成 1.97），包名 libstd-rust-web-1.96 也要跟着改。"
  } >&2
  exit 1
}

fetched=$folder/versions
tools=("$@")
absent=()
for tool in "${tools[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Abbrev}${Version}' "${tool%%=*}" 2>/dev/null)" = "ii ${tool#*=}" ] || absent+=("$tool")
done
unpacked=$(cat "$fetched" 2>/dev/null || true)
if [ "${#absent[@]}" -eq 0 ] && [ "$unpacked" = "${compiler[*]}" ]; then exit 0; fi

as_root apt-get update -q >&2
if [ "${#absent[@]}" -gt 0 ]; then
  offered "${absent[@]}"
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -q --no-install-recommends "${absent[@]}" >&2
fi
[ "$unpacked" != "${compiler[*]}" ] || exit 0

offered "${compiler[@]}"
rm -rf "$folder"
mkdir -p "$folder/packages"
(cd "$folder/packages" && apt-get download -q "${compiler[@]}") >&2
for package in "$folder"/packages/*.deb; do dpkg-deb -x "$package" "$folder"; done
rm -r "$folder/packages"
# The compiler's own libraries lie where this system does not look.
cat >"$folder/rustc" <<'RUSTC'
#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH=$here/usr/lib/x86_64-linux-gnu exec "$here/usr/bin/rustc" "$@"
RUSTC
chmod +x "$folder/rustc"
"$folder/rustc" --version >&2
echo "${compiler[*]}" >"$fetched"
