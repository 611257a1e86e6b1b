"""The table of scripts/check-goals.sh: recall, false alarms, table cells, time and memory. Python 3.8+, no packages."""
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal, InvalidOperation

juesuan, corpus, score, work = (os.environ[k] for k in ("JUESUAN", "CORPUS", "SCORE", "WORK"))


def documents():
    for name in sorted(os.listdir(corpus)):
        for file in ("document.pdf", "document.txt"):
            path = os.path.join(corpus, name, file)
            if os.path.exists(path):
                yield name, path


def cpu(command, out):
    """CPU seconds and peak megabytes of a command, its exit code; its output goes to a file."""
    with open(out, "wb") as f:
        process = subprocess.Popen(command, stdout=f, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status) if hasattr(os, "waitstatus_to_exitcode") else status >> 8
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def number(text):
    try:
        return Decimal(str(text).replace(",", "")).normalize()
    except InvalidOperation:
        return None


def plain(text):
    text = re.sub(r"[\s“”\"'‘’]", "", text or "").replace("(", "（").replace(")", "）")
    return re.sub(r"^(?:[一二三四五六七八九十]+|\d+)[、.．]", "", text)


def titles_alike(gold, name):
    return plain(gold) == plain(name) or plain(gold) in plain(name) or (plain(name) and plain(name) in plain(gold))


def cells(gold, tables):
    """Numeric cells of the gold tables, and how many of them stand in the right row and column."""
    right = total = 0
    missing = []
    for title, table in gold.items():
        if not isinstance(table, dict):
            continue
        found = [t for t in tables if plain(t["name"]) == plain(title)] or [t for t in tables if titles_alike(title, t["name"])]
        rows = [row for t in found for row in t["rows"]]
        used = set()
        for row in table["rows"]:
            wanted = [(at, number(v)) for at, v in enumerate(row["values"]) if number(v) is not None]
            if not wanted:
                continue
            total += len(wanted)
            best, best_at = 0, None
            for at, there in enumerate(rows):
                if at in used:
                    continue
                same_code = row.get("code") and there.get("code") == row["code"]
                same_name = plain(there.get("name")) == plain(row.get("name"))
                if not (same_code or (same_name and not row.get("code")) or len(table["rows"]) == 1 == len(rows)):
                    continue
                hits = sum(1 for i, v in wanted if i < len(there["values"]) and number(there["values"][i]) == v)
                if hits > best:
                    best, best_at = hits, at
            if best_at is not None:
                used.add(best_at)
            right += best
            if best < len(wanted):
                missing.append("%s %s %s: %d of %d" % (title, row.get("code") or "", row.get("name"), best, len(wanted)))
    return right, total, missing


def main():
    head = ("document", "exit", "errors", "warnings", "notices", "gold", "of errors", "of warnings", "of notices",
            "reported", "unmatched", "false errors", "cells", "CPU s")
    lines = [head]
    said = []
    sums = [0] * 6
    for name, path in documents():
        out = os.path.join(work, name + ".json")
        seconds, _, exit_code = cpu([juesuan, "check", "--no-cache", path, "--format", "json"], out)
        try:
            with open(out, encoding="utf-8") as f:
                document = json.load(f)["documents"][0]
        except (ValueError, KeyError, IndexError) as error:
            lines.append((name, str(exit_code), "no report: %s" % error) + ("",) * (len(head) - 3))
            continue
        count = [sum(f["severity"] == s for f in document["findings"]) for s in ("error", "warning", "notice")]
        row = [name, str(exit_code)] + [str(c) for c in count]
        gold = os.path.join(corpus, name, "findings.json")
        if os.path.exists(gold):
            result = json.loads(subprocess.check_output(
                [sys.executable, score, out, gold, "--document", path, "--json"], encoding="utf-8"))
            part = ["%d/%d" % tuple(result["by_severity"][s]) for s in ("error", "warning", "notice")]
            row += ["%d/%d" % (result["found"], result["gold"])] + part
            row += [str(result["reported"]), str(result["unmatched"]), str(result["false_errors"])]
            sums[0] += result["by_severity"]["error"][0]
            sums[1] += result["by_severity"]["error"][1]
            sums[2] += result["found"]
            sums[3] += result["gold"]
            sums[4] += result["reported"]
            sums[5] += result["unmatched"]
        else:
            row += [""] * 7
        tables = os.path.join(corpus, name, "tables.json")
        if os.path.exists(tables):
            with open(tables, encoding="utf-8") as f:
                right, total, missing = cells(json.load(f), document["tables"])
            row.append("%d/%d" % (right, total))
            said += ["%s: %s" % (name, m) for m in missing]
        else:
            row.append("")
        row.append("%.2f" % seconds)
        lines.append(tuple(row))
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    if sums[1] and sums[3]:
        print("\nall: errors %d/%d (%.1f %%), gold %d/%d (%.1f %%), unmatched %d of %d reported (%.1f %%)" % (
            sums[0], sums[1], 100 * sums[0] / sums[1], sums[2], sums[3], 100 * sums[2] / sums[3],
            sums[5], sums[4], 100 * sums[5] / max(sums[4], 1)))
    if os.environ.get("VERBOSE"):
        print("\ncells that are missing or stand elsewhere:")
        print("\n".join(said) or "none")
    pdfs = [path for _, path in documents() if path.endswith(".pdf")]
    best = lambda run: min((run() for _ in range(3)), key=lambda r: r[0])
    ours = best(lambda: cpu([juesuan, "check", "--no-cache", *pdfs, "--format", "json"], os.path.join(work, "all.json")))
    print("\none run over %d PDFs: %.2f s CPU, %.0f MB at most" % (len(pdfs), ours[0], ours[1]))
    if shutil.which("pdftotext"):
        def theirs():
            runs = [cpu(["pdftotext", "-layout", path, "-"], os.devnull) for path in pdfs]
            return sum(r[0] for r in runs), max(r[1] for r in runs), 0
        other = best(theirs)
        print("pdftotext -layout on the same: %.2f s CPU, %.0f MB at most; ratio %.2f" % (other[0], other[1], ours[0] / max(other[0], 0.001)))
    else:
        print("pdftotext is not installed: no comparison")


main()
