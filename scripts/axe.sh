#!/usr/bin/env bash
# Fetches axe-core, with which the tests look for what keeps people out of a page. By version and digest, into target/tools; nothing
# system-wide, nothing of it in the program. Where there is no npm, or no network, these tests are passed over with a word.
set -euo pipefail
cd "$(dirname "$0")/.."
version=4.14.1
digest=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
tools="${CARGO_TARGET_DIR:-target}/tools/axe"
whole() { [ -s "$1" ] && [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$digest" ]; }
whole "$tools/axe.min.js" && exit 0
if ! command -v npm >/dev/null; then
  echo "没有 npm，取不到 axe：无障碍检查跳过" >&2
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! (cd "$work" && npm pack --silent "axe-core@$version" >/dev/null && tar -xzf axe-core-*.tgz package/axe.min.js); then
  echo "axe 没有取到：无障碍检查跳过" >&2
  exit 0
fi
if ! whole "$work/package/axe.min.js"; then
  echo "取到的 axe 与核对过的不同：不用它" >&2
  exit 1
fi
mkdir -p "$tools"
mv "$work/package/axe.min.js" "$tools/axe.min.js"
