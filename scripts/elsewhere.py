"""What a program that was built for another system must give: the same as the one built here. For windows/smoke.py and aarch64.sh.

Both programs are run in folders of their own with the same names in them, so that what they print can be compared as it is. A difference is
an error, whatever it is.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
import zlib

from desk_bench import ROOT, Window

EXAMPLE = "zengdu-2023"
FORMATS = ["text", "json", "sarif", "html", "xlsx", "docx"]


def done(what):
    print(f"  ✓ {what}", flush=True)


def fail(what):
    sys.exit(f"  ✗ {what}")


class Side:
    """A program, the folder in which it works, and how it names the folder with the faces."""

    def __init__(self, program, folder, fonts):
        self.program, self.folder, self.fonts = str(program), folder, fonts
        folder.mkdir(parents=True)

    def run(self, *arguments):
        """How it ends, and what it says."""
        environment = os.environ | {"JUESUAN_FONTS": self.fonts}
        ran = subprocess.run([self.program, *arguments], cwd=self.folder, env=environment, capture_output=True)
        return ran.returncode, ran.stdout, ran.stderr


class Pair:
    """The program built here, and the other one."""

    def __init__(self, ours, theirs):
        self.ours, self.theirs = ours, theirs

    def same(self, what, *arguments, ends=None):
        """Both end the same and say the same; what they say."""
        ours, theirs = self.ours.run(*arguments), self.theirs.run(*arguments)
        # Where a folder is shown, Windows writes its own stroke.
        plain = [(code, *(said.replace(b"\\", b"/") for said in told)) for code, *told in (ours, theirs)]
        if plain[0] != plain[1]:
            fail(f"{what}：{' '.join(arguments)}\n--- here: {ours[0]}\n{text(ours)}\n--- there: {theirs[0]}\n{text(theirs)}")
        if ends is not None and ours[0] != ends:
            fail(f"{what}：ends with {ours[0]}, not with {ends}\n{text(ours)}")
        return ours[1].decode()

    def same_files(self, what, below):
        """The same files with the same bytes below this path of both folders; their names."""
        ours, theirs = ({path.relative_to(side.folder).as_posix(): path.read_bytes() for path in files(side.folder / below)}
                        for side in (self.ours, self.theirs))
        if not ours:
            fail(f"{what}：nothing in {below}")
        other = [name for name in sorted(ours.keys() | theirs.keys()) if ours.get(name) != theirs.get(name)]
        if other:
            fail(f"{what}：{other} (left in {self.ours.folder} and {self.theirs.folder})")
        return sorted(ours)

    def put(self, name, content):
        """The same file for both."""
        for side in (self.ours, self.theirs):
            (side.folder / name).write_bytes(content)


def text(ran):
    return (ran[1] + ran[2]).decode(errors="replace")


def files(place):
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]


def broken_pdf():
    """A PDF of accounts whose expenditure differs from their income (LW003), and whose parts of income from their sum (LW002)."""
    lines = ["安宁市档案局2023年度部门决算", "第二部分 2023年度部门决算情况说明", "一、收入支出决算总体情况说明",
             "2023年度收入总计921.96万元，支出总计920.96万元。", "二、收入决算情况说明",
             "本年收入合计921.96万元，其中：财政拨款收入900.00万元；其他收入20.96万元。"]
    shown = "".join(f"BT /F 12 Tf 40 {760 - 24 * row} Td <{line.encode('utf-16-be').hex()}> Tj ET\n" for row, line in enumerate(lines))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/BaseFont/Song/Subtype/Type0/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/BaseFont/Song/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
    ]
    return written([body.encode() for body in bodies])


def written(bodies):
    """A PDF of these objects."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def swelling_pdf():
    """A PDF whose page unpacks to two thousand megabytes."""
    packer = zlib.compressobj(1)
    once = b"".join(packer.compress(b"q Q " * (1 << 20)) for _ in range(512)) + packer.flush()
    page = zlib.compress(once, 9)
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
              b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(page), page)]
    return written(bodies)


