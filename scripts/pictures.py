#!/usr/bin/env python3
"""pictures.py SEEN MODELS PDF [PDF …]: how well pictures are read, as a table. Needs pdftoppm, and Pillow, NumPy, img2pdf from PyPI.

Every page with tables of each PDF is printed to a picture in several ways (resolutions, grey, JPEG, blur, skew, noise, a red stamp, on its side, seen from the
side, a watermark, without lines, two pages on one picture, …), the pictures are bound into a PDF without text (or a TIFF), and SEEN (the example of
juesuan-sight, built as a release) reads it. The truth is what it reads of the PDF itself, whose letters are certain. Told per way: cells with exactly
the same text, numbers among them, cells in the right row and column (where a text stands that stands once in its table), characters of lines
outside tables, seconds a page, memory. --only WAY[,WAY] takes some ways, --pages N the first N pages with tables of each document, --texts N the
first N full pages without tables, --keep FOLDER keeps the pictures. --rivals reads the same pictures with tesseract (chi_sim) and
RapidOCR (PyPI), which know no tables: told of them, and of SEEN beside them, are numbers and letters found anywhere on their page.
"""

import argparse
import collections
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
from PIL import Image, ImageDraw, ImageFilter, ImageFont

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


def noise(strength):
    def turn(picture, random):
        dots = numpy.asarray(picture).astype(numpy.int16)
        return Image.fromarray((dots + random.normal(0, strength, dots.shape)).clip(0, 255).astype(numpy.uint8))
    return turn


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


def long_runs(dark, least):
    """Dots of level stretches of dark ones that are at least so long."""
    sums = numpy.cumsum(numpy.pad(dark, ((0, 0), (1, 0))).astype(numpy.int32), axis=1)
    begins = sums[:, least:] - sums[:, :-least] == least
    out = numpy.zeros_like(dark)
    for at in range(least):
        out[:, at:at + begins.shape[1]] |= begins
    return out


def lines_of(dots, upright_too=True, level_too=True):
    """Dots of the lines of tables: dark stretches that are longer than letters, and what is beside them."""
    dark = dots.min(axis=2) < 170
    least = max(dots.shape[:2]) // 40
    level = long_runs(dark, least) if level_too else numpy.zeros_like(dark)
    upright = long_runs(dark.T, least).T if upright_too else numpy.zeros_like(dark)
    lines = level | upright
    return lines | numpy.roll(lines, 1, 0) | numpy.roll(lines, -1, 0) | numpy.roll(lines, 1, 1) | numpy.roll(lines, -1, 1)


def without(level_too):
    def turn(picture, _):
        dots = numpy.array(picture)
        dots[lines_of(dots, level_too=level_too)] = 255
        return Image.fromarray(dots)
    return turn


def faint(picture, _):
    dots = numpy.array(picture)
    lines = lines_of(dots)
    dots[lines] = 255 - (255 - dots[lines]) // 3
    return Image.fromarray(dots)


