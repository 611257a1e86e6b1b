"""What kill-test.sh and load-test.sh share: two inputs, runs of the program, and what must be true after every one of them.

After each run, however it ended: the output is one whole version (`verify` passes, and its code is that of one of the inputs); after the
next run that ends well nothing lies beside the output.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FORMATS = "html,json"
CODE = re.compile(r"核对码 ([0-9a-f-]{49})")


class Bench:
    """A folder with two inputs that differ, and one output."""

    def __init__(self, program):
        self.program = str(pathlib.Path(program).resolve())
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="juesuan-runs-"))
        self.place = self.root / "place"
        self.place.mkdir()
        self.out = self.place / "out"
        self.report = self.place / "report.json"
        self.inputs = [self.root / "one", self.root / "two"]
        for folder in self.inputs:
            shutil.copytree(ROOT / "examples" / "putuo-planning-2024", folder)
        narrative = self.inputs[1] / "department.toml"
        narrative.write_text(narrative.read_text() + "\n# the other\n")
        self.codes = [self.alone(folder) for folder in self.inputs]
        assert self.codes[0] != self.codes[1], "the inputs give the same output"

    def alone(self, folder):
        """The code of an input when nobody disturbs."""
        out = self.root / "alone"
        said = subprocess.run(self.compile(folder, out), capture_output=True, text=True)
        shutil.rmtree(out)
        return CODE.search(said.stdout)[1]

    def compile(self, folder, out=None):
        return [self.program, "compile", str(folder), "--out", str(out or self.out), "--formats", FORMATS]

    def check(self):
        """A report on something small, into one file."""
        return [self.program, "check", str(self.root / "note.txt"), "--format", "json", "--out", str(self.report)]

    def fault(self):
        """What is wrong with the output, or None. No output at all is right only if there was none before."""
        if not self.out.exists():
            return "the output is gone"
        verified = subprocess.run([self.program, "verify", str(self.out)], capture_output=True, text=True)
        code = CODE.search(verified.stdout)
        if "个文件与清单一致" not in verified.stdout or not code:
            return f"verify: {verified.stdout}{verified.stderr}"
        return None if code[1] in self.codes else "a third version"

    def left(self):
        """What lies beside the output and the report."""
        return sorted(set(os.listdir(self.place)) - {"out", "report.json"})

    def settle(self, number):
        """A run that nobody disturbs: it ends well, its version is there, nothing is left."""
        done = subprocess.run(self.compile(self.inputs[number]), capture_output=True, text=True)
        if done.returncode not in (0, 1):
            return f"the next run ends with {done.returncode}: {done.stderr}"
        return self.fault() or (f"left: {self.left()}" if self.left() else None)

    def close(self):
        shutil.rmtree(self.root)


def fail(what):
    print(f"FAILED: {what}")
    sys.exit(1)
