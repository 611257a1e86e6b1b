#!/usr/bin/env python3
"""proven.py PROVEN MODELS PDF [PDF …]: whether figures of pictures that are called proven are right. Needs what pictures.py needs.

All pages of each PDF (--pages N: the first N) are printed to pictures in some ways (--only, as pictures.py names them) and bound into a PDF without
text; PROVEN (the example of juesuan-check, built as a release) reads it and proves what it can. The truth is what it reads of the PDF itself: the
figure that stands at the same place of the same page. Figures without such a one are counted apart.
"""

import argparse
import collections
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

from pictures import WAYS, alone, bind

# How far the middle of a figure may lie from where the text has it, in points.
APART = 14


def figures(program, path):
    done = subprocess.run([*program, str(path)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{path}: {done.stderr}")
    return json.loads(done.stdout)


def middle(figure):
    left, top, right, bottom = figure["box"]
    return (left + right) / 2, (top + bottom) / 2


def nearest(figure, truth):
    """The figure of the text that stands there."""
    x, y = middle(figure)
    far = lambda other: max(abs(middle(other)[0] - x), abs(middle(other)[1] - y))
    own = [other for other in truth if other["page"] == figure["page"] and other["box"]]
    best = min(own, key=far, default=None)
    return best if best and far(best) <= APART else None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("proven")
    options.add_argument("models")
    options.add_argument("pdf", nargs="+")
    options.add_argument("--only", default="150 dpi,JPEG 35,blurred,noise")
    options.add_argument("--pages", type=int, default=40)
    told = options.parse_args()
    ways = [way for way in WAYS if way[0] in told.only.split(",") and way[3] is alone]
    print("| way | document | pages | proven | of them right | others | of them right | without a place | read otherwise at first |\n|---|---|---|---|---|---|---|---|---|")
    program = [told.proven, told.models]
    all_proven = collections.Counter()
    for number, pdf in enumerate(told.pdf):
        truth = figures(program, pdf)["figures"]
        for name, dpi, change, _, _ in ways:
            random = numpy.random.default_rng(number)
            with tempfile.TemporaryDirectory(prefix="juesuan-proven-") as scratch:
                scratch = pathlib.Path(scratch)
                subprocess.run(["pdftoppm", "-r", str(dpi), "-l", str(told.pages), "-png", pdf, str(scratch / "page")], check=True)
                pictures = [Image.open(path).convert("RGB") for path in sorted(scratch.glob("page*.png"))]
                path = scratch / "pictures.pdf"
                bind([change(picture, random) if change else picture for picture in pictures], dpi, path)
                found = figures(program, path)
            counts = collections.Counter()
            for figure in found["figures"]:
                if figure["seen"] == "text" or not figure["box"]:
                    continue
                kind = "proven" if figure["seen"] == "proven" else "others"
                own = nearest(figure, truth)
                if own is None:
                    counts["nowhere"] += 1
                    continue
                counts[kind] += 1
                counts[f"{kind} right"] += figure["read"] == own["read"]
                if kind == "proven" and figure["read"] != own["read"]:
                    print(f"{pdf} {name}: page {figure['page']} {figure['row']} {figure['column']}: {own['read']} read {figure['read']}", file=sys.stderr)
            all_proven.update(counts)
            print(f"| {name} | {pathlib.Path(pdf).parent.name} | {len(pictures)} | {counts['proven']} | {counts['proven right']} | {counts['others']} | {counts['others right']} | {counts['nowhere']} | {found['changed']} |", flush=True)
    print(f"| all | | | {all_proven['proven']} | {all_proven['proven right']} | {all_proven['others']} | {all_proven['others right']} | {all_proven['nowhere']} | |")


if __name__ == "__main__":
    main()
