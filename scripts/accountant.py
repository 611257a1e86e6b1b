#!/usr/bin/env python3
"""Plays an accountant from an empty folder to what may be published, with openpyxl as Excel saves workbooks.

    python3 scripts/accountant.py target/debug/juesuan [FOLDER]

new -> fill the workbook -> books as CSV -> compile -> 可以公开 -> verify, for a single unit and for a department with two. Prints for
each: rounds of compiling, lines of messages, cells typed. Ends with 1 if it does not get there; then it shows what is lacking.
"""

import csv
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

BOOK = "填报表.xlsx"
LINES_MAX = 60
FUND = "一般公共预算"


class Accountant:
    """One folder, with what was typed and read so far."""

    def __init__(self, program, root, name):
        self.program, self.root, self.name = program, pathlib.Path(root), name
        self.root.mkdir(parents=True)
        self.cells = self.rounds = 0
        self.lines = []

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], cwd=self.root, capture_output=True, text=True)
        return done.returncode, (done.stderr + done.stdout).splitlines()

    def new(self, **options):
        given = [word for key, value in options.items() for word in ("--" + key, value)]
        code, lines = self.run("new", "in", *given)
        assert code == 0, lines

    def put(self, sheet, cell, value):
        sheet[cell] = value
        self.cells += 1

    def profile(self, book, **values):
        sheet = book["基本情况"]
        rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        for label, value in values.items():
            self.put(sheet, f"B{rows[label]}", value)

    def rows(self, book, name, rows):
        """The example goes; each row by the heads of its columns. No rows: there was nothing."""
        sheet = book[name]
        heads = {sheet.cell(1, column).value: column for column in range(1, sheet.max_column + 1)}
        for column in range(1, sheet.max_column + 1):
            sheet.cell(2, column).value = None
        for number, row in enumerate(rows, 2):
            for head, value in row.items():
                self.put(sheet, sheet.cell(number, heads[head]).coordinate, value)

    def books(self, entries):
        """A balance of the year as the books export it: no cell is typed."""
        heads = ["单位名称", "科目编码", "支出功能分类", "部门经济分类", "支出性质", "资金性质", "项目名称", "借方发生额", "贷方发生额"]
        with open(self.root / "in/books/发生额及余额.csv", "w", newline="", encoding="gbk") as file:
            out = csv.writer(file)
            out.writerow(heads)
            for unit, function, economic, nature, project, amount in entries:
                out.writerow([unit, "7101", function, economic, nature, FUND, project, amount, ""])
                out.writerow([unit, "6001", function, "", nature, FUND, project, "", amount])
        with open(self.root / "in/books/年初余额.csv", "w", newline="", encoding="gbk") as file:
            out = csv.writer(file)
            out.writerow(["单位名称", "科目编码", "资金性质", "支出功能分类", "支出性质", "年初余额"])
            for unit in dict.fromkeys(entry[0] for entry in entries):
                out.writerow([unit, "8101", FUND, "2012604", "基本支出", "0"])

    def compile(self):
        self.rounds += 1
        code, lines = self.run("compile", "in", "--out", "out", "--formats", "json,xlsx")
        self.lines.append(len(lines))
        (self.root / f"round{self.rounds}.log").write_text("\n".join(lines), encoding="utf-8")
        return code, lines

    def told(self):
        print(f"{self.name}：编制 {self.rounds} 次，每次输出 {self.lines} 行，键入 {self.cells} 格")


def prior(unit, total):
    """Last year's figures of a body without funds and without 三公经费, as its report of last year prints them."""
    row = lambda **more: ({"单位名称": unit} if unit else {}) | more
    rows = []
    for fund in ("", "财政拨款", FUND):
        items = ("收入", "支出") if fund == FUND else ("收入", "支出", "收入总计", "支出总计")
        rows += [row(指标=item, 金额=total) | ({"资金性质": fund} if fund else {}) for item in items]
    for fund in ("政府性基金", "国有资本经营"):
        rows += [row(指标=item, 资金性质=fund, 金额=0) for item in ("收入", "支出")]
    for theme in ("三公经费", "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费"):
        rows.append(row(指标="支出", 专题=theme, 金额=0))
    return rows