def changed_docx(path):
    """The same document with another amount in the middle of it."""
    source = zipfile.ZipFile(path)
    parts = {name: source.read(name) for name in source.namelist()}
    body = parts["word/document.xml"].decode()
    amounts = list(re.finditer(r">(\d+)\.(\d\d)<", body))
    chosen = amounts[len(amounts) // 2]
    parts["word/document.xml"] = f"{body[:chosen.start()]}>{int(chosen[1]) + 7}.{chosen[2]}<{body[chosen.end():]}".encode()
    target = path.with_name("changed.docx")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = target.read_bytes()
    target.unlink()
    return content


def compiles(pair):
    """The same package from the same folder."""
    for side in (pair.ours, pair.theirs):
        shutil.copytree(ROOT / "examples" / EXAMPLE, side.folder / "某局 2023")
    pair.same("compile", "compile", "某局 2023", "--out", "成果 一", ends=0)
    made = pair.same_files("compile", "成果 一")
    done(f"编制：{len(made)} 个文件，逐字节相同（{'、'.join(sorted({name.rsplit('.', 1)[-1] for name in made}))}）")
    # Once more over what is there: the earlier output is replaced.
    pair.same("compile", "compile", "某局 2023", "--out", "成果 一", ends=0)
    pair.same_files("compile", "成果 一")
    pair.same("verify", "verify", "成果 一", ends=0)
    done("再编一次换掉上一次的成果，verify 通过")
    return made


def checks(pair, made):
    """The same findings in every form."""
    # The accounts themselves are the largest: beside them lies the sheet of approval.
    docx = max((name for name in made if name.endswith(".docx")), key=lambda name: (pair.ours.folder / name).stat().st_size)
    documents = {"错账.pdf": broken_pdf(), "改过.docx": changed_docx(pair.ours.folder / docx)}
    for name, content in documents.items():
        pair.put(name, content)
        for form in FORMATS:
            pair.same("check", "check", name, "--format", form, "--out", f"{name}.{form}", ends=1)
            pair.same_files("check", f"{name}.{form}")
    told = pair.same("check", "check", "错账.pdf", "改过.docx", ends=1)
    if not re.search("LW002|LW003", told):
        fail(f"the planted faults are not found:\n{told}")
    for kind in ("pdf", "xlsx", "html"):
        pair.same("check", "check", next(name for name in made if name.endswith(kind)), "--format", "json")
    pair.put("胀大.pdf", swelling_pdf())
    pair.same("bounds", "check", "胀大.pdf", ends=2)
    pair.same("read", "read", "错账.pdf", "--format", "json")
    done(f"核对：有错的 PDF、DOCX 发现相同，{len(FORMATS)} 种报告逐字节相同；成果里的 PDF、XLSX、网页核对结果相同")
    done("胀到两千兆的 PDF 同样被拦下")


def serves(pair):
    """The window opens, finds the same, loses nothing when it is killed, and ends from its page."""
    rows = []
    for side in (pair.ours, pair.theirs):
        data = side.folder / "数据 夹"
        window = Window(side.program, data)
        told = window.over(window.send([("错账.pdf", broken_pdf())]))
        report = re.search(r'<li><a href="([^"]+)"', told)[1]
        page = window.ask("GET", report).text
        picture = window.ask("GET", f"{report}/pages/1")
        rows.append((sorted(re.findall(r"[A-Z]{2}\d{3}", page)), picture.text))
        if picture.status != 200:
            fail(f"no picture of the page: {picture.status}")
        log = window.ask("GET", "/desk/log").text
        if not any(time.strftime("%Y-%m-%d %H:%M", time.localtime(time.time() - ago)) in log for ago in range(0, 600, 60)):
            fail(f"the clock is not that of this computer: {re.findall('[0-9-]{10} [0-9:]{5}', log)}")
        kill(window.process)
        again = Window(side.program, data)
        if "错账" not in again.ask("GET", "/").text:
            fail("what was checked is gone after the program was killed")
        leave(again)
        if again.process.wait(60) or (data / "address").exists():
            fail("the window does not end from its page")
        for arguments in (["backup", "数据 夹", "备份.zip"], ["restore", "备份.zip", "恢复 的"], ["verify", "恢复 的"]):
            ran = side.run(*arguments)
            if ran[0]:
                fail(f"{' '.join(arguments)}: {ran[0]}\n{text(ran)}")
    if rows[0] != rows[1] or "LW003" not in rows[0][0]:
        fail(f"the windows find {rows[0][0]} and {rows[1][0]}, or draw another picture")
    done("窗口：上传、核对、页面图相同；时间是本机的；强行结束后内容还在；从页面退出；备份、恢复、验证")


def leave(window):
    """Ends the program from its page."""
    body = f"csrf={window.csrf}"
    answer = window.ask("POST", "/quit", body, {"Content-Type": "application/x-www-form-urlencoded"})
    if "程序已退出" not in answer.text:
        fail(f"not ended: {answer.status} {answer.text}")


def kill(process):
    """Ends the program without a warning."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.5)


def everything(ours, theirs):
    """All of it, for two sides, by the clock of Beijing."""
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()
    pair = Pair(ours, theirs)
    pair.same("version", "--version", ends=0)
    checks(pair, compiles(pair))
    serves(pair)


def fonts():
    """Where scripts/fonts.sh puts the faces."""
    data = os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local/share"
    return str(pathlib.Path(data) / "juesuan/fonts")
