"""Kills the program at random times and at each system call that changes a folder, and looks at what is there. See kill-test.sh."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time

from runs import Bench, fail

# Calls that make, name, fill, keep or remove something.
CALLS = "mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,fsync,ftruncate,flock"
# Of these there are thousands; they are killed at a sample.
BUSY = "openat,write"


def at_random(bench, kills, seed):
    """Kills at random times within a run."""
    random.seed(seed)
    began = time.monotonic()
    subprocess.run(bench.compile(bench.inputs[0]), capture_output=True)
    whole = time.monotonic() - began
    killed = 0
    for number in range(kills):
        run = subprocess.Popen(bench.compile(bench.inputs[number % 2]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Twice as often in the last part, where files are written and folders exchanged.
        time.sleep(whole * max(random.random(), random.random()))
        run.send_signal(signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        if fault := bench.fault():
            fail(f"random kill {number} (seed {seed}): {fault}")
        if number % 25 == 24 and (fault := bench.settle(number % 2)):
            fail(f"after random kill {number} (seed {seed}): {fault}")
    return killed


def count(bench, command, calls):
    """How often a run makes each of these calls."""
    log = bench.root / "trace"
    subprocess.run(["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={calls}", *command], capture_output=True)
    lines = log.read_text(errors="replace").splitlines()
    counts = {call: sum(f" {call}(" in line for line in lines) for call in calls.split(",")}
    return {call: number for call, number in counts.items() if number}


def at_call(command, call, number):
    """Runs until the call with this number, then kills. True if it was killed."""
    inject = f"inject={call}:signal=KILL:when={number}"
    # A killed process shows as its own signal or as strace's way to say it.
    done = subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject, *command], capture_output=True)
    return done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)


def at_calls(bench, most):
    """Kills compile at every call that changes a folder, and at a sample of the others."""
    killed = 0
    counts = count(bench, bench.compile(bench.inputs[0]), f"{CALLS},{BUSY}")
    for call, calls in counts.items():
        step = max(1, calls // most)
        for number in range(1, calls + 1, step):
            killed += at_call(bench.compile(bench.inputs[killed % 2]), call, number)
            if fault := bench.fault():
                fail(f"killed at {call} {number}: {fault}")
        if fault := bench.settle(killed % 2):
            fail(f"after kills at {call}: {fault}")
    return killed, counts


def of_a_report(bench, most):
    """The same for a report in one file: it is the earlier one or the new one, and readable."""
    (bench.root / "note.txt").write_text("关于开会的通知\n")
    subprocess.run(bench.check(), capture_output=True)
    before, killed = bench.report.read_bytes(), 0
    for call, calls in count(bench, bench.check(), f"{CALLS},{BUSY}").items():
        for number in range(1, calls + 1, max(1, calls // most)):
            killed += at_call(bench.check(), call, number)
            if bench.report.read_bytes() != before:
                fail(f"a report was harmed: killed at {call} {number}")
    subprocess.run(bench.check(), capture_output=True)
    json.loads(bench.report.read_text())
    if bench.left():
        fail(f"beside the report: {bench.left()}")
    return killed


def main(program, kills, most):
    bench = Bench(program)
    try:
        if fault := bench.settle(0):
            fail(fault)
        print(f"at random: {at_random(bench, kills, seed=kills)} of {kills} runs killed in time, every output whole")
        if shutil.which("strace"):
            killed, counts = at_calls(bench, most)
            print(f"at system calls: {killed} runs killed, every output whole; calls of a run: {counts}")
            print(f"a report in one file: {of_a_report(bench, most)} runs killed, always whole")
        else:
            print("skipped: kills at system calls need strace (apt-get install strace)")
        if fault := bench.settle(1):
            fail(fault)
    finally:
        bench.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
