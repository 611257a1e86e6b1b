#!/usr/bin/env python3
"""What the program is made of, from Cargo.lock and the crates' own files.

notices.py          writes THIRD-PARTY-NOTICES and sbom.cdx.json
notices.py --check  says which of them is stale, and ends with 1

THIRD-PARTY-NOTICES holds every licence and notice of what is compiled into the program, each text once, with the packages it belongs to;
also those of data inside the crates (typefaces, character maps, colour profiles). sbom.cdx.json is a CycloneDX 1.6 bill of materials: every
package with version, digest and licence, and what needs what. Both depend on nothing but Cargo.lock: no clock, no random number.
"""

import json
import re
import subprocess
import sys
import tomllib
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES"
SBOM = ROOT / "sbom.cdx.json"
# The standard library is compiled in too; its licences come with the toolchain, not from the registry.
STANDARD_LIBRARY = ROOT / "scripts/licence-texts/rust-standard-library.txt"
PROGRAM = "juesuan"
# As deny.toml has them.
TARGETS = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-pc-windows-gnu"]

# A file is a licence or a notice by its name, and not if it belongs to what is not compiled in.
IS_NOTICE = re.compile(r"(?i)^(un)?licen[cs]e|[._-]licen[cs]e|^copying|^copyright|^notice|^ofl\b")
NOT_SHIPPED = {"tests", "test", "testdata", "benches", "examples", "fuzz", "docs", ".github", "target", "ci"}
SOURCE_CODE = {".rs", ".toml", ".py", ".c", ".h", ".html", ".json", ".sh"}
DEPTH_MAX = 3
OTHER_CHOICE = re.compile(r"(?i)apache|unlicense|zlib|boost|llvm")

# Texts for packages that name their licence and do not hold it, in the order in which one is taken.
TEXTS = {
    "MIT": ROOT / "scripts/licence-texts/MIT.txt",
    "Apache-2.0": ROOT / "LICENSE",
    "BSD-3-Clause": ROOT / "scripts/licence-texts/BSD-3-Clause.txt",
    "0BSD": ROOT / "scripts/licence-texts/0BSD.txt",
}


class Tree:
    """The packages that the program needs on any of the targets."""

    def __init__(self):
        self.packages, self.edges = {}, {}
        self.shipped, self.needed = set(), set()
        for target in TARGETS:
            command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
            data = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
            self.packages.update({package["id"]: package for package in data["packages"]})
            nodes = {node["id"]: node["deps"] for node in data["resolve"]["nodes"]}
            self.shipped |= self.reached(nodes, {None})
            self.needed |= self.reached(nodes, {None, "build"})

    def reached(self, nodes, kinds):
        """The program and what it needs by edges of these kinds; of None, what is compiled into it."""
        seen = {id for id in nodes if self.packages[id]["name"] == PROGRAM}
        ahead = list(seen)
        while ahead:
            id = ahead.pop()
            below = {dep["pkg"] for dep in nodes[id] if kinds & {kind["kind"] for kind in dep["dep_kinds"]}}
            self.edges.setdefault(id, set()).update(below)
            ahead += below - seen
            seen |= below
        return seen

    def sorted(self, ids):
        return sorted((self.packages[id] for id in ids), key=lambda package: (package["name"], package["version"]))


def is_own(package):
    return package["source"] is None


def licence(package):
    """As SPDX writes it; the stroke of old packages means «or»."""
    return (package["license"] or "").replace("/", " OR ").replace("  ", " ")


def notice_files(package):
    """Licences and notices of a package, by path below it."""
    folder = Path(package["manifest_path"]).parent
    found = {}
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if len(below.parts) > DEPTH_MAX or NOT_SHIPPED & {part.lower() for part in below.parts[:-1]}:
            continue
        if path.is_file() and path.suffix.lower() not in SOURCE_CODE and IS_NOTICE.search(path.name):
            found[below.as_posix()] = path.read_text("utf-8", "replace")
    if " OR " in licence(package) and any("mit" in path.lower() for path in found):
        # Of several licences one is taken.
        found = {path: text for path, text in found.items() if "/" in path or not OTHER_CHOICE.search(path)}
    return found | packed_notices(package)


def without_text(package):
    """What stands for a package that names its licence and does not hold it."""
    named = licence(package).split()
    chosen = next((path for name, path in TEXTS.items() if name in named), None)
    if chosen is None:
        sys.exit(f"{package['name']} {package['version']}：包里没有 {licence(package)} 的正文；请放进 scripts/licence-texts 并写进 notices.py")
    whose = ", ".join(package["authors"]) or f"the authors of {package['name']}"
    return f"Copyright (c) {whose}\n\n{chosen.read_text('utf-8')}"


