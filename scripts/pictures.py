#!/usr/bin/env python3
"""pictures.py SEEN MODELS PDF [PDF …]: how well pictures are read, as a table. Needs pdftoppm, and Pillow, NumPy, img2pdf from PyPI.

Every page with tables of each PDF is printed to a picture in several ways (resolutions, grey, JPEG, blur, skew, noise, a red stamp, on its side, seen from the
side), the pictures are bound into a PDF without text, and SEEN (the example of juesuan-sight, built as a release) reads it. The truth is what
it reads of the PDF itself, whose letters are certain. Told per way: cells with exactly the same text, numbers among them, cells in the right row and column (where a text stands
that stands once in its table), characters of lines outside tables, seconds a page, memory. --only WAY[,WAY] takes some ways, --pages N the first
N pages with tables of each document, --keep FOLDER keeps the pictures.
"""

import argparse
import io
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

import numpy
from PIL import Image, ImageDraw, ImageFilter

NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")


def grey(picture, _):
    return picture.convert("L").convert("RGB")


def jpeg(quality):
    def turn(picture, _):
        held = io.BytesIO()
        picture.save(held, "JPEG", quality=quality)
        return Image.open(io.BytesIO(held.getvalue())).convert("RGB")
    return turn


def blur(picture, _):
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def skew(degrees):
    return lambda picture, _: picture.rotate(degrees, Image.Resampling.BICUBIC, expand=degrees % 90 == 0, fillcolor="white")


def noise(picture, random):
    dots = numpy.asarray(picture).astype(numpy.int16)
    return Image.fromarray((dots + random.normal(0, 14, dots.shape)).clip(0, 255).astype(numpy.uint8))