def fill(person, entries, units, staff):
    path = person.root / "in" / BOOK
    book = openpyxl.load_workbook(path)
    several = len(units) > 1
    person.profile(book, 批复日期="2025-08-20", 公开日期="2025-09-01", 联系电话="0711-0000000")
    kinds = [{"单位名称": name, "单位性质": kind, "是否本级": "是" if number == 0 else "否"} for number, (name, kind) in enumerate(units)]
    person.rows(book, "单位", kinds)
    duties = [{"职责": "收集、保管并提供利用地方档案"}]
    offices = [{"机构名称": "综合科"}, {"机构名称": "保管利用科"}]
    own = lambda rows: rows + [row | {"单位名称": name} for name, _ in units for row in rows] if several else rows
    person.rows(book, "职责", own(duties))
    person.rows(book, "内设机构", own(offices))
    budget = {}
    for unit, function, economic, nature, project, amount in entries:
        kind = nature if project else "人员经费" if economic.startswith("301") else "公用经费"
        key = (unit, function, kind, project)
        budget[key] = budget.get(key, 0) + amount
    lines = [
        {"阶段": "年初预算", "资金性质": FUND, "支出功能分类": function, "支出性质": kind, "金额": amount}
        | ({"项目名称": project} if project else {}) | ({"单位名称": unit} if several else {})
        for (unit, function, kind, project), amount in budget.items()
    ]
    person.rows(book, "预算指标", lines)
    for nothing in ("三公经费预算", "采购预算", "公务用车", "因公出国（境）", "公务接待", "采购合同", "大型设备"):
        person.rows(book, nothing, [])
    person.rows(book, "人员和编制", [{"编制类别": "行政", "编制数": 10, "实有人数": staff} | ({"单位名称": units[0][0]} if several else {})])
    totals = {}
    for entry in entries:
        totals[entry[0]] = totals.get(entry[0], 0) + entry[5]
    # Last year was a little less, so that causes are asked for.
    last = prior("", sum(totals.values()) - 50000)
    if several:
        last += [row for unit, total in totals.items() for row in prior(unit, total - 25000)]
    person.rows(book, "上年数", last)
    book.save(path)


def publish(person, entries):
    code, lines = person.compile()
    person.told()
    good = code == 0 and any(line.startswith("可以公开") for line in lines)
    good &= max(person.lines) <= LINES_MAX
    if good:
        code, lines = person.run("verify", "out")
        good = code == 0
    if not good:
        print("\n".join(lines[-30:]))
    return good


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    one = "云溪市档案馆"
    single = Accountant(program, root / "单位", "一个单位")
    single.new(year="2024", variant="湖北", level="地级市", name=one, region="云溪市")
    entries = [
        (one, "2012604", "30101", "基本支出", "", 1200000.5),
        (one, "2012604", "30201", "基本支出", "", 80000.25),
        (one, "2012604", "30227", "项目支出", "档案数字化", 300000),
    ]
    fill(single, entries, [(one, "行政")], 9)
    single.books(entries)
    both = publish(single, entries)

    name = "云溪市档案局"
    first, second = name + "（本级）", "云溪市档案修复中心"
    several = Accountant(program, root / "部门", "一个部门、两个单位")
    several.new(year="2024", variant="湖北省", level="市级", name=name, region="云溪市")
    entries = [(first, *entry[1:]) for entry in entries] + [
        (second, "2012604", "30101", "基本支出", "", 400000),
        (second, "2012604", "30201", "基本支出", "", 60000.4),
    ]
    fill(several, entries, [(first, "行政"), (second, "事业")], 9)
    several.books(entries)
    both &= publish(several, entries)
    sys.exit(0 if both else 1)


if __name__ == "__main__":
    main()
