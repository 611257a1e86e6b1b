//! `department.toml`, `narrative.toml` and the texts of performance of the department that nobody has.

use juesuan_catalog::names::{fund, theme};
use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::plan::{Line, Plan};
use crate::units::{DEPARTMENT, HEADQUARTERS, UnitShape};

const DUTIES: [&str; 6] = [
    "拟订全市林业发展规划并组织实施。",
    "组织全市国土绿化、种苗生产和森林经营。",
    "监督管理森林资源的保护和利用，组织林业行政执法。",
    "负责森林防火的预防工作和林业有害生物防治。",
    "管理国有林场、森林公园和城市绿道。",
    "组织林业科学研究、技术推广和对外交流。",
];

const OFFICES: [&str; 5] = ["办公室", "计划财务科", "森林资源管理科", "造林绿化科", "防火安全科"];

/// Key of the narrative, what must have been spent for it to be asked (begin of a 款 or name of a fund), text.
type Text = (&'static str, &'static [&'static str], &'static str);

const OPERATING: &str = "机关运行经费.年初预算";
const OTHER_VEHICLES: &str = "资产.其他用车";
const ALWAYS: &[&str] = &[""];
const TRIPS: &[&str] = &["30212"];
const VEHICLES: &[&str] = &["30231", "31013"];
const RECEPTIONS: &[&str] = &["30217"];
const THREE_PUBLIC: &[&str] = &["30212", "30217", "30231", "31013"];

const CAUSES: [Text; 15] = [
    ("收支总计.上年", ALWAYS, "人员经费标准调整，项目安排与上年不同"),
    ("财政拨款收支总计.上年", ALWAYS, "人员经费标准调整，财政安排的项目与上年不同"),
    ("一般公共预算财政拨款收入.上年", ALWAYS, "人员经费标准调整"),
    ("政府性基金预算财政拨款收入.上年", &["政府性基金"], "绿道和步道建设的进度与上年不同"),
    ("国有资本经营预算财政拨款收入.上年", &["国有资本经营"], "国有林场改革成本按进度安排"),
    ("一般公共预算财政拨款支出.上年", ALWAYS, "人员经费标准调整，项目安排与上年不同"),
    (OPERATING, ALWAYS, "按实际需要安排机关运转支出"),
    ("三公经费.全年预算", THREE_PUBLIC, "从严控制，未用完预算"),
    ("三公经费.上年", THREE_PUBLIC, "用车、接待和出国的安排与上年不同"),
    ("因公出国（境）费.全年预算", TRIPS, "团组费用低于预算"),
    ("因公出国（境）费.上年", TRIPS, "本年有一个因公出国团组，上年没有"),
    ("公务用车购置及运行维护费.全年预算", VEHICLES, "从严控制车辆费用"),
    ("公务用车购置及运行维护费.上年", VEHICLES, "车辆的更新和维修与上年不同"),
    ("公务接待费.全年预算", RECEPTIONS, "从严控制接待费用"),
    ("公务接待费.上年", RECEPTIONS, "来访批次与上年不同"),
];

const TEXTS: [Text; 11] = [
    ("三公.出国任务", TRIPS, "交流北方森林经营和防火技术"),
    ("三公.购置用途", &["31013"], "更新执法执勤用车"),
    ("三公.运行用途", &["30231"], "公务用车的燃油、维修、过路和保险"),
    ("三公.国内接待对象", RECEPTIONS, "上级林业部门和外地同行"),
    ("三公.国内接待用途", RECEPTIONS, "工作检查、学习交流和项目验收"),
    (OTHER_VEHICLES, ALWAYS, "业务用皮卡车"),
    ("绩效管理.到位差异", ALWAYS, "年中按实际需要调整了人员经费和项目经费"),
    ("绩效管理.执行差异", ALWAYS, "部分项目跨年实施，按规定结转下年"),
    ("绩效管理.资金管理", ALWAYS, "项目资金实行专款专用，支出按制度逐级审批"),
    ("绩效管理.整体评价", ALWAYS, "年度绿化、防火和资源管护目标基本完成"),
    ("绩效管理.结果应用", ALWAYS, "自评结果作为安排下年项目预算和改进管理的依据"),
];

const PURPOSES: [(&str, &str); 8] = [
    ("208", "离退休人员补贴和在职人员养老保险、职业年金缴费"),
    ("210", "在职人员基本医疗保险缴费"),
    ("213", "机关和事业单位运转以及绿化、防火、资源管护等专项工作"),
    ("221", "在职人员住房公积金缴存"),
    ("2120803", "城市绿道建设"),
    ("2120899", "森林公园步道修缮"),
    ("2230107", "国有林场改革安置"),
    ("212", "绿道和步道建设"),
];

/// Whose texts.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// The department, with its units.
    Department(&'a [UnitShape]),
    /// One of its units.
    Unit(&'a UnitShape),
}

impl Of<'_> {
    fn units(&self) -> &[UnitShape] {
        match self {
            Of::Department(units) => units,
            Of::Unit(unit) => std::slice::from_ref(unit),
        }
    }

    fn has_operating_cost(&self) -> bool {
        self.units().iter().any(|unit| !unit.is_institution())
    }

    fn has_other_vehicles(&self) -> bool {
        self.units().iter().any(|unit| unit.vehicles.contains(&theme::OTHER_VEHICLES))
    }
}

/// True if the line is of a 款 or a fund that begins so.
fn says(line: &Line, start: &str) -> bool {
    line.economic.starts_with(start) || line.fund.starts_with(start)
}

/// `department.toml`.
pub fn department(of: Of<'_>, year: u16) -> String {
    let mut out = String::from("# 虚构的部门：由种子生成，不对应任何真实单位。\n");
    let quoted = |items: &[&str]| items.iter().map(|i| format!("  \"{i}\",\n")).collect::<String>();
    let (name, short, scope, units, offices): (_, _, _, &[UnitShape], &[&str]) = match of {
        Of::Department(units) => (DEPARTMENT, "市林业局", "部门", units, &OFFICES),
        Of::Unit(unit) => (unit.name, "", "单位", std::slice::from_ref(unit), &[]),
    };
    let duties: &[&str] = match of {
        Of::Department(_) => &DUTIES,
        Of::Unit(unit) => &[unit.duty],
    };
    let _ = write!(
        out,
        "name = \"{name}\"\nshort_name = \"{short}\"\nscope = \"{scope}\"\nyear = {year}\nvariant = \"hubei\"\n\
         level = \"市\"\nregion = \"云岭市\"\n\nduties = [\n{}]\n\noffices = [\n{}]\n",
        quoted(duties),
        quoted(offices)
    );
    for unit in units {
        let _ = write!(out, "\n[[unit]]\nname = \"{}\"\nkind = \"{}\"\n", unit.name, unit.kind);
        if unit.name == HEADQUARTERS || units.len() == 1 {
            out.push_str("headquarters = true\n");
        }
    }
    let next = year + 1;
    let _ = write!(
        out,
        "\n[approval]\nnumber = \"云财决〔{next}〕18号\"\ndate = \"{next}-08-20\"\n\
         \n[publication]\nplace = \"云岭市人民政府网站\"\ndate = \"{next}-09-05\"\n\
         \n[secrecy]\ncleared_by = \"局保密委员会\"\ndate = \"{next}-08-26\"\n"
    );
    out
}

/// `narrative.toml`: causes for every 项, texts and purposes.
pub fn narrative(plan: &Plan, of: Of<'_>) -> String {
    let mut out = String::from("# 虚构的原因和文字。\n\n[cause]\n");
    let pair = |out: &mut String, key: &str, text: &str| {
        let _ = writeln!(out, "\"{key}\" = \"{text}\"");
    };
    let own = |line: &&Line| match of {
        Of::Department(_) => true,
        Of::Unit(unit) => line.unit == unit.name,
    };
    let has = |start: &str| plan.lines.iter().filter(own).any(|l| says(l, start));
    for (key, needs, text) in CAUSES {
        if needs.iter().any(|start| has(start)) && (key != OPERATING || of.has_operating_cost()) {
            pair(&mut out, key, text);
        }
    }
    let general: Vec<&Line> =
        plan.lines.iter().filter(own).filter(|l| !l.is_income() && l.fund == fund::GENERAL).collect();
    for function in general.iter().map(|l| l.function.as_str()).collect::<BTreeSet<_>>() {
        pair(&mut out, &format!("年初预算.{function}"), "年中按实际需要调整了预算安排");
    }
    out.push_str("\n[text]\n");
    for (key, needs, text) in TEXTS {
        if needs.iter().any(|start| has(start)) && (key != OTHER_VEHICLES || of.has_other_vehicles()) {
            pair(&mut out, key, text);
        }
    }
    out.push_str("\n[purpose]\n");
    for (code, text) in PURPOSES {
        pair(&mut out, code, text);
    }
    out
}

/// `performance/绩效文字.csv`: what is reported of every project that the general budget pays.
pub fn performance(plan: &Plan, of: Of<'_>) -> String {
    let own = |line: &&Line| match of {
        Of::Department(_) => true,
        Of::Unit(unit) => line.unit == unit.name,
    };
    let general = plan.lines.iter().filter(own).filter(|l| !l.is_income() && l.fund == fund::GENERAL);
    let mut out = String::from("项目名称,栏目,内容\n");
    for name in general.map(|l| l.project.as_str()).filter(|p| !p.is_empty()).collect::<BTreeSet<_>>() {
        let _ = write!(
            out,
            "{name},产出,{name}按计划推进，年度目标基本完成\n{name},问题,部分绩效指标难以量化\n\
             {name},改进措施,按项目修订绩效指标\n"
        );
    }
    out
}
