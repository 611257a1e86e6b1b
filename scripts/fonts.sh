#!/bin/sh
# Fetches the free faces that the PDF needs into ./fonts, without installing anything system-wide.
# Fandol (Song, Hei, Kai, Fang) covers GB 2312; Noto CJK supplies what it lacks. Both are fetched, not shipped.
# Needs apt-get and dpkg-deb (Debian, Ubuntu) and the network; does nothing when the faces are there.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
fonts="$root/fonts"

fail() {
    echo "fonts.sh：$1" >&2
    echo "也可以把方正小标宋简体、黑体、楷体_GB2312、仿宋_GB2312、宋体的字体文件自行放进 $fonts" >&2
    exit 1
}

wanted="FandolSong-Regular.otf FandolSong-Bold.otf FandolHei-Regular.otf FandolHei-Bold.otf
FandolKai-Regular.otf FandolFang-Regular.otf NotoSerifCJK-Regular.ttc NotoSansCJK-Regular.ttc"

missing() {
    for face in $1; do
        [ -s "$fonts/$face" ] || return 0
    done
    return 1
}

missing "$wanted" || exit 0
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || fail "这台机器没有 apt-get 和 dpkg-deb，不能自动取字体"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
chmod 755 "$work"

# One package: download, unpack, and move the faces wanted from it; a face lands whole or not at all.
fetch() {
    package=$1
    (cd "$work" && apt-get download -qq "$package") >"$work/log" 2>&1 || {
        # A fresh machine has no package lists yet.
        apt-get update -qq >>"$work/log" 2>&1 || true
        (cd "$work" && apt-get download -qq "$package") >>"$work/log" 2>&1 || {
            tail -n 3 "$work/log" >&2
            fail "下载软件包 $package 失败（请检查网络；软件源列表需要时请先以管理员身份运行 apt-get update）"
        }
    }
    mkdir -p "$work/$package" "$fonts"
    dpkg-deb -x "$work/$package"_*.deb "$work/$package" 2>>"$work/log" || fail "软件包 $package 解不开"
    for face in $wanted; do
        found=$(find "$work/$package" -name "$face" -type f | head -n 1)
        [ -n "$found" ] || continue
        cp "$found" "$fonts/.$face.part"
        mv "$fonts/.$face.part" "$fonts/$face"
    done
}

missing "$(printf '%s\n' $wanted | grep Fandol)" && fetch texlive-lang-chinese
missing "$(printf '%s\n' $wanted | grep Noto)" && fetch fonts-noto-cjk
missing "$wanted" && fail "软件包里缺少需要的字体（$wanted）"
exit 0
