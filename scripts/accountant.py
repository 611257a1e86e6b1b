#!/usr/bin/env python3
"""Plays an accountant from an empty folder to what may be published, with openpyxl as Excel saves workbooks.

    python3 scripts/accountant.py target/debug/juesuan [FOLDER]

new -> fill the workbook -> books as accounting systems export them -> compile -> fill the list of what is missing -> compile ->
可以公开 -> verify, for a single unit and for a department with two, with books in three styles of export, and for a unit whose figures
come from the workbook of the ministry's software, in 元 and in 万元, instead of books. Prints for each: rounds of compiling, lines of
messages, cells typed by hand. Ends with 1 if it does not get there in two rounds; then it shows what is lacking.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl

BOOK = "填报表.xlsx"
LIST = "待填清单.xlsx"
LINES_MAX = 60
ROUNDS_MAX = 2
# Columns of the list, from 1.
WHAT, NEED, ANSWER, CODE = 4, 6, 7, 8
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

    def list(self):
        """Fills in what must be filled in, reading each question once, and puts the list beside the workbook."""
        book = openpyxl.load_workbook(self.root / "out" / LIST)
        sheet = book.active
        for row in range(1, sheet.max_row + 1):
            if sheet.cell(row, NEED).value != "必填" or sheet.cell(row, ANSWER).value is not None:
                continue
            kind, wanted = next(iter(json.loads(sheet.cell(row, CODE).value).items()))
            self.put(sheet, sheet.cell(row, ANSWER).coordinate, answer(kind, wanted))
        book.save(self.root / "in" / LIST)

    def compile(self):
        self.rounds += 1
        code, lines = self.run("compile", "in", "--out", "out", "--formats", "json,xlsx")
        self.lines.append(len(lines))
        (self.root / f"round{self.rounds}.log").write_text("\n".join(lines), encoding="utf-8")
        return code, lines

    def told(self, style):
        print(f"{self.name}（{style}）：编制 {self.rounds} 次，每次输出 {self.lines} 行，键入 {self.cells} 格")


def answer(kind, wanted):
    """What the accountant knows: last year's figures, causes, texts."""
    match kind:
        case "cause":
            return "新增档案数字化任务"
        case "text":
            return "按规定执行，资金用于档案保护"
        case "purpose":
            return "档案保管和利用"
        case "count":
            return 0
        case "amount":
            return 0
    return "已完成"


HEADS = ["单位名称", "科目编码", "支出功能分类", "部门经济分类", "支出性质", "资金性质", "项目名称"]


def lines(entries):
    """Rows of expense and of the income that pays it: the seven columns, debit, credit."""
    for unit, function, economic, nature, project, amount in entries:
        yield [unit, "7101", function, economic, nature, FUND, project], amount, ""
        yield [unit, "6001", function, "", nature, FUND, project], "", amount


