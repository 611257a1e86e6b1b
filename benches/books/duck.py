"""The same questions for DuckDB: python3 duck.py FOLDER.

Reads the CSV once into a table, groups by unit and all dimensions, and from that for the department; then the balance of
every voucher. Amounts are exact decimals, as they are for us.
"""

import sys
import time

import duckdb

path = f"{sys.argv[1]}/books/凭证.csv"
connection = duckdb.connect(config={"threads": 2})
columns = {name: "VARCHAR" for name in ["unit", "voucher", "day", "summary", "account", "function", "economic", "nature",
                                        "fund", "project", "counterparty"]}
columns |= {"debit": "DECIMAL(18,2)", "credit": "DECIMAL(18,2)"}
start = time.perf_counter()
connection.execute("CREATE TABLE entries AS SELECT * FROM read_csv(?, header=true, columns=?)", [path, columns])
read = time.perf_counter()
connection.execute("""CREATE TABLE cells AS
    SELECT unit, left(account, 4) AS account, function, economic, nature, fund, project, counterparty,
           sum(coalesce(debit, 0)) AS debit, sum(coalesce(credit, 0)) AS credit
    FROM entries GROUP BY ALL""")
connection.execute("""CREATE TABLE department AS
    SELECT account, function, economic, nature, fund, project, counterparty, sum(debit) AS debit, sum(credit) AS credit
    FROM cells GROUP BY ALL""")
grouped = time.perf_counter()
unbalanced = connection.execute("""SELECT count(*) FROM (
    SELECT unit, voucher FROM entries GROUP BY ALL HAVING sum(coalesce(debit, 0)) <> sum(coalesce(credit, 0)))""").fetchone()[0]
balanced = time.perf_counter()
lines = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
cells = connection.execute("SELECT count(*) FROM cells").fetchone()[0]
leaves = connection.execute("SELECT count(*) FROM department").fetchone()[0]
print(f"duckdb {duckdb.__version__}: {lines} lines, {cells} cells of units, {leaves} of the department, {unbalanced} unbalanced vouchers")
print(f"duckdb: read {read - start:.3f} s, group {grouped - read:.3f} s, vouchers {balanced - grouped:.3f} s")
print(f"duckdb: read and group {grouped - start:.3f} s, {lines / (grouped - start):,.0f} lines/s; with vouchers {balanced - start:.3f} s")
# Without a table in between; this answers for the units only.
start = time.perf_counter()
connection.execute("""CREATE TABLE direct AS
    SELECT unit, left(account, 4) AS account, function, economic, nature, fund, project, counterparty,
           sum(coalesce(debit, 0)) AS debit, sum(coalesce(credit, 0)) AS credit
    FROM read_csv(?, header=true, columns=?) GROUP BY ALL""", [path, columns])
print(f"duckdb: group straight from the file, without vouchers and department {time.perf_counter() - start:.3f} s")
