"""archive_duckdb.py ARCHIVE [COUNTED]: what DuckDB reads of an archive is what we read of it: rows, sums of every column of numbers, types.

COUNTED is the example `counted` of juesuan-archive (built with cargo where it is not given). Without the package duckdb (PyPI) nothing is
held against anything, which is said; the exit code is then 0.
"""

import hashlib
import json
import pathlib
import subprocess
import sys

try:
    import duckdb
except ImportError:
    print("duckdb is not installed (pip install duckdb): nothing was held against it")
    sys.exit(0)

# Names in the catalogue → in DuckDB.
TYPES = {"text": "VARCHAR", "int": "BIGINT", "bool": "BOOLEAN", "fen": "DECIMAL(20,0)", "number": "DECIMAL(28,8)", "ints": "BIGINT[]"}


def schema():
    import tomllib

    path = pathlib.Path(__file__).parent.parent / "catalog" / "archive.toml"
    with path.open("rb") as file:
        return {table["name"]: table["column"] for table in tomllib.load(file)["table"]}


def main():
    archive = pathlib.Path(sys.argv[1])
    counted = [sys.argv[2]] if len(sys.argv) > 2 else ["cargo", "run", "-q", "-p", "juesuan-archive", "--example", "counted", "--"]
    own = json.loads(subprocess.run([*counted, str(archive)], check=True, capture_output=True).stdout)
    manifest = json.loads((archive / "manifest.json").read_text())
    for part in manifest["parts"]:
        bytes_ = (archive / part["path"]).read_bytes()
        assert (len(bytes_), hashlib.sha256(bytes_).hexdigest()) == (part["bytes"], part["sha256"]), part["path"]
    db, compared = duckdb.connect(), 0
    for table, columns in schema().items():
        paths = [str(archive / part["path"]) for part in manifest["parts"] if part["table"] == table]
        if not paths:
            print(f"{table}: no rows")
            continue
        db.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({paths!r}, hive_partitioning = true)")
        found = {name: kind for name, kind, *_ in db.execute(f"DESCRIBE {table}").fetchall()}
        expected = {column["name"]: TYPES[column["type"]] for column in columns}
        assert {name: found.get(name) for name in expected} == expected, (table, found)
        assert {"year", "province"} <= found.keys(), found
        sums = {"rows": db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]}
        for column in columns:
            name = column["name"]
            if column["type"] == "int":
                sums[name] = db.execute(f'SELECT coalesce(sum("{name}"), 0)::HUGEINT FROM {table}').fetchone()[0]
            elif column["type"] in ("fen", "number"):
                scale = 10**8 if column["type"] == "number" else 1
                sums[name] = int(db.execute(f'SELECT coalesce(sum("{name}"), 0) FROM {table}').fetchone()[0] * scale)
        ours = {name: int(value) for name, value in own[table].items()}
        assert sums == ours, (table, {name: (sums.get(name), ours.get(name)) for name in sums | ours if sums.get(name) != ours.get(name)})
        compared += len(sums)
        print(f"{table}: {sums['rows']} rows, {len(sums) - 1} sums agree")
    orphans = db.execute("SELECT count(*) FROM figures WHERE document NOT IN (SELECT document FROM documents)").fetchone()[0]
    doubled = db.execute("SELECT count(*) - count(DISTINCT document) FROM documents").fetchone()[0]
    assert (orphans, doubled) == (0, 0), (orphans, doubled)
    print(f"{compared} counts and sums agree; every figure has its document, none stands twice")


main()
