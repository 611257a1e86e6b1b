"""batch_kill_test.py PROGRAM SOURCE [KILLS] [WORKERS] [SEED]: an archive whose workers, and whose batch, are killed at random has the rows of
one that nobody disturbed.

First one worker makes the archive in peace. Then batches with WORKERS workers run, and every moment a worker (or, one time in ten, the
batch itself) is killed, until KILLS were; the last batch ends by itself. The two archives must have the same rows: parts of the same
names with the same bytes, or, where a batch that was called off had laid some before, the same rows by DuckDB.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time


def batch(program, source, archive, workers):
    return [program, "batch", source, "--into", str(archive), "--workers", str(workers)]


def children(pid):
    """Workers of a batch."""
    out = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                out.append(int(entry.name))
        except (OSError, IndexError, ValueError):
            pass
    return out


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
        return 1
    except ProcessLookupError:
        return 0


def parts(archive):
    manifest = json.loads((archive / "manifest.json").read_text())
    return {part["path"]: (part["rows"], part["sha256"]) for part in manifest["parts"]}


def main():
    program, source = sys.argv[1:3]
    kills, workers, seed = (int(value) for value in (sys.argv[3:] + ["50", "4", "1"][len(sys.argv) - 3 :]))
    random.seed(seed)
    root = pathlib.Path(tempfile.mkdtemp(prefix="juesuan-batch-kill-"))
    began = time.monotonic()
    run = subprocess.run(batch(program, source, root / "peace", 1), capture_output=True, text=True)
    peace = time.monotonic() - began
    print(f"in peace: {peace:.1f} s, exit {run.returncode}\n{run.stdout}")
    killed, batches, hurt = 0, 0, root / "hurt"
    while True:
        running = subprocess.Popen(batch(program, source, hurt, workers), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        batches += 1
        while killed < kills and running.poll() is None:
            time.sleep(random.uniform(0.05, 1.2))
            own = children(running.pid)
            if random.random() < 0.1:
                killed += kill(running.pid)
            elif own:
                killed += kill(random.choice(own))
        said, warned = running.communicate()
        if running.returncode >= 0:
            if killed >= kills:
                break
            # All is done and there are kills left: from the beginning.
            assert parts(hurt) == parts(root / "peace"), "rows differ"
            subprocess.run(["rm", "-rf", str(hurt)], check=True)
    print(f"{killed} kills in {batches} batches, exit {running.returncode}\n{said}{warned}")
    same = parts(hurt) == parts(root / "peace")
    print("the same parts" if same else "OTHER PARTS")
    if not same:
        print(f"both archives lie in {root}")
        sys.exit(1)
    subprocess.run(["rm", "-rf", str(root)], check=True)


main()
