#!/usr/bin/env python3
"""run.py JUESUAN [NAME…]: CPU time of `check` over inputs of one shape, and over ten times as much of each.

Prints a table, and ends with 1 if anything grows by more than FACTOR_MAX, or does not end by itself. What the smallest input of
a shape needs is taken off both sides. Standard library only; some five minutes with a release build.
"""
import io, os, resource, subprocess, sys, tempfile, zipfile

FACTOR_MAX = 12
"""Ten times the input may take this many times as long."""
RUNS = 5
"""The shortest of so many: what the small side takes is a few hundredths of a second, and so is chance."""
SECONDS_MIN = 0.1
"""Shorter times are noise: an input that takes less, ten times as large, has no factor."""

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
REL = '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def office(main, kind, content, more=()):
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    return zipped([("[Content_Types].xml", types), ("_rels/.rels", RELS % (REL % ("officeDocument", main))), (main, content), *more])


def letters(column):
    text = ""
    while column >= 0:
        text = chr(65 + column % 26) + text
        column = column // 26 - 1
    return text


def cell(at, row, value):
    return f'<c r="{letters(at)}{row}" t="inlineStr"><is><t>{value}</t></is></c>'


def xlsx(rows):
    body = "".join(f'<row r="{n}">' + "".join(cell(at, n, v) for at, v in enumerate(row)) + "</row>" for n, row in enumerate(rows, 1))
    book = f'<workbook {SHEET}><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
    rels = RELS % (REL % ("worksheet", "worksheets/sheet1.xml"))
    sheet = f"<worksheet {SHEET}><sheetData>{body}</sheetData></worksheet>"
    return office("xl/workbook.xml", "workbook", book, [("xl/_rels/workbook.xml.rels", rels), ("xl/worksheets/sheet1.xml", sheet)])


def docx(body):
    return office("word/document.xml", "document", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(rows):
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(v)}</w:tc>" for v in ("201", "一般公共服务支出", "921.96")) + "</w:tr>"
    return "<w:tbl>" + row * rows + "</w:tbl>"


def pdf(pages):
    """Pages of 40 lines; the font maps every code to the character of that number."""
    ranges = "".join(f"<{h:02X}00> <{h:02X}FF> <{h:02X}00>\n" for h in range(256))
    blocks = ranges.splitlines(True)
    cmap = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    cmap += "".join(f"64 beginbfrange\n{''.join(blocks[at:at + 64])}endbfrange\n" for at in range(0, 256, 64)) + "endcmap"
    line = "一般公共预算财政拨款支出921.96万元。".encode("utf-16-be").hex()
    page = "BT /F 10 Tf\n" + "".join(f"1 0 0 1 60 {760 - 18 * at} Tm <{line}> Tj\n" for at in range(40)) + "ET"
    kids = " ".join(f"{10 + at} 0 R" for at in range(pages))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        3: "<</Type/Font/BaseFont/Song/Subtype/Type0/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: "<</Type/Font/BaseFont/Song/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
        5: f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        6: f"<</Length {len(page)}>>stream\n{page}\nendstream",
    }
    for at in range(pages):
        objects[10 + at] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents 6 0 R>>"
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in objects.items())
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode("latin-1")


def accounts(name, year, amount):
    """Small accounts of a body, of which no two print the same."""
    duties = "一、主要职责\n" + "负责全县档案的收集、整理、保管和提供利用，指导各单位的档案工作。" * 2
    return f"{name}{year}年度部门决算\n第一部分 部门概况\n{duties}\n第三部分 决算情况说明\n本年收入合计{amount}.96万元。\n"


def bodies(count, name, year):
    return zipped((f"{at}.txt", accounts(name(at), year(at), 100 + at)) for at in range(count))


def counties(at):
    return f"{chr(0x4E10 + at % 500)}{chr(0x5E10 + at // 500)}县水利局"


