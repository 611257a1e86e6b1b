#!/bin/sh
# Makes the pictures of the README and the guide anew: seven of examples/zengdu-2023 compiled, four of a check of
# examples/putuo-planning-2024 with the two figures that were really published put back into its text.
# Needs: pdftoppm and pdftotext (poppler-utils), magick or convert (ImageMagick), chromium, soffice (LibreOffice), python3.
# JUESUAN names another program than the one built here. ONLY=check makes the four of the check alone (needs no PDF output).
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

# office ARGUMENTS: LibreOffice with a profile of its own, so that it works while another one is open.
office() {
    soffice "-env:UserInstallation=file://$work/office" --headless "$@" >/dev/null 2>&1
}

# save FROM TO [WIDTH]: 1000 wide, few colours, a thin frame, no date inside.
save() {
    "$magick" "$1" -resize "${3:-1000}x" -bordercolor '#c8c8c8' -border 1 +dither -colors 48 -strip \
        -define png:exclude-chunk=date,time -define png:compression-level=9 "$here/$2"
}

# shot PAGE WIDTH,HEIGHT SCALE TO: what a browser shows of a page.
shot() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor="$3" \
        --window-size="$2" --screenshot="$work/$4" "file://$1" >/dev/null 2>&1
}

# The report of a check. A copy of the page clicks on a figure of the table that the text contradicts.
heading='六、一般公共预算财政拨款基本支出决算情况说明'
"$JUESUAN" compile "$root/examples/putuo-planning-2024" --out "$work/putuo" --formats docx >/dev/null
# The sheet of approval lies beside the document.
python3 "$here/published.py" "$work"/putuo/*部门决算.docx "$work/公布稿.docx" \
    "$heading|5364.75|5377.64" "$heading|4884.09|4896.98"
cd "$work"
office --convert-to pdf 公布稿.docx
for format in html xlsx docx; do
    "$JUESUAN" check 公布稿.pdf --format "$format" --out "report.$format" >/dev/null || [ $? = 1 ]
done
shot "$work/report.html" 1280,1000 1 report.png
save report.png report-findings.png 1100
{
    cat report.html
    # On the picture of a page a figure is a frame with a title, in a text it is the text.
    printf '<script>onload=()=>{const m=[...document.querySelectorAll("a.m.b")].find(m=>(m.textContent||m.title).startsWith("5364.75"));'
    printf 'm.scrollIntoView({block:"center"});m.click()}</script>'
} >clicked.html
# A headless window that has scrolled is drawn empty: the page scrolls inside a frame.
printf '<!DOCTYPE html><body style="margin:0"><iframe src="clicked.html" style="width:1280px;height:900px;border:0"></iframe>' >framed.html
shot "$work/framed.html" 1280,900 1 clicked.png
save clicked.png report-relations.png 1100
office --convert-to pdf --outdir list report.xlsx
pdftoppm -r 200 -f 1 -l 1 -png -singlefile list/report.pdf list
"$magick" list.png -trim +repage -gravity north -crop 100%x46%+0+0 +repage list-trimmed.png
save list-trimmed.png report-list.png 1400
office --convert-to pdf --outdir letter report.docx
pdftoppm -r 90 -f 1 -l 1 -png -singlefile letter/report.pdf letter
save letter.png report-letter.png 700
[ "${ONLY:-}" != check ] || exit 0

"$JUESUAN" compile "$root/examples/zengdu-2023" --out "$work/out" >/dev/null
pdf=$(ls "$work"/out/*.pdf)
book=$(ls "$work"/out/*年度部门决算.xlsx)

# sheets BOOK TO PAGE WIDTH: a page of a workbook as it is printed, without its margins.
sheets() {
    office --convert-to pdf --outdir "$work/sheets" "$1"
    pdftoppm -r 130 -f "$3" -l "$3" -png -singlefile "$work/sheets/$(basename "$1" .xlsx).pdf" "$work/sheet"
    "$magick" "$work/sheet.png" -trim +repage -bordercolor white -border 24 "$work/sheet-trimmed.png"
    save "$work/sheet-trimmed.png" "$2" "$4"
}
"$JUESUAN" new "$work/new" --year 2024 --variant 湖北 --name 甲县档案局 >/dev/null
sheets "$work/new/填报表.xlsx" entry-workbook.png 1 1100
# The example without its texts lacks them.
cp -r "$root/examples/zengdu-2023" "$work/lacking"
rm "$work/lacking/narrative.toml"
"$JUESUAN" compile "$work/lacking" --out "$work/listed" --formats json >/dev/null 2>&1 || [ $? = 1 ]
sheets "$work/listed/待填清单.xlsx" entry-list.png 1 1100

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

# leaf TEXT TO WIDTH: the page of the PDF on which a text stands.
leaf() {
    n=$(page "$1")
    pdftoppm -r 110 -f "$n" -l "$n" -png -singlefile "$pdf" "$work/leaf" 2>/dev/null
    save "$work/leaf.png" "$2" "$3"
}
leaf '公开02表' pdf-table.png 1100
leaf '图1：' pdf-text.png 900
leaf '项目实施单位' performance-form.png 900
leaf '（一）自评得分' performance-report.png 900

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

(cd "$work" && office --convert-to pdf --outdir sheet "$book")
pdftoppm -r 130 -f 2 -l 2 -png -singlefile "$work"/sheet/*.pdf "$work/sheet" 2>/dev/null
"$magick" "$work/sheet.png" -trim -bordercolor white -border 30 "$work/trimmed.png"
save "$work/trimmed.png" workbook.png 1100

ls -l "$here"/*.png