def stamp(picture, random):
    side = min(picture.size) // 6
    x, y = (int(random.integers(side, length - 2 * side)) for length in picture.size)
    ring = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(ring)
    pen.ellipse([x, y, x + side, y + side], outline=255, width=max(3, side // 28))
    pen.regular_polygon((x + side / 2, y + side / 2, side / 7), 5, fill=255)
    # As ink that lies over print: what is black under it stays black.
    red = Image.composite(Image.new("RGB", picture.size, (225, 45, 45)), Image.new("RGB", picture.size, "white"), ring)
    return Image.fromarray(numpy.minimum(numpy.asarray(picture), numpy.asarray(red)))


def photographed(picture, random):
    width, height = picture.size
    off = lambda: float(random.uniform(0.008, 0.03))
    corners = [(width * off(), height * off()), (width * off(), height * (1 - off())), (width * (1 - off()), height * (1 - off())), (width * (1 - off()), height * off())]
    # Where each corner of the outcome lies in what is given; what is between follows.
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (0, height), (width, height), (width, 0)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    sides = numpy.linalg.solve(numpy.array(rows), numpy.array(wanted))
    turned = picture.transform(picture.size, Image.Transform.PERSPECTIVE, sides.tolist(), Image.Resampling.BICUBIC, fillcolor=(230, 228, 222))
    dots = numpy.asarray(turned).astype(numpy.float32)
    shade = numpy.linspace(1.0, 0.72, width)[None, :, None] * numpy.linspace(0.95, 1.0, height)[:, None, None]
    return jpeg(70)(Image.fromarray((dots * shade).clip(0, 255).astype(numpy.uint8)).filter(ImageFilter.GaussianBlur(0.6)), random)


# Name, dots an inch, what is done, kind.
WAYS = [
    ("100 dpi", 100, None, "clean"), ("150 dpi", 150, None, "clean"), ("200 dpi", 200, None, "clean"), ("300 dpi", 300, None, "clean"),
    ("grey", 150, grey, "degraded"), ("JPEG 35", 150, jpeg(35), "degraded"), ("blurred", 150, blur, "degraded"),
    ("skew 0.7°", 150, skew(0.7), "degraded"), ("skew 2°", 150, skew(-2), "degraded"), ("noise", 150, noise, "degraded"),
    ("stamp", 150, stamp, "degraded"), ("on its side", 150, skew(90), "degraded"), ("on its other side", 150, skew(-90), "degraded"),
    ("on its head", 150, skew(180), "degraded"), ("photographed", 200, photographed, "photographed"),
]


def read(program, path):
    """The tables of a document, each as rows of cells with what is printed there; its lines; seconds and MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run([*program, str(path)], capture_output=True, text=True)
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        raise SystemExit(f"{path}: {done.stderr}")
    pieces = json.loads(done.stdout)["pieces"]
    return pieces, took, cpu, after.ru_maxrss / 1024


def plain(text):
    return re.sub(r"\s", "", text)


def numbers(text):
    text = plain(text)
    return bool(text) and bool(NUMBER.fullmatch(text))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("seen")
    options.add_argument("models")
    options.add_argument("pdf", nargs="+")
    options.add_argument("--only", default="")
    options.add_argument("--pages", type=int, default=6)
    options.add_argument("--keep")
    options.add_argument("--wrong", action="store_true", help="tells each cell that is not as it should be")
    told = options.parse_args()
    only = [way for way in told.only.split(",") if way]
    ways = [way for way in WAYS if not only or way[0] in only]
    sums = {way[0]: dict(cells=0, exact=0, numbers=0, right=0, placed=0, places=0, letters=0, errors=0, wall=0.0, cpu=0.0, pages=0, memory=0.0) for way in ways}
    with tempfile.TemporaryDirectory(prefix="juesuan-pictures-") as scratch:
        scratch = pathlib.Path(told.keep or scratch)
        scratch.mkdir(exist_ok=True)
        for number, pdf in enumerate(told.pdf):
            truth, *_ = read([told.seen, told.models], pdf)
            pages = sorted({piece["page"] for piece in truth if piece["kind"] == "grid"})[:told.pages]
            for name, dpi, change, _ in ways:
                random = numpy.random.default_rng(number)
                pictures = []
                for page in pages:
                    drawn = subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), pdf], capture_output=True, check=True)
                    picture = Image.open(io.BytesIO(drawn.stdout)).convert("RGB")
                    pictures.append(change(picture, random) if change else picture)
                path = scratch / f"{number}-{name.replace(' ', '-')}.pdf"
                bind(pictures, dpi, path)
                found, wall, cpu, memory = read([told.seen, told.models], path)
                one = sums[name]
                one["wall"] += wall
                one["cpu"] += cpu
                one["pages"] += len(pages)
                one["memory"] = max(one["memory"], memory)
                for at, page in enumerate(pages, 1):
                    compare(one, [p for p in truth if p["page"] == page], [p for p in found if p["page"] == at], told.wrong and f"{pathlib.Path(pdf).parent.name} {page} {name}")
                share = lambda part, whole: f"{100 * one[part] / max(one[whole], 1):.2f} %"
                print(f"{pdf} {name}: {share('exact', 'cells')} {share('right', 'numbers')} {share('placed', 'places')}", file=sys.stderr, flush=True)
    print("| way | pages | cells exact | numbers exact | right row and column | characters of lines wrong | s a page | CPU s a page | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, one in sums.items():
        share = lambda part, whole: f"{one[part]} of {one[whole]} ({100 * one[part] / max(one[whole], 1):.2f} %)"
        pages = max(one["pages"], 1)
        print(f"| {name} | {one['pages']} | {share('exact', 'cells')} | {share('right', 'numbers')} | {share('placed', 'places')} | {share('errors', 'letters')} | {one['wall'] / pages:.2f} | {one['cpu'] / pages:.2f} | {one['memory']:.0f} |")


def bind(pictures, dpi, path):
    """A PDF of pictures, without loss."""
    import img2pdf
    held = []
    for picture in pictures:
        file = io.BytesIO()
        picture.save(file, "PNG", dpi=(dpi, dpi))
        held.append(file.getvalue())
    path.write_bytes(img2pdf.convert(held))


def compare(one, truth, found, wrong):
    """Counts what of a page is as it should be."""
    tables = [piece["rows"] for piece in truth if piece["kind"] == "grid"]
    others = [piece["rows"] for piece in found if piece["kind"] == "grid"]
    for rows in tables:
        wanted = [plain(cell) for row in rows for cell in row if plain(cell)]
        best = max(others, key=lambda other: alike(rows, other), default=[])
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                text = plain(cell)
                if not text:
                    continue
                got = plain(best[y][x]) if y < len(best) and x < len(best[y]) else ""
                one["cells"] += 1
                one["exact"] += got == text
                if numbers(text):
                    one["numbers"] += 1
                    one["right"] += got == text
                if wanted.count(text) == 1:
                    one["places"] += 1
                    at = [(v, u) for v, line in enumerate(best) for u, other in enumerate(line) if similar(plain(other), text)]
                    one["placed"] += (y, x) in at
                if wrong and got != text:
                    print(f"{wrong}: [{y},{x}] {text!r} read {got!r}", file=sys.stderr)
    lines = "".join(plain(piece["text"]) for piece in truth if piece["kind"] == "line")
    seen = "".join(plain(piece["text"]) for piece in found if piece["kind"] == "line")
    one["letters"] += len(lines)
    one["errors"] += distance(lines, seen)
    if wrong and lines != seen:
        print(f"{wrong}: lines {lines[:90]!r} read {seen[:90]!r}", file=sys.stderr)


def similar(one, other):
    return one == other or distance(one, other) * 3 <= len(other)


def alike(rows, other):
    cells = lambda table: {plain(cell) for row in table for cell in row if plain(cell)}
    return len(cells(rows) & cells(other))


def distance(one, other):
    """Letters to change, add or take out."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


if __name__ == "__main__":
    main()
