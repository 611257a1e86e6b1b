#!/bin/sh
# Fetches the free faces that the PDF needs, without installing anything system-wide. Usage: scripts/fonts.sh [FOLDER]
# They go into the user's data folder, where the program looks for them wherever it is run, or into FOLDER (`fonts` beside the program, or
# one that is named with --fonts).
# Fandol (Song, Hei, Kai, Fang) covers GB 2312; Noto CJK supplies what it lacks. Both are fetched, not shipped.
# Each is held against catalog/fonts.sha256: the bytes of a PDF depend on its faces. Another version, as another release of the system
# has it, is kept and named; the program names it too.
# Needs apt-get and dpkg-deb (Debian, Ubuntu) and the network; does nothing when the faces are there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
if [ $# -gt 0 ]; then
    fonts=$1
else
    case "${XDG_DATA_HOME:-}" in
    /*) data=$XDG_DATA_HOME ;;
    *) data=${HOME:?fonts.sh：没有 HOME，请写明放字体的文件夹}/.local/share ;;
    esac
    fonts=$data/juesuan/fonts
fi

fail() {
    echo "fonts.sh：$1" >&2
    echo "也可以把方正小标宋简体、黑体、楷体_GB2312、仿宋_GB2312、宋体的字体文件自行放进 $fonts" >&2
    exit 1
}

# Beside this script in a release, in the catalogue of a clone.
list=$here/fonts.sha256
[ -s "$list" ] || list=$here/../catalog/fonts.sha256
[ -s "$list" ] || fail "缺少字体清单 fonts.sha256"
wanted=$(awk '{ print $2 }' "$list")

digest() { sha256sum <"$1" | cut -d' ' -f1; }
known() { awk -v face="$1" '$2 == face { print $1 }' "$list"; }

missing() {
    for face in $1; do
        [ -s "$fonts/$face" ] || return 0
    done
    return 1
}

# Says which faces are not those that the program was tried with.
compare() {
    for face in $wanted; do
        [ "$(digest "$fonts/$face")" = "$(known "$face")" ] ||
            echo "fonts.sh：$face 与核对过的版本不同：PDF 照样能生成，字节与别处编的不会相同" >&2
    done
}

# A face lands whole or not at all.
put() {
    mkdir -p "$fonts"
    cp "$1" "$fonts/.$2.part"
    mv "$fonts/.$2.part" "$fonts/$2"
}

# What a clone already holds need not be fetched again.
for face in $wanted; do
    own=$here/../fonts/$face
    if missing "$face" && [ -s "$own" ] && [ "$(digest "$own")" = "$(known "$face")" ]; then
        put "$own" "$face"
    fi
done

missing "$wanted" || { compare; exit 0; }
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || fail "这台机器没有 apt-get 和 dpkg-deb，不能自动取字体"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
chmod 755 "$work"

# One package: download (apt checks who signed it), unpack, and take the faces wanted from it.
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
    mkdir -p "$work/$package"
    dpkg-deb -x "$work/$package"_*.deb "$work/$package" 2>>"$work/log" || fail "软件包 $package 解不开"
    for face in $wanted; do
        found=$(find "$work/$package" -name "$face" -type f | head -n 1)
        [ -z "$found" ] || put "$found" "$face"
    done
}

missing "$(printf '%s\n' $wanted | grep Fandol)" && fetch texlive-lang-chinese
missing "$(printf '%s\n' $wanted | grep Noto)" && fetch fonts-noto-cjk
missing "$wanted" && fail "软件包里缺少需要的字体（$wanted）"
compare
exit 0