def saved(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def balances(folder, entries):
    """辅助余额表 with two rows of heads, and a sum below."""
    heads = HEADS + ["期初余额", "", "本期发生额", "", "本年累计发生额", "", "期末余额", ""]
    below = [""] * len(HEADS) + ["借方", "贷方"] * 4
    rows = [["辅助余额表"], heads, below]
    for keys, debit, credit in lines(entries):
        rows.append(keys + [0, 0, 0, 0, debit or 0, credit or 0, debit or 0, credit or 0])
    saved(folder / "辅助余额表.xlsx", rows)


def ledger(folder, entries):
    """三栏明细账 by month, with openings, sums of months and of the year so far."""
    rows = [["明细账"], HEADS + ["凭证日期", "凭证编号", "摘要", "借方", "贷方", "方向", "余额"]]
    for number, (keys, debit, credit) in enumerate(lines(entries)):
        # An expense and the income that pays it are one voucher.
        voucher = f"记-{number // 2 + 1}"
        rows.append(keys + ["", "", "期初余额", "", "", "平", 0])
        for month in (3, 9):
            # Half in spring, the rest in autumn, to the 分.
            half = lambda amount: "" if amount == "" else round(amount / 2, 2) if month == 3 else round(amount - round(amount / 2, 2), 2)
            rows.append(keys + [f"2024-{month:02}-15", voucher, "支付", half(debit), half(credit), "借", ""])
            rows.append(keys + ["", "", "本月合计", half(debit), half(credit), "借", ""])
        rows.append(keys + ["", "", "本年累计", debit, credit, "借", debit or credit])
    saved(folder / "明细账.xlsx", rows)


def vouchers(folder, entries):
    """Vouchers with 方向 and 金额, as CSV in GBK; the money comes and goes over 资金结存."""
    with open(folder / "凭证.csv", "w", newline="", encoding="gbk") as file:
        out = csv.writer(file)
        out.writerow(["记账日期", "凭证字号"] + HEADS + ["借贷方向", "金额"])
        for number, (keys, debit, credit) in enumerate(lines(entries), 1):
            money = [keys[0], "8001", "", "", "", "", ""]
            amount = f"￥{debit or credit:,.2f}"
            out.writerow(["2024.6.1", f"记{number}"] + keys + ["借" if debit else "贷", amount])
            out.writerow(["2024.6.1", f"记{number}"] + money + ["贷" if debit else "借", amount])


STYLES = {"辅助余额表": balances, "明细账": ledger, "凭证": vouchers}


def openings(folder, entries):
    saved(
        folder / "年初余额.xlsx",
        [["单位名称", "科目编码", "资金性质", "支出功能分类", "支出性质", "年初余额"]]
        + [[unit, "8101", FUND, "2012604", "基本支出", 0] for unit in dict.fromkeys(entry[0] for entry in entries)],
    )


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
    for later in ("绩效项目", "绩效指标", "绩效文字"):
        person.rows(book, later, [])
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


def publish(person, style):
    code, lines = person.compile()
    if code == 1 and (person.root / "out" / LIST).exists():
        person.list()
        code, lines = person.compile()
    person.told(style)
    good = code == 0 and any(line.startswith("可以公开") for line in lines)
    good &= max(person.lines) <= LINES_MAX and person.rounds <= ROUNDS_MAX
    if good:
        code, lines = person.run("verify", "out")
        good = code == 0
    if not good:
        print("\n".join(lines[-30:]))
    return good


def single(program, root, style, books):
    name = "云溪市档案馆"
    person = Accountant(program, root / f"单位-{style}", "一个单位")
    person.new(year="2024", variant="湖北", level="地级市", name=name, region="云溪市")
    entries = [
        (name, "2012604", "30101", "基本支出", "", 1200000.5),
        (name, "2012604", "30201", "基本支出", "", 80000.25),
        (name, "2012604", "30227", "项目支出", "档案数字化", 300000),
    ]
    fill(person, entries, [(name, "行政")], 9)
    books(person.root / "in/books", entries)
    openings(person.root / "in/books", entries)
    return publish(person, style)


def department(program, root, style, books):
    name = "云溪市档案局"
    first, second = name + "（本级）", "云溪市档案修复中心"
    person = Accountant(program, root / f"部门-{style}", "一个部门、两个单位")
    person.new(year="2024", variant="湖北省", level="市级", name=name, region="云溪市")
    entries = [
        (first, "2012604", "30101", "基本支出", "", 1200000.5),
        (first, "2012604", "30201", "基本支出", "", 80000.25),
        (first, "2012604", "30227", "项目支出", "档案数字化", 300000),
        (second, "2012604", "30101", "基本支出", "", 400000),
        (second, "2012604", "30201", "基本支出", "", 60000.4),
    ]
    fill(person, entries, [(first, "行政"), (second, "事业")], 9)
    books(person.root / "in/books", entries)
    openings(person.root / "in/books", entries)
    return publish(person, style)


def thousands(fen):
    return f"{fen // 100:,}.{fen % 100:02d}"


def tens_of_thousands(fen):
    return f"{fen // 1_000_000}.{fen % 1_000_000:06d}"


class Ministry:
    """The workbook of the ministry's software: titles, units of money, heads over several rows, codes over three columns, text amounts."""

    def __init__(self, unit, shown):
        self.book, self.unit, self.shown = openpyxl.Workbook(), unit, shown
        self.book.remove(self.book.active)

    def sheet(self, number, title, heads, rows):
        sheet = self.book.create_sheet(f"财决{number}表" if number[0].isdigit() else f"{number}表")
        sheet.append([title])
        sheet.append([f"编制单位：{self.name}", "", f"{YEAR}年度", f"金额单位：{self.unit}"])
        for row in heads + rows:
            sheet.append([self.shown(cell) if isinstance(cell, int) else cell for cell in row])
        return sheet

    def codes(self, number, title, columns, rows):
        """A table by function code: 类, 款, 项 in a column each."""
        heads = [["支出功能分类科目编码", "", "", "科目名称"] + columns, ["类", "款", "项", "栏次"] + [str(n) for n in range(1, len(columns) + 1)]]
        sheet = self.sheet(number, title, heads, rows)
        sheet.merge_cells(start_row=3, end_row=3, start_column=1, end_column=3)


YEAR = 2024


def ministry(path, name, unit, shown):
    """A unit with wages, office expense, receptions and one project, as 财决01 … 附03 tell it; amounts in 分."""
    wages, office, reception, project = 120_000_050, 7_500_025, 500_000, 30_000_000
    public = office + reception
    basic = wages + public
    total = basic + project
    book = Ministry(unit, shown)
    book.name = name
    income = ["一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、国有资本经营预算财政拨款收入"]
    heads = [
        ["收入", "", "", "支出", "", ""],
        ["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数"],
        ["栏次", "", "1", "栏次", "", "2"],
    ]
    rows = [
        [income[0], "1", total, "一、一般公共服务支出", "32", total],
        [income[1], "2", 0, "", "", ""],
        [income[2], "3", 0, "", "", ""],
        ["四、上级补助收入", "4", 0, "", "", ""],
        ["五、事业收入", "5", 0, "", "", ""],
        ["六、经营收入", "6", 0, "", "", ""],
        ["七、附属单位上缴收入", "7", 0, "", "", ""],
        ["八、其他收入", "8", 0, "", "", ""],
        ["本年收入合计", "27", total, "本年支出合计", "57", total],
        ["使用非财政拨款结余", "28", 0, "结余分配", "58", 0],
        ["年初结转和结余", "29", 0, "年末结转和结余", "59", 0],
        ["总计", "31", total, "总计", "62", total],
    ]
    book.sheet("01", "收入支出决算总表", heads, rows)
    four = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    heads = [
        ["收入", "", "", "支出", "", "", "", "", ""],
        ["项目", "行次", "决算数", "项目（按功能分类）", "行次", "决算数", "", "", ""],
        ["", "", "", "", ""] + four,
        ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
    ]
    nothing = [0, 0, 0, 0]
    rows = [
        ["一、一般公共预算财政拨款", "1", total, "一、一般公共服务支出", "33", total, total, 0, 0],
        ["二、政府性基金预算财政拨款", "2", 0, "", "", "", "", "", ""],
        ["三、国有资本经营预算财政拨款", "3", 0, "", "", "", "", "", ""],
        ["本年收入合计", "27", total, "本年支出合计", "59", total, total, 0, 0],
        ["年初财政拨款结转和结余", "28", 0, "年末财政拨款结转和结余", "60"] + nothing,
        ["一般公共预算财政拨款", "29", 0, "", "", "", "", "", ""],
        ["政府性基金预算财政拨款", "30", 0, "", "", "", "", "", ""],
        ["国有资本经营预算财政拨款", "31", 0, "", "", "", "", "", ""],
        ["总计", "32", total, "总计", "64", total, total, 0, 0],
    ]
    book.sheet("01-1", "财政拨款收入支出决算总表", heads, rows)
    classes = [["", "", "", "合计"], ["201", "", "", "一般公共服务支出"], ["201", "26", "", "档案事务"], ["201", "26", "04", "档案馆"]]
    below = lambda *values: [keys + list(values) for keys in classes]
    columns = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
    book.codes("03", "收入决算表", columns, below(total, total, 0, 0, 0, 0, 0))
    columns = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    book.codes("04", "支出决算表", columns, below(total, basic, project, 0, 0, 0))
    heads = [["项目代码", "项目名称", "科目编码", "本年收入", "本年支出"]]
    rows = [["", "合计", "", project, project], ["420000240001", "档案数字化", "2012604", project, project]]
    book.sheet("06", "项目收入支出决算表", heads, rows)
    columns = ["本年支出合计", "基本支出", "项目支出"]
    book.codes("07", "一般公共预算财政拨款支出决算表", columns, below(total, basic, project))
    heads = [
        ["科目编码", "", "", "科目名称", "合计", "工资福利支出", "", "商品和服务支出", "", ""],
        ["", "", "", "", "", "小计", "基本工资", "小计", "办公费", "公务接待费"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6"],
    ]
    book.sheet("08-1", "一般公共预算财政拨款基本支出决算明细表", heads, below(basic, wages, wages, public, office, reception))
    book.codes("09", "政府性基金预算财政拨款收入支出决算表", ["年初结转和结余", "本年收入", "本年支出合计", "基本支出", "项目支出", "年末结转和结余"], [["", "", "", "合计", 0, 0, 0, 0, 0, 0]])
    book.codes("11", "国有资本经营预算财政拨款支出决算表", ["本年支出合计", "基本支出", "项目支出"], [["", "", "", "合计", 0, 0, 0]])
    heads = [["项目", "行次", "年初预算数", "全年预算数", "统计数"], ["栏次", "", "1", "2", "3"]]
    count = str
    rows = [
        ["一、“三公”经费支出", "1", "", "", ""],
        ["（一）支出合计", "2", 600_000, 600_000, reception],
        ["1.因公出国（境）费", "3", 0, 0, 0],
        ["2.公务用车购置及运行维护费", "4", 0, 0, 0],
        ["（1）公务用车购置费", "5", 0, 0, 0],
        ["（2）公务用车运行维护费", "6", 0, 0, 0],
        ["3.公务接待费", "7", 600_000, 600_000, reception],
        ["（1）国内接待费", "8", "", "", reception],
        ["（2）国（境）外接待费", "9", "", "", 0],
        ["（二）相关统计数", "10", "", "", ""],
        ["1.因公出国（境）团组数（个）", "11", "", "", count(0)],
        ["2.因公出国（境）人次数（人）", "12", "", "", count(0)],
        ["3.公务用车购置数（辆）", "13", "", "", count(0)],
        ["4.公务用车保有量（辆）", "14", "", "", count(0)],
        ["5.国内公务接待批次（个）", "15", "", "", count(12)],
        ["6.国内公务接待人次（人）", "16", "", "", count(96)],
        ["7.国（境）外公务接待批次（个）", "17", "", "", count(0)],
        ["8.国（境）外公务接待人次（人）", "18", "", "", count(0)],
        ["二、机关运行经费", "19", "", "", ""],
        ["（一）行政单位", "20", "", "", public],
        ["三、资产信息", "21", "", "", ""],
        ["（一）车辆数合计（辆）", "22", "", "", count(0)],
        ["（二）单价100万元（含）以上设备（不含车辆）（台，套）", "23", "", "", count(0)],
        ["四、政府采购支出信息", "24", "", "", ""],
        ["（一）政府采购支出合计", "25", "", "", 0],
        ["1.政府采购货物支出", "26", "", "", 0],
        ["2.政府采购工程支出", "27", "", "", 0],
        ["3.政府采购服务支出", "28", "", "", 0],
        ["（二）政府采购授予中小企业合同金额", "29", "", "", 0],
        ["其中：授予小微企业合同金额", "30", "", "", 0],
    ]
    book.sheet("附03", "机构运行信息表", heads, rows)
    book.book.save(path)
    return total


def imported(program, root, style, unit, shown):
    name = "云溪市档案馆"
    person = Accountant(program, root / f"装入-{style}", "一个单位，装入决算软件的工作簿")
    person.new(year=str(YEAR), variant="湖北", level="地级市", name=name, region="云溪市")
    export = person.root / "决算.xlsx"
    total = ministry(export, name, unit, shown)
    code, lines = person.run("import", str(export), "in")
    (person.root / "import.log").write_text("\n".join(lines), encoding="utf-8")
    assert (person.root / "in/tables/tables.json").exists(), lines
    path = person.root / "in" / BOOK
    book = openpyxl.load_workbook(path)
    person.profile(book, 批复日期="2025-08-20", 公开日期="2025-09-01", 联系电话="0711-0000000")
    person.rows(book, "单位", [{"单位名称": name, "单位性质": "行政", "是否本级": "是"}])
    person.rows(book, "职责", [{"职责": "收集、保管并提供利用地方档案"}])
    person.rows(book, "内设机构", [{"机构名称": "综合科"}, {"机构名称": "保管利用科"}])
    kinds = [("人员经费", 1200000.5, ""), ("公用经费", 80000.25, ""), ("项目支出", 300000, "档案数字化")]
    budget = [
        {"阶段": "年初预算", "资金性质": FUND, "支出功能分类": "2012604", "支出性质": kind, "金额": amount}
        | ({"项目名称": project} if project else {})
        for kind, amount, project in kinds
    ]
    person.rows(book, "预算指标", budget)
    person.rows(book, "上年数", prior("", total // 100 - 50000))
    for later in ("绩效项目", "绩效指标", "绩效文字"):
        person.rows(book, later, [])
    book.save(path)
    return publish(person, style)


UNITS = {"元": thousands, "万元": tens_of_thousands}


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    ended = [body(program, root, style, books) for body in (single, department) for style, books in STYLES.items()]
    ended += [imported(program, root, unit, unit, shown) for unit, shown in UNITS.items()]
    sys.exit(0 if all(ended) else 1)


if __name__ == "__main__":
    main()
