"""Writes a department's folder with vouchers of many units: python3 generate.py FOLDER [LINES [UNITS]].

The same arguments give the same bytes. Every voucher is balanced, every fund and function has the money that it spends,
and each unit closes its year, so that reading finds nothing to complain of.
"""

import os
import random
import sys

KINDS = ["行政", "参公", "事业"]
FUNDS = ["一般公共预算财政拨款", "政府性基金预算财政拨款"]
FUNCTIONS = ["2010301", "2010302", "2010399", "2080505", "2080506", "2080501", "2101101", "2101102", "2210201",
             "2130101", "2130104", "2130126", "2050202", "2070109", "2120101"]
GOV_FUND_FUNCTION = "2120899"
PERSONNEL = ["30101", "30102", "30103", "30107", "30108", "30109", "30110", "30112", "30113", "30302", "30305"]
PUBLIC = ["30201", "30202", "30205", "30206", "30207", "30209", "30211", "30213", "30215", "30216", "30217", "30226",
          "30227", "30228", "30229", "30231", "30239", "30299", "31002"]
SUMMARIES = ["付办公用品款", "发放本月工资", "缴纳住房公积金", "付项目进度款（第二期）", "付“创建”活动费用", "报销差旅费，含市内交通"]
HEAD = ["单位名称", "凭证号", "日期", "摘要", "科目编码", "支出功能分类", "部门经济分类", "支出性质", "资金性质",
        "项目名称", "往来单位", "借方金额", "贷方金额"]


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def unit_rows(name, kind, lines, rng):
    """About `lines` lines of one unit."""
    rows, number, spent = [], 0, {}
    account = "7101" if kind == "行政" else "7201"
    functions = rng.sample(FUNCTIONS, 8)
    # A project belongs to one function.
    projects = [(f"{name}项目{i:02d}", rng.choice(functions)) for i in range(1, 13)]

    def voucher(day, summary, entries):
        nonlocal number
        number += 1
        for code, function, economic, nature, fund, project, debit, credit in entries:
            rows.append(",".join([name, f"记-{number:05d}", day, summary, code, function, economic, nature, fund, project, "",
                                  yuan(debit) if debit else "", yuan(credit) if credit else ""]))

    # A quoted summary now and then, as exports have them.
    while len(rows) < lines - 2 * len(spent) - 20:
        day = f"2023-{min(12, 1 + 12 * len(rows) // lines):02d}-{rng.randint(1, 28):02d}"
        summary = rng.choice(SUMMARIES)
        if rng.random() < 0.01:
            summary = f'"{summary},补付"'
        entries = []
        for _ in range(rng.choice([1, 1, 1, 2, 3, 6])):
            fen = rng.randint(100, 50_000_00)
            if rng.random() < 0.55:
                economic = rng.choice(PERSONNEL if rng.random() < 0.5 else PUBLIC)
                nature = "人员经费" if economic in PERSONNEL else "公用经费"
                where = (rng.choice(functions), economic, nature, FUNDS[0], "")
            elif rng.random() < 0.9:
                project, function = rng.choice(projects)
                where = (function, rng.choice(PUBLIC), "项目支出", FUNDS[0], project)
            else:
                where = (GOV_FUND_FUNCTION, rng.choice(PUBLIC), "项目支出", FUNDS[1], projects[0][0])
            spent[(where[3], where[0])] = spent.get((where[3], where[0]), 0) + fen
            entries.append((account + "01", *where, fen, 0))
        total = sum(entry[6] for entry in entries)
        voucher(day, summary, entries + [("800101", "", "", "", "", "", 0, total)])
    for (fund, function), fen in sorted(spent.items()):
        voucher("2023-12-29", "收到财政拨款", [("6001", function, "", "", fund, "", 0, fen), ("800101", "", "", "", "", "", fen, 0)])
    closing = [("6001", "", "", "", "", "", sum(spent.values()), 0)]
    for (fund, function), fen in sorted(spent.items()):
        closing += [("8101", function, "", "", fund, "", 0, fen)]
    voucher("2023-12-31", "年末结转收入", closing)
    closing = [(account, "", "", "", "", "", 0, sum(spent.values()))]
    for (fund, function), fen in sorted(spent.items()):
        closing += [("8101", function, "", "", fund, "", fen, 0)]
    voucher("2023-12-31", "年末结转支出", closing)
    return rows


def main():
    folder = sys.argv[1]
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    units = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    rng = random.Random(20230101)
    os.makedirs(os.path.join(folder, "books"), exist_ok=True)
    names = [f"示例第{i:03d}单位" for i in range(1, units + 1)]
    with open(os.path.join(folder, "department.toml"), "w", encoding="utf-8") as out:
        out.write('name = "示例局"\nyear = 2023\nvariant = "hubei"\nlevel = "区"\n')
        for i, name in enumerate(names):
            out.write(f'\n[[unit]]\nname = "{name}"\nkind = "{KINDS[i % 3]}"\n')
    with open(os.path.join(folder, "books", "年初余额.csv"), "w", encoding="utf-8") as out:
        out.write("单位名称,科目编码,类型,资金性质,功能分类,年初余额\n")
        for name in names:
            out.write(f"{name},8101,年初余额,一般公共预算,2010301,0.00\n")
    with open(os.path.join(folder, "books", "凭证.csv"), "w", encoding="utf-8") as out:
        out.write(",".join(HEAD) + "\n")
        for i, name in enumerate(names):
            for row in unit_rows(name, KINDS[i % 3], lines // units, rng):
                out.write(row + "\n")


if __name__ == "__main__":
    main()