def packed_notices(package):
    """Licences that two-face keeps packed beside its definitions of languages, which typst compiles in: count, then kind, text, path."""
    path = Path(package["manifest_path"]).parent / "generated/acknowledgements_full.bin"
    found = {}
    if package["name"] != "two-face" or not path.exists():
        return found
    data, at = zlib.decompress(path.read_bytes()), 0

    def number(size):
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "little")

    def text():
        nonlocal at
        length = number(8)
        at += length
        return data[at - length : at].decode("utf-8")

    while at < len(data):
        for _ in range(number(8)):
            number(4)
            notice = text()
            found[text()] = notice
    return found


def tidy(text):
    """Without what differs between copies of the same text (ends of lines, blanks at their ends, lines around it), and without
    what steers a terminal: the program prints it as it is."""
    lines = ["".join(c for c in line.expandtabs() if c.isprintable()).rstrip() for line in text.splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def notices(tree):
    texts = {}
    for package in tree.sorted(tree.shipped):
        if is_own(package):
            continue
        name = f"{package['name']} {package['version']}"
        files = notice_files(package) or {"": without_text(package)}
        for path, text in files.items():
            text = tidy(text)
            # A text that is the same but for where its lines break is the same.
            users = texts.setdefault(" ".join(text.split()), (text, []))[1]
            users.append(name if "/" not in path else f"{name} ({path})")
    bar = "=" * 100
    out = [
        f"{PROGRAM} is licensed under Apache-2.0 (LICENSE). Compiled into it are the packages below and data inside them (typefaces,\n"
        "character maps, colour profiles), under the licences that follow, and the standard library of Rust. Faces for documents are not\n"
        "part of it: scripts/fonts.sh fetches them. The pairs of traditional and simplified characters are those of OpenCC (Copyright BYVoid\n"
        "and others, Apache-2.0). Made by scripts/notices.py from Cargo.lock; not to be edited.\n"
    ]
    for text, users in sorted(texts.values(), key=lambda entry: (entry[1], entry[0])):
        out.append(f"{bar}\n" + "".join(f"{user}\n" for user in users) + f"{'-' * 100}\n{text}")
    out.append(f"{bar}\nThe standard library of Rust\n{'-' * 100}\n{tidy(STANDARD_LIBRARY.read_text('utf-8'))}")
    return "\n".join(out)


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, tree, digests):
    out = {
        "type": "application" if package["name"] == PROGRAM else "library",
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        # What only builds the program is no part of it.
        "scope": "required" if package["id"] in tree.shipped else "excluded",
    }
    digest = digests.get((package["name"], package["version"]))
    if digest:
        out["hashes"] = [{"alg": "SHA-256", "content": digest}]
    if licence(package):
        out["licenses"] = [{"expression": licence(package)}]
    out["purl"] = purl(package)
    if package["repository"]:
        out["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    inside = [path for path in notice_files(package) if "/" in path] if not is_own(package) else []
    if inside:
        out["properties"] = [{"name": "juesuan:notice-of-data", "value": path} for path in inside]
    return out


def sbom(tree):
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text("utf-8"))
    digests = {(entry["name"], entry["version"]): entry.get("checksum") for entry in lock["package"]}
    packages = tree.sorted(tree.needed)
    components = [component(package, tree, digests) for package in packages]
    program = next(one for one in components if one["name"] == PROGRAM)
    refs = {package["id"]: purl(package) for package in packages}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {key: value for key, value in program.items() if key != "scope"}},
        "components": [one for one in components if one is not program],
        "dependencies": [
            {"ref": refs[package["id"]], "dependsOn": sorted(refs[id] for id in tree.edges.get(package["id"], ()))}
            for package in packages
        ],
    }


def main():
    tree = Tree()
    made = {NOTICES: notices(tree), SBOM: json.dumps(sbom(tree), ensure_ascii=False, indent=1) + "\n"}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    if sys.argv[1:] == ["--check"]:
        for path in stale:
            print(f"{path.name} 与 Cargo.lock 不符：请运行 python3 scripts/notices.py", file=sys.stderr)
        sys.exit(1 if stale else 0)
    for path in stale:
        path.write_text(made[path], "utf-8")
        print(f"写入 {path.name}")


if __name__ == "__main__":
    main()