def broken(picture, random):
    dots = numpy.array(picture)
    gaps = numpy.kron(random.random((dots.shape[0] // 5 + 1, dots.shape[1] // 5 + 1)) < 0.25, numpy.ones((5, 5), bool))
    dots[lines_of(dots) & gaps[:dots.shape[0], :dots.shape[1]]] = 255
    return Image.fromarray(dots)


def framed(picture, _):
    dots = numpy.array(picture)
    lines = lines_of(dots)
    dots[lines] = numpy.maximum(dots[lines], [200, 60, 60])
    return Image.fromarray(dots)


def watermark(picture, _):
    width, height = picture.size
    mark = Image.new("L", (width, height), 255)
    font = ImageFont.load_default(size=width // 9)
    for part in range(3):
        ImageDraw.Draw(mark).text((width // 10, height * (2 * part + 1) // 6), "INTERNAL COPY", 205, font=font)
    mark = numpy.asarray(mark.rotate(25, fillcolor=255).convert("RGB"))
    return Image.fromarray(numpy.minimum(numpy.asarray(picture), mark))


def alone(pictures):
    """Pages to pictures: of how many pages, which pictures."""
    return [(1, [picture]) for picture in pictures]


def spread(pictures):
    """Two pages on one picture, with the shadow of the fold between."""
    out = []
    for at in range(0, len(pictures), 2):
        pair = pictures[at:at + 2]
        whole = Image.new("RGB", (sum(page.width for page in pair), max(page.height for page in pair)), "white")
        for number, page in enumerate(pair):
            whole.paste(page, (sum(before.width for before in pair[:number]), 0))
        dots = numpy.asarray(whole).astype(numpy.float32)
        far = numpy.abs(numpy.arange(whole.width) - pair[0].width)
        shade = numpy.where(far < 40, 0.6 + far / 100, 1.0) if len(pair) > 1 else numpy.ones(whole.width)
        out.append((len(pair), [Image.fromarray((dots * shade[None, :, None]).astype(numpy.uint8))]))
    return out


def cut(pictures):
    """A page on two pictures, cut where its lines are fewest about the middle."""
    out = []
    for page in pictures:
        dark = (numpy.asarray(page).min(axis=2) < 128).sum(axis=1)
        middle = page.height * 2 // 5
        at = middle + int(dark[middle:middle + page.height // 20].argmin())
        out.append((1, [page.crop((0, 0, page.width, at)), page.crop((0, at, page.width, page.height))]))
    return out


# Name, dots an inch, what is done to each page, how pages come to lie on pictures, the file that holds them.
WAYS = [
    ("100 dpi", 100, None, alone, "pdf"), ("150 dpi", 150, None, alone, "pdf"), ("200 dpi", 200, None, alone, "pdf"), ("300 dpi", 300, None, alone, "pdf"),
    ("grey", 150, grey, alone, "pdf"), ("JPEG 35", 150, jpeg(35), alone, "pdf"), ("blurred", 150, blur, alone, "pdf"),
    ("skew 0.7°", 150, skew(0.7), alone, "pdf"), ("skew 2°", 150, skew(-2), alone, "pdf"), ("skew 3.3°", 150, skew(3.3), alone, "pdf"),
    ("noise", 150, noise(14), alone, "pdf"), ("more noise", 150, noise(22), alone, "pdf"),
    ("stamp", 150, stamp, alone, "pdf"), ("on its side", 150, skew(90), alone, "pdf"), ("on its other side", 150, skew(-90), alone, "pdf"),
    ("on its head", 150, skew(180), alone, "pdf"), ("photographed", 200, photographed, alone, "pdf"),
    ("watermark", 150, watermark, alone, "pdf"), ("faint lines", 150, faint, alone, "pdf"), ("broken lines", 150, broken, alone, "pdf"),
    ("red lines", 150, framed, alone, "pdf"), ("no upright lines", 150, without(False), alone, "pdf"), ("no lines", 150, without(True), alone, "pdf"),
    ("two pages on one", 150, None, spread, "pdf"), ("a page on two", 150, None, cut, "pdf"), ("TIFF", 150, None, alone, "tiff"),
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


def found_in(texts):
    """Numbers and letters of texts, however often each stands there."""
    parts = [part for text in texts for part in re.split(r"\s+", text)]
    found = [match.group().rstrip(",.") for part in parts for match in re.finditer(r"-?\d[\d,]*(?:\.\d+)?", part)]
    return collections.Counter(found), collections.Counter(letter for part in parts for letter in part if not letter.isascii())


def texts_of(pieces):
    """Cells and lines."""
    return [cell for piece in pieces for row in piece.get("rows", []) for cell in row] + [piece["text"] for piece in pieces if piece["kind"] == "line"]


def tesseract(path):
    done = subprocess.run(["tesseract", str(path), "-", "-l", "chi_sim", "--psm", "6"], capture_output=True, text=True)
    return done.stdout.splitlines()


def rapid():
    from rapidocr import RapidOCR
    engine = RapidOCR()
    return lambda path: engine(str(path)).txts or []


def processor():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def pages_of(pieces, tables, texts):
    """The first pages with tables, and the first full ones without."""
    ruled = sorted({piece["page"] for piece in pieces if piece["kind"] == "grid"})
    letters = collections.Counter()
    for piece in pieces:
        if piece["kind"] == "line":
            letters[piece["page"]] += len(piece["text"])
    full = [page for page in sorted(letters) if page not in ruled and letters[page] >= 300]
    return sorted(ruled[:tables] + full[:texts])


SUMS = dict(cells=0, exact=0, numbers=0, right=0, placed=0, places=0, letters=0, errors=0, wall=0.0, cpu=0.0, pages=0, memory=0.0)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("seen")
    options.add_argument("models")
    options.add_argument("pdf", nargs="+")
    options.add_argument("--only", default="")
    options.add_argument("--pages", type=int, default=6)
    options.add_argument("--texts", type=int, default=0)
    options.add_argument("--keep")
    options.add_argument("--rivals", action="store_true")
    options.add_argument("--wrong", action="store_true", help="tells each cell that is not as it should be")
    told = options.parse_args()
    only = [way for way in told.only.split(",") if way]
    ways = [way for way in WAYS if not only or way[0] in only]
    sums = {way[0]: dict(SUMS) for way in ways}
    readers = {"tesseract": tesseract, "RapidOCR": rapid()} if told.rivals else {}
    beside = {way[0]: {who: collections.Counter() for who in ["SEEN", *readers]} for way in ways}
    with tempfile.TemporaryDirectory(prefix="juesuan-pictures-") as scratch:
        scratch = pathlib.Path(told.keep or scratch)
        scratch.mkdir(exist_ok=True)
        for number, pdf in enumerate(told.pdf):
            truth, *_ = read([told.seen, told.models], pdf)
            pages = pages_of(truth, told.pages, told.texts)
            for name, dpi, change, lay, kind in ways:
                random = numpy.random.default_rng(number)
                pictures = []
                for page in pages:
                    drawn = subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), pdf], capture_output=True, check=True)
                    picture = Image.open(io.BytesIO(drawn.stdout)).convert("RGB")
                    pictures.append(change(picture, random) if change else picture)
                path = scratch / f"{number}-{name.replace(' ', '-')}.{kind}"
                groups = lay(pictures)
                bind([picture for _, own in groups for picture in own], dpi, path)
                found, wall, cpu, memory = read([told.seen, told.models], path)
                one = sums[name]
                one["wall"] += wall
                one["cpu"] += cpu
                one["pages"] += len(pages)
                one["memory"] = max(one["memory"], memory)
                if readers:
                    beside[name]["SEEN"]["cpu"] += cpu
                page, picture = 0, 0
                for count, own in groups:
                    wanted = [p for p in truth if p["page"] in pages[page:page + count]]
                    seen = [p for p in found if picture < (p["page"] or 1) <= picture + len(own)]
                    compare(one, wanted, seen, told.wrong and f"{pathlib.Path(pdf).parent.name} {pages[page]} {name}")
                    rivals(beside[name], readers, wanted, seen, own)
                    page, picture = page + count, picture + len(own)
                share = lambda part, whole: f"{100 * one[part] / max(one[whole], 1):.2f} %"
                print(f"{pdf} {name}: {share('exact', 'cells')} {share('right', 'numbers')} {share('placed', 'places')} {one['errors']} of {one['letters']}; {cpu / max(len(pages), 1):.2f} s", file=sys.stderr, flush=True)
    print("| way | pages | cells exact | numbers exact | right row and column | characters of lines wrong | s a page | CPU s a page | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, one in sums.items():
        share = lambda part, whole: f"{one[part]} of {one[whole]} ({100 * one[part] / max(one[whole], 1):.2f} %)"
        pages = max(one["pages"], 1)
        print(f"| {name} | {one['pages']} | {share('exact', 'cells')} | {share('right', 'numbers')} | {share('placed', 'places')} | {share('errors', 'letters')} | {one['wall'] / pages:.2f} | {one['cpu'] / pages:.2f} | {one['memory']:.0f} |")
    if readers:
        print("\n| way | reader | numbers found | ideographs and wide marks found | numbers too many | CPU s a page |\n|---|---|---|---|---|---|")
        for name, whose in beside.items():
            for who, one in whose.items():
                share = lambda part, whole: f"{one[part]} of {one[whole]} ({100 * one[part] / max(one[whole], 1):.2f} %)"
                print(f"| {name} | {who} | {share('numbers', 'all numbers')} | {share('letters', 'all letters')} | {one['too many']} | {one['cpu'] / max(sums[name]['pages'], 1):.2f} |")


def rivals(beside, readers, truth, seen, pictures):
    """What others read of the same pictures, and what of it is right."""
    if not readers:
        return
    numbers_wanted, letters_wanted = found_in(texts_of(truth))
    for who in beside:
        texts = texts_of(seen) if who == "SEEN" else []
        began = processor()
        for picture in pictures if who != "SEEN" else []:
            with tempfile.NamedTemporaryFile(suffix=".png") as file:
                picture.save(file.name)
                texts += readers[who](file.name)
        if who != "SEEN":
            beside[who]["cpu"] += processor() - began
        numbers_found, letters_found = found_in(texts)
        for key, wanted, found in [("numbers", numbers_wanted, numbers_found), ("letters", letters_wanted, letters_found)]:
            beside[who][f"all {key}"] += wanted.total()
            beside[who][key] += (wanted & found).total()
        beside[who]["too many"] += (numbers_found - numbers_wanted).total()


def bind(pictures, dpi, path):
    """Pictures in one file, without loss."""
    if path.suffix == ".tiff":
        pictures[0].save(path, save_all=True, append_images=pictures[1:], compression="tiff_lzw", dpi=(dpi, dpi))
        return
    import img2pdf
    held = []
    for picture in pictures:
        file = io.BytesIO()
        picture.save(file, "PNG", dpi=(dpi, dpi))
        held.append(file.getvalue())
    path.write_bytes(img2pdf.convert(held))


def joined(tables):
    """Tables below each other that have as many columns, as one: a page may lie on several pictures."""
    out = []
    for rows in tables:
        wide = max(map(len, rows), default=0)
        if out and max(map(len, out[-1]), default=0) == wide:
            out[-1] = out[-1] + rows
        else:
            out.append(rows)
    return out


def compare(one, truth, found, wrong):
    """Counts what of a page is as it should be."""
    tables = [piece["rows"] for piece in truth if piece["kind"] == "grid"]
    others = [piece["rows"] for piece in found if piece["kind"] == "grid"]
    if len(others) > len(tables):
        others += joined(others)
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
    off = distance(lines, seen)
    one["errors"] += off
    if wrong and off:
        print(f"{wrong}: lines {changes(lines, seen)}", file=sys.stderr)


def changes(one, other):
    """The parts in which two texts differ."""
    import difflib
    parts = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [(one[a:b], other[c:d]) for kind, a, b, c, d in parts if kind != "equal"][:30]


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
