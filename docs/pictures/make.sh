#!/bin/sh
# Makes the five pictures of the README anew from examples/zengdu-2023.
# Needs: pdftoppm and pdftotext (poppler-utils), magick or convert (ImageMagick), chromium, soffice (LibreOffice).
# JUESUAN names another program than the one built here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${JUESUAN:-}" ]; then
    (cd "$root" && cargo build --quiet --release -p juesuan)
    JUESUAN=${CARGO_TARGET_DIR:-$root/target}/release/juesuan
fi
magick=$(command -v magick || command -v convert)
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
"$JUESUAN" compile "$root/examples/zengdu-2023" --out "$work/out" >/dev/null
pdf=$(ls "$work"/out/*.pdf)
book=$(ls "$work"/out/*.xlsx)

# Page on which a text stands, not counting the contents: page TEXT.
page() {
    last=$(pdfinfo "$pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
    n=3
    while [ "$n" -le "$last" ]; do
        if pdftotext -f "$n" -l "$n" "$pdf" - 2>/dev/null | grep -q "$1"; then
            echo "$n"
            return
        fi
        n=$((n + 1))
    done
    echo "no page with $1" >&2
    return 1
}

# save FROM TO: 1000 wide, few colours, a thin frame, no date inside.
save() {
    "$magick" "$1" -resize "${3:-1000}x" -bordercolor '#c8c8c8' -border 1 +dither -colors 48 -strip \
        -define png:exclude-chunk=date,time -define png:compression-level=9 "$here/$2"
}

n=$(page '公开02表')
pdftoppm -r 110 -f "$n" -l "$n" -png -singlefile "$pdf" "$work/table" 2>/dev/null
save "$work/table.png" pdf-table.png 1100

n=$(page '图1：')
pdftoppm -r 110 -f "$n" -l "$n" -png -singlefile "$pdf" "$work/text" 2>/dev/null
save "$work/text.png" pdf-text.png 900

shot() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor="$3" \
        --window-size="$2" --screenshot="$work/$4" "file://$1" >/dev/null 2>&1
}
shot "$work/out/site/index.html" 1280,900 1 desktop.png
save "$work/desktop.png" site-desktop.png 1100

# A headless window is never narrower than about 500 points: the phone is a frame in a page. Three of them stand side by side.
phone() {
    printf '<iframe src="out/site/index.html%s" style="width:390px;height:800px;border:1px solid #999;margin:8px"></iframe>' "$1"
}
{
    printf '<!DOCTYPE html><meta charset="utf-8"><body style="margin:0;background:#fff;white-space:nowrap">'
    phone ''
    phone '#table-1'
    phone '#chart-1'
} >"$work/phones.html"
shot "$work/phones.html" 1240,825 1 phones.png
save "$work/phones.png" site-phone.png 1100

(cd "$work" && soffice --headless --convert-to pdf --outdir sheet "$book" >/dev/null 2>&1)
pdftoppm -r 130 -f 2 -l 2 -png -singlefile "$work"/sheet/*.pdf "$work/sheet" 2>/dev/null
"$magick" "$work/sheet.png" -trim -bordercolor white -border 30 "$work/trimmed.png"
save "$work/trimmed.png" workbook.png 1100

ls -l "$here"/*.png
