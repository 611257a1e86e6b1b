#!/usr/bin/env python3
"""Asks DuckDB the named questions, with the answers that the tests expect of our own engine.

    python3 scripts/questions_duckdb.py                         the questions of crates/juesuan-query/tests/slt on the rows beside them
    python3 scripts/questions_duckdb.py --archive FOLDER JUESUAN   every named question, on an archive: DuckDB's rows against `juesuan query`
    … --time                                                    also how long each took, each in a process of its own

Needs PyPI `duckdb`; without it, it says so and ends with 0. The runner of .slt files knows what those files use: `query` with a sort
mode, `question NAME a=b` for a named question, `question ranking:NAME` for a table of the ranking, `----`, rows with cells between tabs.
"""

import argparse
import csv
import io
import json
import pathlib
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CATALOG = ROOT / "catalog"
TESTS = ROOT / "crates/juesuan-query/tests"

try:
    import duckdb
except ImportError:
    print("skipped: PyPI duckdb is not installed")
    sys.exit(0)


def toml(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


SCHEMA = toml(CATALOG / "archive.toml")
TYPES = {"text": "VARCHAR", "int": "BIGINT", "bool": "BOOLEAN", "fen": "DECIMAL(20,0)", "number": "DECIMAL(28,8)", "ints": "BIGINT[]"}


def columns(table):
    return table["column"] + SCHEMA["partition"]


def default(column):
    if column.get("optional"):
        return None
    return {"text": "", "int": 0, "bool": False, "fen": 0, "number": 0, "ints": []}[column["type"]]


def sections(text):
    """The tables of a file of rows: name, heads, rows."""
    name, heads, rows = None, None, []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            if name:
                yield name, heads, rows
            name, heads, rows = line.strip("[]"), None, []
        elif heads is None:
            heads = line.split("|")
        else:
            rows.append(line.split("|"))
    yield name, heads, rows


def small(connection):
    """The tables of the tests."""
    for table in SCHEMA["table"]:
        own = ", ".join(f'"{c["name"]}" {TYPES[c["type"]]}' for c in columns(table))
        connection.execute(f'CREATE TABLE {table["name"]} ({own})')
    known = {table["name"]: table for table in SCHEMA["table"]}
    for name, heads, rows in sections((TESTS / "archive.txt").read_text(encoding="utf-8")):
        own = columns(known[name])
        for row in rows:
            cells = dict(zip(heads, row, strict=True))
            values = []
            for column in own:
                cell = cells.get(column["name"], "")
                is_text = column["type"] == "text" and not column.get("optional")
                values.append(cell if is_text or cell != "" else default(column))
            connection.execute(f'INSERT INTO {name} VALUES ({", ".join("?" * len(own))})', values)


def archive(connection, folder):
    """The tables of an archive: the parts that its manifest names."""
    parts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["parts"]
    for table in SCHEMA["table"]:
        paths = [str(folder / part["path"]) for part in parts if part["table"] == table["name"]]
        if paths:
            own = ", ".join(f'"{c["name"]}"' for c in columns(table))
            connection.execute(
                f'CREATE VIEW {table["name"]} AS SELECT {own} FROM read_parquet({paths!r}, hive_partitioning = true, '
                "hive_types = {'year': BIGINT, 'province': VARCHAR})"
            )
        else:
            own = ", ".join(f'"{c["name"]}" {TYPES[c["type"]]}' for c in columns(table))
            connection.execute(f'CREATE TABLE {table["name"]} ({own})')


def views(connection):
    for view in toml(CATALOG / "query.toml")["view"]:
        connection.execute(f'CREATE VIEW {view["name"]} AS {view["sql"]}')
    ranking = toml(CATALOG / "ranking.toml")
    points = " UNION ALL ".join(
        f"SELECT document, '{c['key']}' AS criterion, '{c['title']}' AS title, CAST({c['weight']} AS BIGINT) AS weight, "
        f"CAST(part AS BIGINT) AS part, reason FROM ({c['sql']}) AS own"
        for c in ranking["criterion"]
    )
    letters = " ".join(f"WHEN score >= {band['from'] * 10} THEN '{band['letter']}'" for band in ranking["band"])
    connection.execute(f"CREATE VIEW points AS {points}")
    connection.execute(
        f"CREATE VIEW scores AS SELECT document, score, CASE {letters} END AS letter FROM (SELECT document, "
        "CAST(round(CAST(sum(weight * part) AS DOUBLE) / CAST(sum(weight) AS DOUBLE)) AS BIGINT) AS score "
        "FROM points WHERE part IS NOT NULL GROUP BY document) AS summed"
    )


def question(connection, name, given):
    """The SQL of a named question and its values; its lists are laid beside the tables."""
    if name.startswith("ranking:"):
        sheets = toml(CATALOG / "ranking.toml")["sheet"]
        return next(sheet["sql"] for sheet in sheets if sheet["name"] == name.removeprefix("ranking:")), {}
    own = toml(CATALOG / "questions" / f"{name}.toml")
    values = {}
    for parameter in own.get("parameter", []):
        text = given.get(parameter["name"], parameter.get("default", ""))
        if parameter["type"] == "table":
            names = [column["name"] for column in parameter["column"]]
            connection.execute(f'CREATE OR REPLACE TABLE {parameter["name"]} ({", ".join(n + " VARCHAR" for n in names)})')
            if text:
                rows = list(csv.reader(io.StringIO((TESTS / text).read_text(encoding="utf-8-sig"))))
                places = [next((i for i, h in enumerate(rows[0]) if h in c["heads"]), None) for c in parameter["column"]]
                for row in rows[1:]:
                    cells = ["" if place is None else row[place] for place in places]
                    connection.execute(f'INSERT INTO {parameter["name"]} VALUES ({", ".join("?" * len(names))})', cells)
        else:
            values[parameter["name"]] = int(text) if parameter["type"] == "int" else text
    return own["sql"], values


def told(value):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if str(value) != "" else "(empty)"


def ask(connection, sql, values):
    return [[told(cell) for cell in row] for row in connection.execute(sql, values).fetchall()]


def records(path):
    """The records of an .slt file: line, sort mode, question, rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        if not lines[at].startswith("query"):
            at += 1
            continue
        begin, mode = at + 1, lines[at].split()[2:]
        at += 1
        sql = []
        while lines[at] != "----":
            sql.append(lines[at])
            at += 1
        at += 1
        rows = []
        while at < len(lines) and lines[at] != "":
            rows.append(lines[at].split("\t"))
            at += 1
        yield begin, mode, "\n".join(sql), rows


def run_slt(show):
    connection = duckdb.connect()
    small(connection)
    views(connection)
    passed = failed = 0
    for path in sorted((TESTS / "slt").glob("*.slt")):
        for line, mode, sql, expected in records(path):
            values = {}
            if sql.startswith("question "):
                _, name, *given = sql.split()
                sql, values = question(connection, name, dict(one.split("=", 1) for one in given))
            found = ask(connection, sql, values)
            if "rowsort" in mode:
                found.sort()
                expected.sort()
            if found == expected:
                passed += 1
            else:
                failed += 1
                print(f"{path.name}:{line}\n  expected {expected}\n  found    {found}")
            if show:
                print(f"{path.name}:{line}")
                for row in found:
                    print("\t".join(row))
    print(f"DuckDB {duckdb.__version__}: {passed} passed, {failed} failed")
    return failed == 0


def plain(cell):
    """A number without zeros at its end, so that only its worth counts."""
    try:
        return f"{float(cell):.6g}" if cell not in ("", "NULL") and len(cell) < 20 else cell
    except ValueError:
        return cell


def compare(folder, program, timed):
    """Every named question on an archive, by both."""
    same = True
    for path in sorted((CATALOG / "questions").glob("*.toml")):
        name = path.stem
        begin = time.perf_counter()
        ours = subprocess.run(
            [program, "query", "--question", name, "--archive", folder, "--as", "csv"], capture_output=True, text=True, check=False
        )
        middle = time.perf_counter()
        if ours.returncode != 0:
            print(f"{name}: {ours.stderr.strip()}")
            same = False
            continue
        connection = duckdb.connect()
        archive(connection, pathlib.Path(folder))
        views(connection)
        sql, values = question(connection, name, {})
        begin_duckdb = time.perf_counter()
        theirs = [["" if c in ("NULL", "(empty)") else plain(c) for c in row] for row in ask(connection, sql, values)]
        end = time.perf_counter()
        rows = [[plain(cell) for cell in row] for row in list(csv.reader(io.StringIO(ours.stdout)))[1:]]
        equal = rows == theirs
        same &= equal
        spent = f"  {middle - begin:.2f} s, DuckDB {end - begin_duckdb:.2f} s" if timed else ""
        print(f"{name}: {len(rows)} rows, {'the same' if equal else 'NOT the same'}{spent}")
        if not equal:
            for a, b in list(zip(rows, theirs))[:3]:
                print(f"  ours   {a}\n  DuckDB {b}")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", help="folder of an archive")
    parser.add_argument("program", nargs="?", default="juesuan", help="our program, with --archive")
    parser.add_argument("--time", action="store_true", help="how long each took")
    parser.add_argument("--show", action="store_true", help="print every answer of the .slt files")
    options = parser.parse_args()
    good = compare(options.archive, options.program, options.time) if options.archive else run_slt(options.show)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
