#!/usr/bin/env python3
"""desk_bench.py PROGRAM PDF [PDFS]: how quick the window is, as a table. No test: what is measured depends on what else the machine does.

PROGRAM is the built program (a release, if figures are to mean anything); PDF a published document of some thirty pages; PDFS how many
copies of it are dropped at once, 200 if nothing is said. Needs chromedriver for what is seen on the screen, and cargo for the long list.
"""

import base64
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]
ROWS = []


def row(what, measured, goal, unit="ms"):
    """Notes a line of the table."""
    verdict = "" if goal is None else ("✓" if measured <= goal else "✗")
    ROWS.append((what, f"{measured:,.0f} {unit}", "" if goal is None else f"{goal:,} {unit}", verdict))
    print("  ".join(ROWS[-1]), flush=True)


class Window:
    """The program at work on a folder, and a client that was let in."""

    def __init__(self, program, folder):
        began = time.monotonic()
        command = [program, "serve", "--port", "0", "--no-browser", "--data", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)(\S+)", line):
                self.port, self.door = int(found[1]), found[2]
                break
        self.told = time.monotonic()
        answer = self.ask("GET", self.door)
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        page = self.ask("GET", "/").text
        self.up_ms = (time.monotonic() - began) * 1000
        self.csrf = re.search(r'name="csrf" value="(\w+)"', page)[1]

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def ask(self, method, path, body=None, headers=(), line=None):
        """A request; over `line` where one is held open."""
        line = line or self.connect()
        own = {"Cookie": getattr(self, "cookie", ""), "Origin": f"http://127.0.0.1:{self.port}"} | dict(headers)
        line.request(method, path, body, own if method == "POST" else {"Cookie": own["Cookie"]})
        answer = line.getresponse()
        answer.text = answer.read().decode(errors="replace")
        return answer

    def fetch(self, path, line):
        """A page as a browser asks for it, of which nothing is done but taking it."""
        line.request("GET", path, None, {"Cookie": self.cookie, "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        return answer.status, len(answer.read())

    def send(self, files):
        """Sends files; the path of the job."""
        mark = "desk-bench"
        part = f'--{mark}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self.csrf}\r\n'.encode()
        body = [part]
        for name, content in files:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            body += [head.encode(), content, b"\r\n"]
        body.append(f"--{mark}--\r\n".encode())
        answer = self.ask("POST", "/upload", b"".join(body), {"Content-Type": f"multipart/form-data; boundary={mark}"})
        assert answer.status == 303, answer.text
        return answer.headers["location"]

    def over(self, job):
        """Waits until a job is over; what its page tells then."""
        while "data-open" in (told := self.ask("GET", job + "/progress").text):
            time.sleep(0.05)
        return told

    def memory_mb(self):
        """Memory of the server alone, and with the processes that it started."""
        def resident(process):
            try:
                status = pathlib.Path(f"/proc/{process}/status").read_text()
            except OSError:
                return 0
            return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024 if "VmRSS" in status else 0

        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        own = resident(self.process.pid)
        return own, own + sum(resident(child) for child in children)

    def quit(self):
        self.process.kill()
        self.process.wait()


class Browser:
    """As much of WebDriver as is needed here."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        for line in self.driver.stdout:
            if found := re.search(r"successfully on port (\d+)", line):
                self.port = int(found[1])
                break
        self.profile = tempfile.TemporaryDirectory()
        options = {"args": [*FLAGS, f"--user-data-dir={self.profile.name}", "--window-size=1280,900"]}
        self.session = ""
        made = self.call("POST", "", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.session = "/" + made["sessionId"]

    def call(self, method, path, body=None):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        line.request(method, f"/session{self.session}{path}", json.dumps(body) if body is not None else None)
        return json.loads(line.getresponse().read())["value"]

    def go(self, address):
        self.call("POST", "/url", {"url": address})

    def js(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, script, seconds=600):
        """The seconds until a script says true; asked again and again, also while a page is left."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.js(f"return Boolean({script});") is True:
                return time.monotonic() - began
        raise SystemExit(f"{script} does not come true")

    def quit(self):
        self.call("DELETE", "")
        self.driver.kill()
        self.driver.wait()


def start(program, scratch):
    """From the start of the program to its first page."""
    times = []
    for number in range(5):
        window = Window(program, scratch / f"start-{number}")
        times.append(window.up_ms)
        window.quit()
    row("window up after start (median of 5)", sorted(times)[2], 300)


def dropped(program, scratch, pdf):
    """From the drop of a document to what is seen of it."""
    window, browser = Window(program, scratch / "drop"), Browser()
    window.door = pathlib.Path(scratch / "drop" / "address").read_text().split(str(window.port), 1)[1]
    browser.go(f"http://127.0.0.1:{window.port}{window.door}")
    browser.js("""
        const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
        window.data = new DataTransfer();
        window.data.items.add(new File([bytes], "document.pdf"));""", base64.b64encode(pdf).decode())
    began = time.monotonic()
    browser.js("document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: window.data, bubbles: true, cancelable: true }))")
    browser.until("document.querySelector('article.finding')")
    row("dropped document: findings on screen", (time.monotonic() - began) * 1000, 1_000)
    browser.until("document.readyState === 'complete' && document.querySelectorAll('.sheet .box').length > 0")
    boxes = browser.js("return document.querySelectorAll('.sheet .box').length")
    row(f"dropped document: all boxes ({boxes}) on their pages", (time.monotonic() - began) * 1000, 3_000)
    browser.js("document.querySelectorAll('.sheet img').forEach((one) => one.loading = 'eager')")
    browser.until("[...document.querySelectorAll('.sheet img')].every((one) => one.complete && one.naturalWidth > 0)")
    pages = browser.js("return document.querySelectorAll('.sheet img').length")
    row(f"dropped document: all pictures ({pages}) of pages drawn", (time.monotonic() - began) * 1000, None)
    browser.quit()
    return window


def listed(program, scratch):
    """A list of five thousand documents."""
    folder = scratch / "list"
    seed = ["cargo", "run", "-q", "-p", "juesuan-store", "--example", "seed", "--", str(folder), "5000"]
    subprocess.run(seed, cwd=ROOT, check=True)
    window = Window(program, folder)
    for path, what in [("/", "first page"), ("/?sort=errors&page=40", "by errors, page 41"), ("/?words=0777", "searched")]:
        times = []
        for _ in range(20):
            began = time.monotonic()
            assert window.ask("GET", path).status == 200
            times.append((time.monotonic() - began) * 1000)
        row(f"list of 5,000 documents: {what} (worst of 20)", max(times), 100)
    return window


def typed(program, scratch):
    """A keystroke in a table of 300 cells, in the folder of the example: what is wrong in which cell, and what hangs on it."""
    window, mark = Window(program, scratch / "typed"), "desk-bench"
    example = ROOT / "examples" / "zengdu-2023"
    body = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in [("csrf", window.csrf), ("from", "filled")]]
    for path in sorted(path for path in example.rglob("*") if path.is_file()):
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="bench/{path.relative_to(example)}"\r\n\r\n'
        body += [head.encode(), path.read_bytes(), b"\r\n"]
    body.append(f"--{mark}--\r\n".encode())
    made = window.ask("POST", "/make/new", b"".join(body), {"Content-Type": f"multipart/form-data; boundary={mark}"})
    assert made.status in (200, 303), made.text
    sheet, file = "/make/1/sheets/budget", "budget/预算指标.csv"
    page = window.ask("GET", sheet).text
    head = page.split("<thead>")[1].split("</thead>")[0]
    heads = [text.split("<")[0].strip() for text in re.findall(r'<th scope="col">(.*?)</th>', head)][1:]
    words = {"阶段": "年初预算", "资金性质": "一般公共预算", "支出功能分类": "2010301", "支出性质": "公用经费"}

    def ask(what, turn):
        cells = []
        for row in range(-(-300 // len(heads))):
            cells += [f"{turn}{row:02}.50" if head == "金额" else words.get(head, "") for head in heads]
        cells[0] = "无" if turn % 2 else cells[0]
        fields = [("csrf", window.csrf), ("file", file), ("version", "1"), ("row", "1"), ("column", str(heads.index("金额")))] + [("c", cell) for cell in cells]
        began = time.monotonic()
        answer = window.ask("POST", f"{sheet}/{what}", urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 200, answer.text
        return (time.monotonic() - began) * 1000, answer.text

    times = [ask("judged", turn) for turn in range(1, 31)]
    assert '"marks":[{' in times[0][1] and '"marks":[]' not in times[0][1], times[0][1][:400]
    row("a keystroke in a table of 300 cells judged (worst of 30)", max(took for took, _ in times), 50)
    times = [ask("weighed", turn)[0] for turn in (2, 4, 6)]
    row("what hangs on a cell, in the whole folder (worst of 3)", max(times), None)
    window.quit()


def paced(window, path, a_second=500, seconds=10, lines=16):
    """Requests at a steady pace, whether or not those before are answered; their times from when they were due, in ms."""
    times, faults = [], []
    begin = time.monotonic() + 0.1

    def work(number):
        line = window.connect()
        for turn in range(number, a_second * seconds, lines):
            due = begin + turn / a_second
            time.sleep(max(0, due - time.monotonic()))
            try:
                if window.fetch(path, line)[0] != 200:
                    faults.append(path)
            except (OSError, http.client.HTTPException) as fault:
                faults.append(fault)
                line = window.connect()
            times.append((time.monotonic() - due) * 1000)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(lines)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not faults, faults[:3]
    return sorted(times)


def many(program, scratch, pdf, count):
    """Many documents at once: memory, and answers meanwhile."""
    window = Window(program, scratch / "many")
    # What stands behind its end changes the content, not the document.
    files = [(f"{number}.pdf", pdf + f"\n% {number}\n".encode()) for number in range(count)]
    began, most, times, done = time.monotonic(), [0, 0], [], threading.Event()

    def watch():
        line = window.connect()
        while not done.is_set():
            at = time.monotonic()
            window.ask("GET", "/", line=line)
            times.append((time.monotonic() - at) * 1000)
            most[:] = map(max, most, window.memory_mb())
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    told = window.over(window.send(files))
    done.set()
    watcher.join()
    assert "核对完了" in told, told
    times.sort()
    row(f"{count} PDFs at once: memory of the server", most[0], 300, "MB")
    row(f"{count} PDFs at once: with the processes it started", most[1], None, "MB")
    row(f"{count} PDFs at once: an answer meanwhile, 99 of 100", times[int(len(times) * 0.99) - 1], 200)
    row(f"{count} PDFs at once: the slowest answer meanwhile", times[-1], None)
    row(f"{count} PDFs at once: until all are checked", time.monotonic() - began, None, "s")
    window.quit()


def main():
    program, pdf = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).read_bytes()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    with tempfile.TemporaryDirectory(prefix="juesuan-bench-") as scratch:
        scratch = pathlib.Path(scratch)
        start(program, scratch)
        typed(program, scratch)
        read = dropped(program, scratch, pdf)
        seeded = listed(program, scratch)
        for window, path, what in [(seeded, "/", "the list of 5,000"), (read, "/jobs/1", "a job"), (read, "/documents/1/1", "a report of 30 pages")]:
            times = paced(window, path)
            row(f"500 requests a second, 99 of 100: {what}", times[int(len(times) * 0.99) - 1], 50)
        read.quit()
        seeded.quit()
        many(program, scratch, pdf, count)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {'release' if '/release/' in program or '/rel' in program else 'development build'}\n")
    print("| what | measured | goal | |\n|---|---|---|---|")
    for line in ROWS:
        print("| " + " | ".join(line) + " |")


if __name__ == "__main__":
    main()
