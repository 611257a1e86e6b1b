#!/usr/bin/env python3
"""planted.py JUESUAN [--seeds N] [--details] [--keep DIR]: one fault at a time in clean documents of bodies that do not exist.

Makes accounts of five kinds (a ministry whose text is in 亿元, a school of 2019, a bureau of 2016, a county's bureau with eleven
tables, a town whose tables are in 元) as DOCX and HTML, plants one fault of each kind, runs `check` on each and counts: clean ones
without error or warning, faults that are found with their own figure or words, and runs in which nothing else is found. Names,
amounts and wording are made here and by no part of the program. Standard library only.
"""
import argparse, csv, html, json, random, re, subprocess, sys, tempfile, zipfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CODES = Path(__file__).resolve().parent.parent / "catalog" / "codes" / "function.tsv"
NUMERALS = "零 一 二 三 四 五 六 七 八 九 十".split()
OLD = ["一般公共服务", "外交", "国防", "公共安全", "教育", "科学技术", "文化体育与传媒", "社会保障和就业", "医疗卫生与计划生育", "节能环保",
       "城乡社区", "农林水", "交通运输", "资源勘探信息等", "商业服务业等", "金融", "援助其他地区", "国土海洋气象等", "住房保障", "粮油物资储备",
       "其他", "债务还本", "债务付息"]
CLASSES = {2016: OLD,
           2019: [{"文化体育与传媒": "文化旅游体育与传媒", "医疗卫生与计划生育": "卫生健康", "国土海洋气象等": "自然资源海洋气象等"}.get(n, n)
                  for n in OLD[:20]] + ["灾害防治及应急管理"] + OLD[20:]}
CLASSES[2021] = [n.replace("资源勘探信息等", "资源勘探工业信息等") for n in CLASSES[2019][:20]] + [
    "国有资本经营预算", "灾害防治及应急管理", "其他", "债务还本", "债务付息", "抗疫特别国债安排的"]
ECONOMIC = [("301", "工资福利支出", [("30101", "基本工资"), ("30102", "津贴补贴"), ("30108", "机关事业单位基本养老保险缴费")]),
            ("302", "商品和服务支出", [("30201", "办公费"), ("30211", "差旅费"), ("30228", "工会经费"), ("30231", "公务用车运行维护费"),
                                ("30217", "公务接待费")])]


class Kind:
    def __init__(self, name, body, year, items, *, own=0, word="部门", table_unit="万元", text_unit="万元", grain=1, scale=1, more=()):
        self.name, self.body, self.year, self.items, self.own, self.word = name, body, year, items, own, word
        self.table_unit, self.text_unit, self.grain, self.scale, self.more = table_unit, text_unit, grain, scale, more


SOCIAL = ["2080505", "2210201"]
KINDS = [
    Kind("ministry", "国家河湖养护局", 2023, ["2130301", "2130302", "2130306", "2101101"] + SOCIAL, text_unit="亿元", grain=10000, scale=40),
    Kind("school-2019", "云汀市枫林中学", 2019, ["2050203", "2050299", "2101102"] + SOCIAL, own=1, word="单位"),
    Kind("bureau-2016", "云汀市档案局", 2016, ["2012601", "2012604"] + SOCIAL),
    Kind("eleven-tables", "青禾县文物局", 2023, ["2070201", "2070204", "2101101"] + SOCIAL, own=1,
         more=("政府采购情况表", "机关运行经费支出情况表")),
    Kind("town-in-yuan", "临禾县柳汀镇人民政府", 2021, ["2010301", "2010302", "2130705", "2101101"] + SOCIAL, table_unit="元"),
]


def names(year):
    out = {}
    for row in csv.DictReader(CODES.open(encoding="utf-8"), delimiter="\t"):
        if int(row["valid_from"] or 0) <= year <= int(row["valid_to"] or 9999):
            out[row["code"]] = row["name"]
    return out


