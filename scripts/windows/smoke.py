#!/usr/bin/env python3
"""smoke.py PROGRAM ZIP: tries what is in the ZIP for Windows under wine, and holds it against PROGRAM, the same built for this system.

The ZIP is unpacked into a folder with a Chinese name and a space, as a person would. Wine gets a home of its own, so that nothing of the user is
touched, and a browser that only notes what it is to open. Ends with 1 at the first thing that is not as it should be.
"""

import http.client
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import elsewhere
from elsewhere import Side, done, fail

# Libraries that every Windows since 7 has.
SYSTEM = {"advapi32", "bcrypt", "bcryptprimitives", "crypt32", "gdi32", "kernel32", "msvcrt", "ntdll", "ole32", "oleaut32", "secur32", "shell32",
          "user32", "userenv", "version", "ws2_32"}
PATIENCE_S = 120


class Wine:
    """A home for wine, a browser that notes what it is to open, and the ZIP unpacked."""

    def __init__(self, archive, root):
        self.root, self.home, self.noted = root, root / "wine", root / "opened"
        browser = root / "bin"
        browser.mkdir()
        for name in ("xdg-open", "firefox", "chromium", "chromium-browser", "sensible-browser", "x-www-browser"):
            (browser / name).write_text(f'#!/bin/sh\necho "$1" >>"{self.noted}"\n')
            (browser / name).chmod(0o755)
        # Without a screen: the programs have no windows of their own.
        os.environ.update(WINEPREFIX=str(self.home), WINEDEBUG="-all", WINEDLLOVERRIDES="mscoree,mshtml=", LC_ALL="C.UTF-8", PATH=f"{browser}:{os.environ['PATH']}")
        os.environ.pop("DISPLAY", None)
        subprocess.run(["wineboot", "--init"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Wine without an HTML engine knows no program for pages in files; every Windows has one.
        for key, value in ((r"HKCR\.html", "htmlfile"), (r"HKCR\htmlfile\shell\open\command", r'C:\windows\system32\winebrowser.exe "%1"')):
            subprocess.run(["wine", "reg", "add", key, "/ve", "/d", value, "/f"], check=True, stdout=subprocess.DEVNULL)
        unpacked = root / "下载 一"
        zipfile.ZipFile(archive).extractall(unpacked)
        [self.programs] = unpacked.iterdir()

    def script(self, name):
        """A program of this system that runs one of Windows."""
        script = self.root / f"run-{len(name)}"
        script.write_text(f'#!/bin/sh\nexec wine "{self.programs / name}" "$@"\n')
        script.chmod(0o755)
        return script

    def opened(self, count):
        """What the browser was to open, once it is so much."""
        began = time.monotonic()
        while len(lines := self.noted.read_text().splitlines() if self.noted.exists() else []) < count:
            if time.monotonic() - began > PATIENCE_S:
                fail(f"the browser was to open only {lines}")
            time.sleep(0.1)
        return lines

    def end(self):
        """Ends what still runs in this home, and nothing else."""
        subprocess.run(["wineserver", "-k"], check=False)


def headers(wine):
    """Which kind of program each is, and what it needs of the system."""
    for name, kind in (("juesuan.exe", "(Windows CUI)"), ("决算.exe", "(Windows GUI)")):
        told = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", wine.programs / name], capture_output=True, text=True, check=True).stdout
        needs = {library.rsplit(".", 1)[0].lower() for library in re.findall(r"DLL Name: (\S+)", told)}
        needs = {library for library in needs if not library.startswith("api-ms-win-")}
        if kind not in told:
            fail(f"{name} is not {kind}")
        if needs - SYSTEM:
            fail(f"{name} needs {sorted(needs - SYSTEM)}")
        for table, meaning in (("Resource Directory", "no icon"), ("DYNAMIC_BASE", "at a fixed address"), ("NX_COMPAT", "may run its data")):
            if table not in told:
                fail(f"{name}: {meaning}")
    words = (wine.programs / "使用说明.txt").read_bytes()
    if not words.startswith(b"\xef\xbb\xbf") or words.count(b"\n") != words.count(b"\r\n") or b"@" in words:
        fail("使用说明.txt is not as Notepad reads it")
    done("决算.exe 没有控制台，juesuan.exe 有；只用系统自带的库；说明能用记事本看")


def asked(address, method="GET", path=None, body=None, **more):
    parts = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE_S)
    line.request(method, path or f"{parts.path}?{parts.query}", body, more)
    answer = line.getresponse()
    answer.text = answer.read().decode(errors="replace")
    return answer


def double_click(wine):
    """The window opens, a second start opens the same, its page ends it, and what is in the way is told."""
    program = str(wine.script("决算.exe"))
    first = subprocess.Popen([program])
    address = wine.opened(1)[0]
    entered = asked(address)
    cookie = (entered.headers["set-cookie"] or "").split(";")[0]
    if entered.status != 303 or not cookie:
        fail(f"{address} lets nobody in: {entered.status}")
    second = subprocess.run([program], timeout=PATIENCE_S, capture_output=True)
    other = wine.opened(2)[1]
    if second.returncode or second.stdout or urllib.parse.urlsplit(other).netloc != urllib.parse.urlsplit(address).netloc:
        fail(f"a second start does not open the first: {second.returncode} {other}")
    if asked(other).status != 303 or first.poll() is not None:
        fail("the address of the second start lets nobody in")
    done("双击：打开浏览器里的窗口；再双击还是同一个窗口")
    page = asked(address, path="/", Cookie=cookie).text
    csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]
    origin = f"http://{urllib.parse.urlsplit(address).netloc}"
    kind = "application/x-www-form-urlencoded"
    ended = asked(address, "POST", "/quit", f"csrf={csrf}", Cookie=cookie, Origin=origin, **{"Content-Type": kind})
    if "程序已退出" not in ended.text or first.wait(PATIENCE_S):
        fail("the program does not end from its page")
    [data] = wine.home.glob("drive_c/users/*/AppData/Local/juesuan/desk")
    if not (data / "desk.sqlite").exists() or (data / "address").exists():
        fail(f"not as it should be left: {sorted(path.name for path in data.iterdir())}")
    done("从页面退出；内容在 %LOCALAPPDATA%\\juesuan\\desk")
    data.rename(data.with_name("kept"))
    data.write_text("")
    refused = subprocess.run([program], timeout=PATIENCE_S, capture_output=True)
    shown = wine.opened(3)[2]
    place = pathlib.Path(urllib.parse.unquote(shown.removeprefix("file://")))
    told = place.read_text("utf-8")
    if not refused.returncode or "窗口没有打开" not in told or "juesuan\\desk" not in told:
        fail(f"what is in the way is not told: {refused.returncode} {shown}\n{told}")
    done("打不开时，浏览器里有一页说为什么")


def main():
    ours, archive = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(prefix="juesuan-windows-") as root:
        root = pathlib.Path(root)
        wine = Wine(archive, root)
        try:
            headers(wine)
            fonts = elsewhere.fonts()
            elsewhere.everything(Side(ours, root / "本机", fonts), Side(wine.script("juesuan.exe"), root / "那边", "Z:" + fonts.replace("/", "\\")))
            double_click(wine)
        finally:
            wine.end()
    print("windows：全部通过")


if __name__ == "__main__":
    main()