ROW = ("201", "一般公共服务支出", "921.96")
CODED = ("科目编码", "科目名称", "本年支出合计")
SHAPES = [
    # name, ending, size, what so much of it is
    ("text: lines", "txt", 4000, lambda n: "天气很好没有数字的话，\n" * n),
    ("text: lines without marks", "txt", 5000, lambda n: "天气很好没有数字\n" * n),
    ("text: rows with bars", "txt", 3000, lambda n: "|项目|决算数|\n|合计|921.96|\n" * n),
    ("text: amounts of many years", "txt", 2000, lambda n: "".join(f"{1900 + at % 150}年收入{at}.00万元。\n" for at in range(n))),
    ("text: one line of figures", "txt", 3000, lambda n: "收入合计921.96万元，" * n),
    ("text: sentences", "txt", 1000, lambda n: "本年收入合计921.96万元，比上年增加12.50万元，增长1.37%。\n" * n),
    ("text: headings", "txt", 3000, lambda n: "".join(f"一、收入决算情况说明{at}\n" for at in range(n))),
    ("text: items that contradict each other", "txt", 2000, lambda n: "".join(f"{at}．支出{at}.00万元\n" for at in range(1, n + 1))),
    ("csv: rows", "csv", 3000, lambda n: "科目,名称,金额\n" + ",".join(ROW) + "\n" + (",".join(ROW) + "\n") * n),
    ("csv: columns", "csv", 100, lambda n: (",".join(["921.96"] * n) + "\n") * 100),
    ("html: rows", "html", 10000, lambda n: "<table>" + ("<tr>" + "".join(f"<td>{v}</td>" for v in ROW) + "</tr>") * n + "</table>"),
    ("html: columns", "html", 100, lambda n: "<table>" + ("<tr>" + "<td>921.96</td>" * n + "</tr>") * 100 + "</table>"),
    ("html: captions", "html", 8000, lambda n: "<p>收入决算表</p>" * n),
    ("html: nested", "html", 5000, lambda n: "<div>" * n + "收入合计921.96万元。" + "</div>" * n),
    ("html: tables", "html", 200, lambda n: ("<p>收入决算表</p><table><tr><td>项目<td>决算数<tr><td>合计<td>921.96</table>") * n),
    ("docx: paragraphs", "docx", 4000, lambda n: docx(paragraph("本年收入合计921.96万元。") * n)),
    ("docx: rows", "docx", 6000, lambda n: docx(word_table(n))),
    ("docx: breaks in a paragraph", "docx", 2000, lambda n: docx("<w:p>" + "<w:r><w:t>天气很好没有数字</w:t><w:br/></w:r>" * n + "</w:p>")),
    ("docx: one paragraph", "docx", 2500, lambda n: docx(paragraph("收入合计921.96万元，" * n))),
    ("xlsx: rows", "xlsx", 4000, lambda n: xlsx([ROW] * n)),
    ("xlsx: rows of codes", "xlsx", 1000, lambda n: xlsx([("支出决算表",), CODED, *((str(2010100 + at), "事务", f"{at}.00") for at in range(n))])),
    ("xlsx: columns", "xlsx", 100, lambda n: xlsx([["921.96"] * n] * 100)),
    ("xlsx: one far cell", "xlsx", 10000, lambda n: xlsx([ROW] + [()] * n + [ROW])),
    ("pdf: pages", "pdf", 20, pdf),
    ("zip: files", "zip", 300, lambda n: zipped((f"{at}.txt", "x") for at in range(n))),
    ("zip: bodies with one text", "zip", 100, lambda n: bodies(n, counties, lambda at: 2023)),
    ("zip: versions of one body", "zip", 100, lambda n: bodies(n, lambda at: "甲县林业局", lambda at: 2023)),
    ("zip: versions of two years", "zip", 100, lambda n: bodies(n, lambda at: "甲县林业局", lambda at: 2022 + at % 2)),
]


def seconds(program, name, content):
    """CPU time of a check, in user and system; None if it did not end by itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = subprocess.run([program, "check", path, "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in (0, 1, 2):
        return None
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    print(f"{'shape':28}{'size':>8}{'nothing':>9}{'once':>8}{'ten times':>11}{'factor':>8}")
    over = 0
    for name, ending, size, made in SHAPES:
        if wanted and not any(word in name for word in wanted):
            continue
        # What the smallest of this shape costs: other shapes need other parts of the program.
        idle = min(seconds(program, "x." + ending, made(1)) or 0 for _ in range(RUNS))
        times = [[seconds(program, "x." + ending, made(size * factor)) for _ in range(RUNS)] for factor in (1, 10)]
        if None in times[0] + times[1]:
            over += 1
            print(f"{name:28}{size:>8}  does not end by itself")
            continue
        once, ten = (max(min(pair) - idle, 0.001) for pair in times)
        factor = ten / once
        bad = ten > SECONDS_MIN and once > SECONDS_MIN / 10 and factor > FACTOR_MAX
        over += bad
        print(f"{name:28}{size:>8}{idle:>9.2f}{once:>8.2f}{ten:>11.2f}{factor:>8.1f}{'  over' if bad else ''}", flush=True)
    sys.exit(over > 0)


if __name__ == "__main__":
    main()