def numeral(n):
    return NUMERALS[n] if n <= 10 else ("" if n < 20 else NUMERALS[n // 10]) + "十" + (NUMERALS[n % 10] if n % 10 else "")


class Num(str):
    """A printed number: what it is, and where."""
    def __new__(cls, text, what, place):
        self = super().__new__(cls, text)
        self.what, self.place = what, place
        return self


class Maker:
    """Amounts are in hundredths of 万元."""
    def __init__(self, kind, seed):
        self.kind, self.random, self.blocks = kind, random.Random(f"{kind.name} {seed}"), []
        self.names = names(kind.year)

    def amount(self, low, high):
        grain = self.kind.grain
        return self.random.randint(low * self.kind.scale // grain or 1, high * self.kind.scale // grain or 2) * grain

    def cell(self, value, what="amount"):
        if value is None:
            return ""
        shown = f"{value * 100:,.2f}" if self.kind.table_unit == "元" else f"{value / 100:.2f}"
        return Num(shown, what, "cell")

    def said(self, value, what="amount"):
        shown = f"{value / 1000000:.2f}" if self.kind.text_unit == "亿元" else f"{value / 100:.2f}"
        return [Num(shown, what, "text"), self.kind.text_unit]

    def percent(self, part, whole):
        return [Num(f"{part * 100 / whole:.2f}", "percent", "text"), "%"]

    def p(self, *runs):
        self.blocks.append(("p", [r for run in runs for r in (run if isinstance(run, list) else [run])]))

    def h(self, level, text):
        self.blocks.append((f"h{level}", [text]))

    def table(self, title, number, rows, note=None):
        self.blocks += [("c", [title]), ("c", [f"公开{number:02}表"]),
                        ("p", [f"{self.kind.word}：{self.kind.body}　　　　金额单位：{self.kind.table_unit}"]), ("t", rows)]
        self.p(note or f"注：本表反映{self.kind.word}本年度的有关情况。")

    def change(self, now, before, cause):
        if now == before:
            return ["与上年持平"]
        up = now > before
        return [Num("增加" if up else "减少", "direction", "text"), *self.said(abs(now - before), "change"), "，",
                "增长" if up else "下降", *self.percent(abs(now - before), before), f"，主要原因是{cause}"]


def plan(m):
    k, r = m.kind, m.random
    items = {c: [m.amount(2000, 90000), 0] for c in k.items}
    for c in k.items[1:3]:
        if c not in SOCIAL and not c.startswith("210"):
            items[c] = [0, m.amount(3000, 60000)]
    basic, project = (sum(v[i] for v in items.values()) for i in (0, 1))
    total = basic + project
    other = m.amount(500, 3000) if k.own else 0
    opening = m.amount(800, 4000)
    closing = m.amount(200, 700)
    fiscal = total - other - opening + closing
    return items, basic, project, total, other, opening, closing, fiscal


def tree(m, items):
    """Rows of the table: classes, sections, items with their sums."""
    out = []
    for c in sorted({c[:3] for c in items}):
        out.append((c, m.names[c], [sum(v[i] for d, v in items.items() if d.startswith(c)) for i in (0, 1)]))
        for s in sorted({d[:5] for d in items if d.startswith(c)}):
            out.append((s, m.names[s], [sum(v[i] for d, v in items.items() if d.startswith(s)) for i in (0, 1)]))
            out += [(d, m.names[d], v) for d, v in sorted(items.items()) if d.startswith(s)]
    return out


def make(kind, seed):
    m = Maker(kind, seed)
    items, basic, project, total, other, opening, closing, fiscal = plan(m)
    year, body, word = kind.year, kind.body, kind.word
    classes = CLASSES[max(y for y in CLASSES if y <= year)]
    recent = year >= 2020
    by_class = {m.names[c].removesuffix("支出"): sum(sum(v) for d, v in items.items() if d.startswith(c)) for c in {d[:3] for d in items}}
    incomes = ([("财政拨款收入", fiscal)] if year < 2018 else [("一般公共预算财政拨款收入", fiscal), ("政府性基金预算财政拨款收入", 0)]
               + ([("国有资本经营预算财政拨款收入", 0)] if recent else []))
    incomes += [("上级补助收入", 0), ("事业收入", 0), ("经营收入", 0), ("附属单位上缴收入", 0), ("其他收入", other)]
    income, grand = fiscal + other, fiscal + other + opening
    # What was left of last year is what this one began with.
    own = (total - other) * m.random.randint(88, 112) // 100 // kind.grain * kind.grain
    prior = {"own": own, "fiscal": own + opening, "grand": own + opening + other * 9 // 10 // kind.grain * kind.grain}
    for line in (body, f"{year}年度{word}决算"):
        m.blocks.append(("c", [line]))
    m.h(0, f"第一部分 {word}概况")
    m.h(1, "一、主要职责")
    m.p(f"{body}负责本地区有关事业的管理和服务工作。")
    m.h(1, "二、机构设置")
    m.p(f"{body}内设综合科、业务科两个科室，没有下属单位。" if word == "部门" else f"{body}内设教务处、总务处两个处室。")
    m.h(0, f"第二部分 {year}年度{word}决算表")
    left = [(f"{numeral(i + 1)}、{n}", v) for i, (n, v) in enumerate(incomes)]
    right = [(f"{numeral(i + 1)}、{n}支出", by_class.get(n, 0)) for i, n in enumerate(classes)]
    rows, half = [["收入", "", "", "支出", "", ""], ["项目", "行次", "金额", "项目", "行次", "金额"], ["栏次", "", "1", "栏次", "", "2"]], len(right) + 4
    for i in range(len(right)):
        a, b = left[i] if i < len(left) else ("", None), right[i]
        rows.append([a[0], str(i + 1), m.cell(a[1]), b[0], str(half + i + 1), m.cell(b[1])])
    tail = [("本年收入合计", income, "本年支出合计", total), ("使用非财政拨款结余" if year >= 2018 else "用事业基金弥补收支差额", 0, "结余分配", 0),
            ("年初结转和结余", opening, "年末结转和结余", closing), ("总计", grand, "总计", grand)]
    for i, (a, x, b, y) in enumerate(tail, len(right)):
        rows.append([a, str(i + 1), m.cell(x, "total"), b, str(half + i + 1), m.cell(y, "total")])
    m.table("收入支出决算总表", 1, rows)
    head = ["科目编码", "科目名称"]
    def listed(columns, values, numbers):
        out = [head + columns, ["栏次", ""] + [str(i + 1) for i in range(len(columns))]]
        sums = [sum(values(c, n, v)[i] for c, n, v in tree(m, items) if len(c) == 3) for i in range(len(columns))]
        out.append(["合计", ""] + [m.cell(x, "total") for x in sums])
        return out + [[c, n] + [m.cell(x) for x in values(c, n, v)] for c, n, v in tree(m, items)]
    base = kind.items[0]
    def received(c, n, v):
        # What was carried over was spent on the first item, what others paid went there too.
        own, carried = (other, opening - closing) if base.startswith(c) else (0, 0)
        return [sum(v) - carried, sum(v) - carried - own, 0, 0, 0, 0, own]
    m.table("收入决算表", 2, listed(["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"], received, 7))
    m.table("支出决算表", 3, listed(["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
                               lambda c, n, v: [sum(v), v[0], v[1], 0, 0, 0], 6))
    paid = {c: list(v) for c, v in items.items()}
    paid[base][0] -= other
    general, general_basic = total - other, basic - other
    own_class = {n: v - (other if m.names[base[:3]].removesuffix("支出") == n else 0) for n, v in by_class.items()}
    funds = ["一般公共预算财政拨款", "政府性基金预算财政拨款"] + (["国有资本经营预算财政拨款"] if recent else [])
    rows = [["收入", "", "", "支出"] + [""] * (len(funds) + 2), ["项目", "行次", "金额", "项目", "行次", "合计"] + funds]
    left = [(f"{numeral(i + 1)}、{f}", fiscal if i == 0 else 0) for i, f in enumerate(funds)]
    zeros = [0] * (len(funds) - 1)
    half = len(right) + 8
    for i, n in enumerate(classes):
        a = left[i] if i < len(left) else ("", None)
        v = own_class.get(n, 0)
        rows.append([a[0], str(i + 1), m.cell(a[1]), f"{numeral(i + 1)}、{n}支出", str(half + i + 1)] + [m.cell(x) for x in [v, v] + zeros])
    tail = [("本年收入合计", fiscal, "本年支出合计", general), ("年初财政拨款结转和结余", opening, "年末财政拨款结转和结余", closing)]
    tail += [(f"{numeral(i + 1)}、{f}" if recent else f, opening if i == 0 else 0, "", None) for i, f in enumerate(funds)] + [("总计", fiscal + opening, "总计", fiscal + opening)]
    for i, (a, x, b, y) in enumerate(tail, len(right)):
        cells = [m.cell(z, "total") for z in ([y, y] + zeros if y is not None else [None] * (len(funds) + 1))]
        rows.append([a, str(i + 1), m.cell(x, "total"), b, str(half + i + 1)] + cells)
    m.table("财政拨款收入支出决算总表", 4, rows)
    items_all, items = items, paid
    def listed_general(columns, values):
        out = [head + columns, ["栏次", ""] + [str(i + 1) for i in range(len(columns))]]
        whole = [sum(values(v)[i] for c, n, v in tree(m, paid) if len(c) == 3) for i in range(len(columns))]
        return out + [["合计", ""] + [m.cell(x, "total") for x in whole]] + [[c, n] + [m.cell(x) for x in values(v)] for c, n, v in tree(m, paid)]
    m.table("一般公共预算财政拨款支出决算表", 5, listed_general(["本年支出合计", "基本支出", "项目支出"], lambda v: [sum(v), v[0], v[1]]))
    pension = sum(v[0] for c, v in paid.items() if c == "2080505")
    run, guests = m.amount(200, 400), m.amount(100, 190)
    personnel = (general_basic * 4 // 5) // kind.grain * kind.grain
    public = general_basic - personnel
    wages = (personnel - pension) * 3 // 5 // kind.grain * kind.grain
    money = {"30101": wages, "30102": personnel - pension - wages, "30108": pension, "30231": run, "30217": guests}
    rest = public - run - guests
    money["30211"] = rest // 4 // kind.grain * kind.grain
    money["30228"] = rest // 5 // kind.grain * kind.grain
    money["30201"] = rest - money["30211"] - money["30228"]
    sides = [[(c, n, sum(money[d] for d, _ in below))] + [(d, e, money[d]) for d, e in below] for c, n, below in ECONOMIC]
    rows = [["人员经费", "", "", "公用经费", "", ""], ["科目编码", "科目名称", "决算数"] * 2]
    for i in range(max(map(len, sides))):
        rows.append([x for side in sides for x in ((side[i][0], side[i][1], m.cell(side[i][2])) if i < len(side) else ("", "", ""))])
    rows.append(["人员经费合计", "", m.cell(personnel, "total"), "公用经费合计", "", m.cell(public, "total")])
    m.table("一般公共预算财政拨款基本支出决算明细表", 6, rows)
    none = lambda fund: f"说明：本{word}{year}年度没有{fund}收入支出，故本表无数据。"
    columns = ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"]
    m.table("政府性基金预算财政拨款收入支出决算表", 7, [head + columns, ["合计", ""] + [""] * 6], none("政府性基金预算财政拨款"))
    number = 8
    if recent:
        m.table("国有资本经营预算财政拨款支出决算表", 8, [head + ["合计", "基本支出", "项目支出"], ["合计", ""] + [""] * 3], none("国有资本经营预算财政拨款"))
        number = 9
    plan_run, plan_guests = run + m.amount(20, 60), guests + m.amount(10, 40)
    kinds = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"]
    below = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""]
    values = [[a + b, 0, a, 0, a, b] for a, b in ((plan_run, plan_guests), (run, guests))]
    m.table("财政拨款“三公”经费支出决算表", number, [["预算数"] + [""] * 5 + ["决算数"] + [""] * 5, kinds * 2, below * 2,
            [m.cell(x) for v in values for x in v]])
    for i, title in enumerate(kind.more):
        m.table(title, number + 1 + i, [["项目", "金额"], ["合计", m.cell(rest, "shown")]])
    text(m, locals())
    return m


def text(m, v):
    """The running text; `v` holds the amounts."""
    year, word, body, kind = v["year"], v["word"], v["body"], m.kind
    last, prior, total, general = year - 1, v["prior"], v["total"], v["general"]
    m.h(0, f"第三部分 {year}年度{word}决算情况说明")
    m.h(1, "一、收入支出决算总体情况说明")
    m.p(f"{year}年度收入、支出总计均为", *m.said(v["grand"]), f"。与{last}年度相比，收、支总计各", *m.change(v["grand"], prior["grand"], "人员和项目有变化"), "。")
    m.h(1, "二、收入决算情况说明")
    m.p(f"{year}年度收入合计", *m.said(v["income"]), "，其中：财政拨款收入", *m.said(v["fiscal"]), "，占", *m.percent(v["fiscal"], v["income"]),
        *(["；其他收入", *m.said(v["other"]), "，占", *m.percent(v["other"], v["income"])] if v["other"] else []), "。")
    m.h(1, "三、支出决算情况说明")
    m.p(f"{year}年度支出合计", *m.said(total), "，其中：基本支出", *m.said(v["basic"]), "，占", *m.percent(v["basic"], total), "；项目支出",
        *m.said(v["project"]), "，占", *m.percent(v["project"], total), "。")
    m.h(1, "四、财政拨款收入支出决算总体情况说明")
    m.p(f"{year}年度财政拨款收入、支出总计均为", *m.said(v["fiscal"] + v["opening"]), f"。与{last}年度相比，财政拨款收、支总计各",
        *m.change(v["fiscal"] + v["opening"], prior["fiscal"], "财政安排有变化"), "。")
    m.h(1, "五、一般公共预算财政拨款支出决算情况说明")
    m.h(2, "（一）一般公共预算财政拨款支出决算总体情况")
    m.p(f"{year}年度一般公共预算财政拨款支出", *m.said(general), "，占本年支出合计的", *m.percent(general, total), f"。与{last}年度相比，一般公共预算财政拨款支出",
        *m.change(general, prior["own"], "工作任务有变化"), "。")
    m.h(2, "（二）一般公共预算财政拨款支出决算结构情况")
    shares = [(c, n, sum(x)) for c, n, x in tree(m, v["paid"]) if len(c) == 3]
    parts = [["；" if i else "", f"{n}（类）支出" if not n.endswith("支出") else f"{n}（类）", *m.said(x), "，占", *m.percent(x, general)] for i, (c, n, x) in enumerate(shares)]
    m.p(f"{year}年度一般公共预算财政拨款支出", *m.said(general), "，主要用于以下方面：", *[r for part in parts for r in part], "。")
    m.h(2, "（三）一般公共预算财政拨款支出决算具体情况")
    budgets = {c: max(kind.grain, sum(x) * m.random.randint(85, 98) // 100 // kind.grain * kind.grain) for c, x in v["paid"].items()}
    planned = sum(budgets.values())
    m.p(f"{year}年度一般公共预算财政拨款支出年初预算为", *m.said(planned), "，支出决算为", *m.said(general), "，完成年初预算的", *m.percent(general, planned), "。其中：")
    for i, (c, x) in enumerate(sorted(v["paid"].items())):
        n = m.names
        m.p(f"{i + 1}.{n[c[:3]]}（类）{n[c[:5]]}（款）{n[c]}（项）。年初预算为", *m.said(budgets[c]), "，支出决算为", *m.said(sum(x)), "，完成年初预算的",
            *m.percent(sum(x), budgets[c]), "，决算数大于预算数的主要原因是年中追加了有关经费。" if sum(x) > budgets[c] else "，决算数与预算数持平。")
    m.h(1, "六、一般公共预算财政拨款基本支出决算情况说明")
    spent = lambda at: "、".join(e for d, e in ECONOMIC[at][2] if v["money"][d])
    m.p(f"{year}年度一般公共预算财政拨款基本支出", *m.said(v["general_basic"]), "，其中：人员经费", *m.said(v["personnel"]), f"，主要包括：{spent(0)}；公用经费",
        *m.said(v["public"]), f"，主要包括：{spent(1)}。")
    funds = ["七、政府性基金预算财政拨款收入支出决算情况说明"] + (["八、国有资本经营预算财政拨款支出决算情况说明"] if v["recent"] else [])
    for title in funds:
        m.h(1, title)
        m.p(f"本{word}{year}年度没有{title[2:].split('预算')[0]}预算财政拨款收入支出。")
    at = 8 + v["recent"]
    m.h(1, f"{numeral(at)}、财政拨款“三公”经费支出决算情况说明")
    m.h(2, "（一）“三公”经费财政拨款支出决算总体情况说明")
    a, b = v["plan_run"] + v["plan_guests"], v["run"] + v["guests"]
    m.p(f"{year}年度“三公”经费财政拨款支出预算为", *m.said(a), "，支出决算为", *m.said(b), "，完成预算的", *m.percent(b, a), "，决算数小于预算数的主要原因是压缩一般性支出。")
    m.h(2, "（二）“三公”经费财政拨款支出决算具体情况说明")
    m.p("1.因公出国（境）费预算为", *m.said(0, "zero"), "，支出决算为", *m.said(0, "zero"), "，全年没有安排因公出国（境）团组。")
    m.p("2.公务用车购置及运行维护费预算为", *m.said(v["plan_run"]), "，支出决算为", *m.said(v["run"]), "，完成预算的", *m.percent(v["run"], v["plan_run"]),
        "。其中：公务用车购置费支出", *m.said(0, "zero"), "；公务用车运行维护费支出", *m.said(v["run"]), "。")
    m.p("3.公务接待费预算为", *m.said(v["plan_guests"]), "，支出决算为", *m.said(v["guests"]), "，完成预算的", *m.percent(v["guests"], v["plan_guests"]), "。")
    if word == "部门":
        at += 1
        m.h(1, f"{numeral(at)}、机关运行经费支出情况说明")
        before = v["public"] * 95 // 100 // kind.grain * kind.grain
        m.p(f"{year}年度机关运行经费支出", *m.said(v["public"]), f"，比{last}年度", *m.change(v["public"], before, "办公经费有变化"), "。")
    else:
        at += 1
        m.h(1, f"{numeral(at)}、机关运行经费支出情况说明")
        m.p(f"本单位是事业单位，{year}年度没有机关运行经费支出。")
    at += 1
    m.h(1, f"{numeral(at)}、政府采购支出情况说明")
    goods, service = v["rest"] // 2 // kind.grain * kind.grain, v["rest"] // 4 // kind.grain * kind.grain
    m.p(f"{year}年度政府采购支出总额", *m.said(goods + service), "，其中：政府采购货物支出", *m.said(goods), "、政府采购工程支出", *m.said(0, "zero"), "、政府采购服务支出", *m.said(service), "。")
    at += 1
    m.h(1, f"{numeral(at)}、国有资产占用情况说明")
    cars = [m.random.randint(1, 4), m.random.randint(1, 5)]
    count = lambda n, what="count": Num(str(n), what, "text")
    m.p(f"截至{year}年12月31日，本{word}共有车辆", count(sum(cars), "cars"), "辆，其中：机要通信用车", count(cars[0]), "辆、执法执勤用车", count(cars[1]), "辆；单价100万元以上设备0台（套）。")
    at += 1
    m.h(1, f"{numeral(at)}、预算绩效情况说明")
    m.p(f"本{word}按照要求组织开展了预算绩效自评。")
    m.h(0, "第四部分 名词解释")
    m.p("一、财政拨款收入：指本年度从同级财政部门取得的财政预算资金。")
    m.p("二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。")


def docx(blocks):
    out = []
    run = lambda text: f'<w:r><w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t></w:r>'
    for what, content in blocks:
        if what == "t":
            width = max(map(len, content))
            rows = "".join("<w:tr>" + "".join(f"<w:tc><w:p>{run(str(c))}</w:p></w:tc>" for c in row + [""] * (width - len(row))) + "</w:tr>" for row in content)
            out.append(f"<w:tbl>{rows}</w:tbl>")
            continue
        level = {"h0": '<w:outlineLvl w:val="0"/>', "h1": '<w:outlineLvl w:val="1"/>', "c": '<w:jc w:val="center"/>'}.get(what, "")
        out.append(f"<w:p><w:pPr>{level}</w:pPr>{''.join(run(str(r)) for r in content)}</w:p>")
    return ('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            + "".join(out) + "</w:body></w:document>")


def page(blocks):
    out = []
    for what, content in blocks:
        if what == "t":
            out.append("<table>" + "".join("<tr>" + "".join(f"<td>{html.escape(str(c))}</td>" for c in row) + "</tr>" for row in content) + "</table>")
        else:
            tag = {"h0": "h2", "h1": "h3", "h2": "h4"}.get(what, "p")
            align = ' align="center"' if what == "c" else ""
            out.append(f"<{tag}{align}>" + "".join(f"<span>{html.escape(str(r))}</span>" for r in content) + f"</{tag}>")
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(out)}</body></html>'


def write(blocks, path):
    if path.suffix == ".html":
        return path.write_text(page(blocks), encoding="utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        pack.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        pack.writestr("word/document.xml", docx(blocks))


def digit(text, r):
    """Another digit at one of the first two places."""
    places = [i for i, c in enumerate(text) if c.isdigit()][:2]
    at = r.choice([i for i in places if text[i] != "0" or i != places[0]] or places)
    other = r.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1:]


def swapped(text, r):
    pairs = [i for i in range(len(text) - 1) if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1] and (i or text[1] != "0")]
    pairs = [i for i in pairs if i < text.find(".")] or pairs
    if not pairs:
        return digit(text, r)
    i = r.choice(pairs)
    return text[:i] + text[i + 1] + text[i] + text[i + 2:]


def shifted(text, r):
    return text.replace(".", "")[:-1] + "." + text[-1] + "0" if "." in text else text + "0"


FAULTS = {  # name: (what may be changed, how)
    "cell": (lambda n: n.place == "cell" and n.what == "amount" and large(n), digit),
    "total": (lambda n: n.place == "cell" and n.what == "total" and large(n), digit),
    "text": (lambda n: n.place == "text" and n.what == "amount" and large(n), digit),
    "digits swapped": (lambda n: n.place == "text" and n.what == "amount" and large(n), swapped),
    "point": (lambda n: n.place == "text" and n.what == "amount" and large(n), shifted),
    "change": (lambda n: n.what == "change" and large(n), digit),
    "percent": (lambda n: n.what == "percent" and float(n) > 3, lambda t, r: f"{float(t) + r.choice([2.3, 4.7, 7.1]):.2f}"),
    "direction": (lambda n: n.what == "direction", lambda t, r: "减少" if t == "增加" else "增加"),
    "count": (lambda n: n.what == "count", lambda t, r: str(int(t) + 2)),
    "placeholder": (lambda n: n.place == "text" and n.what == "amount" and large(n), lambda t, r: "XX"),
}


def large(n):
    return float(n.replace(",", "")) >= 1.5


def planted(blocks, fault, r):
    """The blocks with one number or word changed; what stood there, what stands there, and the text around."""
    fits, change = FAULTS[fault]
    spots = [(b, i, j) for b, (what, content) in enumerate(blocks) for i, line in enumerate(content)
             for j, n in (enumerate(line) if isinstance(line, list) else [(None, line)]) if isinstance(n, Num) and fits(n)]
    if not spots:
        return None
    b, i, j = r.choice(spots)
    what, content = blocks[b]
    content = [list(line) if isinstance(line, list) else line for line in content]
    old = content[i] if j is None else content[i][j]
    new = change(str(old), r)
    if j is None:
        content[i] = new
    else:
        content[i][j] = new
    around = "".join(map(str, content)) if j is None else " ".join(map(str, content[i]))
    return blocks[:b] + [(what, content)] + blocks[b + 1:], str(old), new, around


def check(program, path):
    done = subprocess.run([program, "check", str(path), "--format", "json"], capture_output=True, timeout=300)
    documents = json.loads(done.stdout)["documents"]
    return [f for d in documents for f in d["findings"] if f["severity"] != "notice"]


def hits(finding, new, around, fault):
    bare = lambda text: re.sub(r"[\s,]|0+$", "", text.replace(",", "")).rstrip(".0") or "0"
    if fault in ("placeholder", "direction"):
        places = [p.get("quote") or "" for p in finding["places"]]
        return any(q.strip("…") and q.strip("…")[:12] in around or around[:12] in q for q in places) or new in finding["message"]
    spots = finding.get("spots") or []
    wrong = [s for s in spots if s["role"] == "wrong"] or spots
    return any(bare(str(s["value"]).lstrip("-")) == bare(new) for s in wrong) or any(bare(str(f["value"]).lstrip("-")) == bare(new) for f in finding["figures"])


def one(job):
    program, kind, seed, form, fault, folder = job
    maker = make(kind, seed)
    r = random.Random(f"{kind.name} {seed} {fault}")
    path = folder / f"{kind.name}-{seed}-{(fault or 'clean').replace(' ', '-')}.{form}"
    if fault is None:
        write(maker.blocks, path)
        return job, [], check(program, path), None
    made = planted(maker.blocks, fault, r)
    if made is None:
        return job, None, [], None
    blocks, old, new, around = made
    write(blocks, path)
    found = check(program, path)
    return job, [f for f in found if hits(f, new, around, fault)], found, (old, new, around)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("juesuan")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="", metavar="KIND")
    parser.add_argument("--details", action="store_true", help="list what was missed and what else was found")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the documents")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        folder = options.keep or Path(temp)
        folder.mkdir(parents=True, exist_ok=True)
        jobs = [(options.juesuan, k, s, form, fault, folder) for k in KINDS if options.only in k.name for s in range(options.seeds)
                for form in ("docx", "html") for fault in [None, *FAULTS]]
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(one, jobs))
    table, clean = defaultdict(Counter), Counter()
    for (_, kind, seed, form, fault, _), mine, found, what in results:
        if mine is None:
            continue
        if fault is None:
            clean.update(all=1, clean=not found)
        else:
            for name in (kind.name, fault, "all"):
                table[name].update(planted=1, found=bool(mine), alone=bool(mine) and len(found) == 1, silent_else=all(f in mine for f in found))
        if options.details and (found if fault is None else not mine or len(found) > 1):
            print(f"{kind.name} {seed} {form} {fault or 'clean'}: {'' if what is None else f'{what[0]} -> {what[1]} in {what[2][:80]}'}")
            for f in found:
                print("   ", "+" if f in mine else "-", f["code"], f["message"][:230].replace("\n", " "))
    print(f"clean documents without error or warning: {clean['clean']} of {clean['all']}")
    for name, c in table.items():
        print(f"{name:15} planted {c['planted']:4} found {c['found']:4} found and nothing else {c['alone']:4} nothing else {c['silent_else']:4}")
    every = table["all"]
    return 0 if every["alone"] * 100 >= every["planted"] * 98 and clean["clean"] == clean["all"] else 1


if __name__ == "__main__":
    sys.exit(main())
