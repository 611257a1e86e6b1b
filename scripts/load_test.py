"""Runs the program several times at once into one folder, and on a disk that is full, and looks at what is there. See load-test.sh."""

import os
import pathlib
import random
import subprocess
import sys
import tempfile

from runs import Bench, fail

BUSY = "另一个 juesuan 正在写这里"


def rounds(bench, number):
    """Two to four runs at once; each leaves its whole version or is refused with the other's place and time."""
    random.seed(number)
    written = refused = 0
    for turn in range(number):
        width = 2 + turn % 3
        runs = [
            subprocess.Popen(bench.compile(bench.inputs[(turn + own) % 2]), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for own in range(width)
        ]
        ended = [(run.communicate(), run.returncode) for run in runs]
        for (said, warned), code in ended:
            if code in (0, 1) and "核对码" in said:
                written += 1
            elif code == 3 and BUSY in warned:
                refused += 1
            else:
                fail(f"round {turn}: a run ends with {code}: {warned}")
        if all(code == 3 for _, code in ended):
            fail(f"round {turn}: nobody wrote")
        if fault := bench.fault():
            fail(f"round {turn}: {fault}")
        if bench.left():
            fail(f"round {turn}: left {bench.left()}")
    return written, refused


def on_a_full_disk(bench):
    """Fills a small disk of its own; what was there stays whole and runs end with 4. None where none may be mounted."""
    disk = pathlib.Path(tempfile.mkdtemp(prefix="juesuan-disk-"))
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True).returncode == 0
    if not mounted:
        disk.rmdir()
        return None
    try:
        out, report = disk / "out", disk / "report.json"
        bench.out, bench.report, bench.place = out, report, disk
        (bench.root / "note.txt").write_text("关于开会的通知\n")
        if fault := bench.settle(0):
            fail(fault)
        subprocess.run(bench.check(), capture_output=True)
        before = report.read_bytes()
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_frsize))
        for room in (0, 4096, 65_536, 1_048_576):
            os.truncate(disk / "filler", (disk / "filler").stat().st_size - room)
            codes = {
                "compile": subprocess.run(bench.compile(bench.inputs[1]), capture_output=True).returncode,
                "check": subprocess.run(bench.check(), capture_output=True).returncode,
            }
            if codes["compile"] != 4 or (codes["check"] != 4 and room == 0):
                fail(f"a full disk with {room} bytes more: {codes}")
            if fault := bench.fault():
                fail(f"a full disk: {fault}")
            if report.read_bytes() != before:
                fail("a full disk harmed an earlier report")
            if set(os.listdir(disk)) != {"out", "report.json", "filler"}:
                fail(f"a full disk: left {os.listdir(disk)}")
        return True
    finally:
        subprocess.run(["umount", str(disk)])
        disk.rmdir()


def main(program, number):
    bench = Bench(program)
    try:
        written, refused = rounds(bench, number)
        print(f"{number} rounds of 2 to 4 runs at once: {written} outputs written, {refused} runs refused, every output whole, nothing left")
        full = on_a_full_disk(bench)
        print("a full disk: exit 4, earlier output and report whole" if full else "skipped: a disk of its own may not be mounted here")
    finally:
        bench.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
