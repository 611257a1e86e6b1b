#!/usr/bin/env python3
"""quality.py JUESUAN SHARED [--page]: what `check` finds in cases and documents whose faults are known.

Prints a line for each set (cases, excerpts, documents, provinces) with its goal; with --page, `docs/reference/quality.md`: the
same by rule, by place and by format. The sets and the tool that judges them (tools/cases.py) lie in SHARED, beside this
repository, and are not part of it: only counts are carried over. Standard library only.
"""
import importlib.util, json, os, re, sys
from collections import Counter, defaultdict
from pathlib import Path

SETS = [("cases", "invented cases, one a kind of fault"), ("excerpts", "beginnings of public pages"),
        ("documents", "public documents"), ("provinces", "invented accounts in layouts of provinces")]
PLACES = {"ah": "安徽", "cq": "重庆", "fj": "福建", "gd": "广东", "gs": "甘肃", "gx": "广西", "hb": "湖北", "hn": "湖南", "jx": "江西",
          "nm": "内蒙古", "sc": "四川", "sn": "陕西", "xj": "新疆", "yn": "云南", "zj": "浙江", "zy": "中央", "na": "不明"}


def tool(shared):
    spec = importlib.util.spec_from_file_location("cases", shared / "tools" / "cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rule_of(entry):
    """The rule that an entry asks for, if it asks for one."""
    code = re.search(r"[A-Z]{2}\d{3}", entry.get("code", ""))
    return code.group() if code else "（不限规则）"


def judged(cases, program, path):
    """One case: what was wanted, found and false by rule, and the relations that were evaluated."""
    want = json.loads(path.read_text(encoding="utf-8"))
    verdict = cases.judge(program, str(path))
    _, documents = cases.run(program, "check", want, str(path.parent))
    findings = [f for d in documents for f in d["findings"]]
    finds = want.get("find", [])
    hit = cases.assign(finds, findings)
    spared = set(hit.values()) | {i for i, f in enumerate(findings) if any(cases.about(e, f) for e in finds)
                                  or any(cases.meets(e, f, severity=False) for e in want.get("allow", []))}
    false = set()
    for entry in want.get("silent", []):
        against = [i for i, f in enumerate(findings) if cases.meets(entry, f) and ("max" in entry or i not in spared)]
        false.update(against[entry.get("max", 0):])
    if want.get("quiet_errors"):
        false.update(i for i, f in enumerate(findings) if f["severity"] == "error" and i not in spared)
    return {"holds": not verdict["fails"], "numbers": verdict["numbers"], "errors": sum(f["severity"] == "error" for f in findings),
            "found": [findings[f]["code"] for f in hit.values()],
            "missed": [rule_of(e) for i, e in enumerate(finds) if i not in hit],
            "false": [findings[i]["code"] for i in false], "false_errors": sum(findings[i]["severity"] == "error" for i in false),
            "formats": sorted({Path(name).suffix.lstrip(".").lower() or "folder" for name in want["inputs"]})}


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def counts(results):
    found, missed = sum(len(r["found"]) for r in results), sum(len(r["missed"]) for r in results)
    numbers = [sum(r["numbers"][i] for r in results if r["numbers"]) for i in (0, 1)]
    return [len(results), sum(r["holds"] for r in results), "%d of %d" % (found, found + missed),
            sum(len(r["false"]) for r in results), sum(r["false_errors"] for r in results),
            "%d of %d" % tuple(numbers) if numbers[1] else "–"]


def main():
    program, shared = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
    cases = tool(shared)
    results = {}
    for name, _ in SETS:
        paths = sorted(p for p in (shared / name).rglob("expected*.json"))
        results[name] = {p: judged(cases, program, p) for p in paths}
    head = ["set", "runs", "as expected", "wanted findings found", "false findings", "of them errors", "figures of the text read"]
    if "--page" not in sys.argv:
        for name, _ in SETS:
            print("  ".join("%s %s" % pair for pair in zip(head, [name] + counts(list(results[name].values())))))
        return
    every = [r for part in results.values() for r in part.values()]
    print("# What `check` finds, and what it should not\n")
    print("Made by `scripts/quality.py` from documents and invented cases whose faults are known; not to be edited. A finding counts only if its\n"
          "own figures name what was wanted; a false finding is one that the case forbids.\n")
    table(head, [["%s (%s)" % (name, what)] + counts(list(results[name].values())) for name, what in SETS])
    print("## By format\n")
    formats = sorted({f for r in every for f in r["formats"]})
    table(["format"] + head[1:], [[f] + counts([r for r in every if f in r["formats"]]) for f in formats])
    print("## By place\n\nBeginnings of public pages.\n")
    places = defaultdict(list)
    for path, result in results["excerpts"].items():
        places[PLACES.get(path.parent.name.split("-")[0], "不明")].append(result)
    table(["place"] + head[1:], [[place] + counts(places[place]) for place in sorted(places)])
    print("## By rule\n\nWanted findings by the rule that found them, or that was asked for; false ones by the rule that raised them.\n")
    found, missed, false = (Counter(code for r in every for code in r[key]) for key in ("found", "missed", "false"))
    codes = sorted(set(found) | set(missed) | set(false))
    table(["rule", "found", "missed", "false"], [[code, found[code], missed[code], false[code]] for code in codes])


main()
