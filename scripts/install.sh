#!/usr/bin/env bash
# Installs what is missing on a fresh Debian-like machine: a C compiler for some crates, the Rust toolchain, and free
# fonts for the PDF (into the data folder of the user; nothing system-wide but packages).
# With --tests also what tests look at the window with: a browser with its driver, npm for axe, strace. What cannot be had is passed over
# by the tests, each with a word.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
if ! command -v cargo >/dev/null; then
  as_root apt-get update -q
  if ! apt-cache show rustup >/dev/null 2>&1; then
    echo "没有 Rust，本机的软件源里也没有 rustup：请先照 rustup.rs 的说明装好 Rust 1.95 以上" >&2
    exit 1
  fi
  missing+=(rustup)
fi
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || missing+=(python3 python3-pip)
if [ "${#missing[@]}" -gt 0 ]; then
  if ! command -v apt-get >/dev/null; then
    echo "请先安装：${missing[*]}（本机没有 apt-get）" >&2
    exit 1
  fi
  as_root apt-get update -q
  as_root apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
command -v cargo >/dev/null || rustup default stable

if [ "${1:-}" = --tests ]; then
  missing=()
  command -v chromium >/dev/null && command -v chromedriver >/dev/null || missing+=(chromium chromium-driver)
  command -v npm >/dev/null || missing+=(npm)
  command -v strace >/dev/null || missing+=(strace)
  if [ "${#missing[@]}" -gt 0 ]; then
    { as_root apt-get update -q && as_root apt-get install -y -q --no-install-recommends "${missing[@]}"; } ||
      echo "没有装上：${missing[*]}；用到它们的测试跳过" >&2
  fi
  bash scripts/axe.sh
fi

bash scripts/fonts.sh || echo "没有取到字体：除 PDF 外都能生成；PDF 会说明缺哪一种字体" >&2
bash scripts/models.sh || echo "没有取到识别图片的模型：图片里的表和文字读不了，其余不受影响" >&2
