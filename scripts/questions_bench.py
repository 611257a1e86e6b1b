#!/usr/bin/env python3
"""Makes an archive of figures that nobody printed, to measure the named questions on it.

    python3 scripts/questions_bench.py FOLDER 40000      40,000 documents with 250 figures each: 10^7
    python3 scripts/questions_duckdb.py --time --archive FOLDER target/release/juesuan

Needs PyPI `duckdb`. Bodies have two years and a budget; amounts are what a hash says, so that the same call makes the same rows.
"""

import hashlib
import json
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent

try:
    import duckdb
except ImportError:
    print("skipped: PyPI duckdb is not installed")
    sys.exit(0)

SCHEMA = tomllib.loads((ROOT / "catalog/archive.toml").read_text(encoding="utf-8"))
TYPES = {"text": "VARCHAR", "int": "BIGINT", "bool": "BOOLEAN", "fen": "DECIMAL(20,0)", "number": "DECIMAL(28,8)", "ints": "BIGINT[]"}
DEFAULTS = {"text": "''", "int": "0", "bool": "false", "fen": "0", "number": "0", "ints": "[]"}
PROVINCES = ["hubei", "shanghai", "sichuan", "unknown"]
YEARS = [2022, 2023, 2024]

# Documents: one a body and year; every third body is a budget of the year. `n` counts them.
DOCUMENTS = """
SELECT n, sha256(n::VARCHAR) AS document, 'final' AS kind, concat('第', n // 3 // 40, '县', '第', n // 3, '局') AS body,
       concat('第', n // 3 // 40, '县') AS region, '县' AS level, 'department' AS scope, (n % 7 = 0)::BIGINT AS errors,
       (n % 3)::BIGINT AS warnings, CASE WHEN n % 7 = 0 THEN 'errors' ELSE 'right' END AS state, 250 AS printed, 250 AS figures, 230 AS held,
       2022 + n % 3 AS year, ['hubei', 'shanghai', 'sichuan', 'unknown'][1 + n // 3 % 4] AS province
FROM range({count}) AS r(n)
"""
# Figures: the first eight are totals that questions ask for, the others stand by function.
FIGURES = """
SELECT d.document, d.year, d.province, f AS figure, CASE f WHEN 5 THEN '支出总计' WHEN 6 THEN '年末结转和结余' WHEN 7 THEN '在职人数' ELSE '支出' END AS item,
       CASE f WHEN 1 THEN '年初预算' WHEN 2 THEN '全年预算' WHEN 9 THEN '年初预算' ELSE '' END AS stage,
       CASE f WHEN 3 THEN d.year - 1 ELSE d.year END AS of_year, CASE WHEN f >= 12 THEN '一般公共预算' ELSE '' END AS fund,
       CASE WHEN f >= 12 THEN (2010100 + f)::VARCHAR ELSE '' END AS function, CASE WHEN f IN (8, 9) THEN '三公经费' ELSE '' END AS theme,
       CASE f WHEN 7 THEN 'count' WHEN 4 THEN 'change' ELSE 'amount' END AS measure, CASE f WHEN 4 THEN '上年' ELSE '' END AS against,
       'number' AS cell, CASE WHEN f <> 7 THEN 10000 * (1 + hash(d.n // 3 * 1000 + f) % 900000)::BIGINT END AS amount, 10000 AS step,
       CASE WHEN f = 7 THEN 10 + d.n % 90 END AS value, '一、收支' AS place_section, 'holds' AS verdict, 1000 AS seen, 1 AS page
FROM documents AS d, range(250) AS r(f)
"""
FINDINGS = """
SELECT document, year, province, f AS finding, concat('k', n, f) AS key, ['LW001', 'LW002', 'WD101', 'TX106'][1 + (n + f) % 4] AS code,
       CASE WHEN f = 0 THEN 'error' ELSE 'warning' END AS severity, '两处不同' AS headline
FROM documents, range(3) AS r(f) WHERE f < errors + warnings
"""


def write(connection, folder, table, rows):
    def value(column):
        name, kind = column["name"], column["type"]
        made = name if name in rows else "NULL" if column.get("optional") else DEFAULTS[kind]
        return f'CAST({made} AS {TYPES[kind]}) AS "{name}"'

    own = ", ".join(value(column) for column in table["column"])
    parts = []
    for year in YEARS:
        for province in PROVINCES:
            path = f'{table["name"]}/year={year}/province={province}/{year:016x}.parquet'
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            where = f"WHERE year = {year} AND province = '{province}'"
            connection.execute(
                f'COPY (SELECT {own} FROM made_{table["name"]} {where} ORDER BY document) TO \'{target}\' (FORMAT parquet, COMPRESSION zstd)'
            )
            count = connection.execute(f'SELECT count(*) FROM made_{table["name"]} {where}').fetchone()[0]
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            parts.append({"table": table["name"], "path": path, "rows": count, "bytes": target.stat().st_size, "sha256": digest})
    return parts


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    connection = duckdb.connect()
    connection.execute("CREATE TABLE documents AS " + DOCUMENTS.format(count=count))
    connection.execute("CREATE VIEW made_documents AS SELECT * FROM documents")
    connection.execute("CREATE VIEW made_figures AS " + FIGURES)
    connection.execute("CREATE VIEW made_findings AS " + FINDINGS)
    parts = []
    for table in SCHEMA["table"]:
        if table["name"] in ("documents", "figures", "findings"):
            rows = {row[0] for row in connection.execute(f'DESCRIBE made_{table["name"]}').fetchall()}
            parts += write(connection, folder, table, rows)
    manifest = {"version": SCHEMA["version"], "catalog": "", "program": "bench", "parts": parts}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    print(f'{sum(p["rows"] for p in parts)} rows, {sum(p["bytes"] for p in parts)} bytes')


if __name__ == "__main__":
    main()
