//! An invented office with the published figures of a real one: exact amounts chosen so that they print as published.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_catalog::Way;
use juesuan_compose::{Composed, Sources, compose};
use juesuan_evaluate::campaign::{Campaign, Piece, Subject, money};
use juesuan_facts::{Amount, Department, Fact, Facts, Narrative};
use juesuan_model::{Cell, Dimension, Meaning, Measure, Money, Package, Place, Topic};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

/// The embedded catalogue.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

/// 万元 of 基本支出 by economic item, with the function item that it belongs to.
const BASIC: [(&str, &str, &str); 24] = [
    ("30101", "141.75", "2010301"),
    ("30102", "100.24", "2010301"),
    ("30103", "210.35", "2010301"),
    ("30108", "72.76", "2080505"),
    ("30109", "10.03", "2080506"),
    ("30110", "60.07", "2101101"),
    ("30112", "0.38", "2010301"),
    ("30113", "48.22", "2210201"),
    ("30199", "10", "2010301"),
    ("30302", "29.04", "2080501"),
    ("30399", "0.36", "2010301"),
    ("30201", "1.494", "2010301"),
    ("30202", "8.704", "2010301"),
    ("30206", "7.004", "2010301"),
    ("30207", "1.12", "2010301"),
    ("30209", "0.17", "2010301"),
    ("30211", "16.32", "2010301"),
    ("30215", "0.76", "2010301"),
    ("30227", "4.51", "2010301"),
    ("30228", "8.6", "2010301"),
    ("30229", "0.05", "2010301"),
    ("30231", "6.746", "2010301"),
    ("30239", "14.92", "2010301"),
    ("30299", "0.59", "2010301"),
];

/// Project, spent, economic item, 全年预算, 年初预算.
const PROJECTS: [(&str, &str, &str, &str, &str); 11] = [
    ("研究经费", "5.0024", "30227", "5", "5"),
    ("信用创建经费", "10.0024", "30227", "10", "10"),
    ("用车费用", "19.919", "30231", "20", "20"),
    ("购买服务", "28.8224", "30226", "37", "37"),
    ("大会经费", "3.2924", "30215", "3.29", "0"),
    ("因公出国经费", "6.326", "30212", "6.33", "0"),
    ("调研专项", "18.0024", "30211", "20", "0"),
    ("督查经费", "10.0048", "30211", "10", "0"),
    ("值班设备", "14.66", "31002", "15", "0"),
    ("处置工作经费", "20.0024", "30227", "20", "0"),
    ("信访经费", "15.0024", "30227", "15", "0"),
];

/// A department with its inputs.
#[derive(Clone)]
pub struct Made {
    pub department: Department,
    pub narrative: Narrative,
    pub facts: Facts,
    pub texts: BTreeMap<String, String>,
    prior: BTreeMap<Meaning, Amount>,
}

fn wan(text: &str) -> Money {
    Money::parse_wan_yuan(text).unwrap()
}

fn meaning(coordinates: &[(Dimension, &str)]) -> Meaning {
    coordinates.iter().fold(Meaning::new(), |meaning, (dimension, node)| meaning.with(*dimension, *node))
}

use Dimension::{Economic, Function, Fund, Item, Nature, Project, Source, Stage, Theme, Year};

impl Made {
    pub fn hubei() -> Made {
        Made::new("hubei")
    }

    pub fn shanghai() -> Made {
        Made::new("shanghai")
    }

    fn new(variant: &str) -> Made {
        let department: Department = toml::from_str(&format!(
            r#"
            name = "样县人民政府办公室"
            short_name = "县政府办"
            year = 2023
            variant = "{variant}"
            level = "县"
            duties = ["组织会议。", "管理机关。"]
            offices = ["综合股", "秘书股"]
            [[unit]]
            name = "样县人民政府办公室"
            kind = "行政"
            headquarters = true
            "#
        ))
        .unwrap();
        let mut made = Made {
            department,
            narrative: narrative(),
            facts: Facts::default(),
            texts: BTreeMap::new(),
            prior: BTreeMap::new(),
        };
        made.books();
        made.budget();
        made.registers();
        for (name, amount) in [("收入总计", "888.33"), ("支出总计", "888.33"), ("收入", "845.06"), ("支出", "888.33")]
        {
            made.prior(name, amount);
        }
        for (item, fund, amount) in [
            ("收入总计", "财政拨款", "877.33"),
            ("支出总计", "财政拨款", "877.33"),
            ("收入", "一般公共预算", "834.06"),
            ("收入", "政府性基金", "0"),
            ("收入", "国有资本经营", "0"),
            ("支出", "一般公共预算", "877.33"),
        ] {
            made.prior_of(meaning(&[(Item, item), (Fund, fund)]), amount);
        }
        for (theme, amount) in [
            ("三公经费", "20.97"),
            ("因公出国（境）费", "0"),
            ("公务用车购置及运行维护费", "20.97"),
            ("公务接待费", "0"),
        ] {
            made.prior_of(meaning(&[(Item, "支出"), (Theme, theme)]), amount);
        }
        made
    }

    fn books(&mut self) {
        let expense = |nature: &str, function: &str, economic: &str| {
            let fund = (Fund, "一般公共预算");
            meaning(&[(Item, "支出"), fund, (Nature, nature), (Function, function), (Economic, economic)])
        };
        for (economic, amount, function) in BASIC {
            self.facts.add(expense("基本支出", function, economic), wan(amount));
        }
        for (name, amount, economic, _, _) in PROJECTS {
            self.facts.add(expense("项目支出", "2010301", economic).with(Project, name), wan(amount));
        }
        // The vehicles of this project: 19.919 of running costs, the rest for tolls of hired cars.
        self.facts.add(expense("项目支出", "2010301", "30239").with(Project, "用车费用"), wan("0.0834"));
        let other =
            [(Item, "支出"), (Fund, "非财政拨款"), (Nature, "基本支出"), (Function, "2010301"), (Economic, "30201")];
        self.facts.add(meaning(&other), wan("16.652"));
        let spent: Vec<(Meaning, Money)> = self.facts.leaves().map(|(leaf, amount)| (leaf.clone(), amount)).collect();
        for (leaf, amount) in spent.into_iter().filter(|(leaf, _)| leaf.get(Fund) == Some("一般公共预算")) {
            let function = leaf.get(Function).unwrap();
            let income = meaning(&[(Item, "收入"), (Fund, "一般公共预算"), (Function, function)]);
            self.facts.add(income, amount);
        }
        self.facts.add(meaning(&[(Item, "收入"), (Source, "其他收入"), (Function, "2010301")]), wan("16.652"));
        for item in ["收入", "支出", "年初结转和结余", "年末结转和结余", "使用非财政拨款结余", "结余分配"]
        {
            self.facts.declare_complete(meaning(&[(Item, item)]));
        }
    }

    fn budget(&mut self) {
        let line = |nature: &str, function: &str| {
            let fund = (Fund, "一般公共预算");
            meaning(&[(Item, "支出"), (Stage, "年初预算"), fund, (Nature, nature), (Function, function)])
        };
        for (function, economic, amount) in [
            ("2010301", "301", "379.48"),
            ("2010301", "302", "102.47"),
            ("2080505", "301", "72.166"),
            ("2101101", "301", "46.866"),
            ("2210201", "301", "42.596"),
        ] {
            self.facts.add(line("基本支出", function).with(Economic, economic), wan(amount));
        }
        for (name, _, _, full, initial) in PROJECTS {
            if initial != "0" {
                self.facts.add(line("项目支出", "2010301").with(Project, name), wan(initial));
            }
            let project = meaning(&[(Item, "支出"), (Nature, "项目支出"), (Project, name), (Stage, "全年预算")]);
            self.state(project, Amount::Exact(wan(full)));
        }
        let initial = meaning(&[(Item, "支出"), (Stage, "年初预算")]);
        self.facts.declare_complete_on(initial, &[Fund, Nature, Function]);
        for stage in ["全年预算", "年初预算"] {
            for (theme, amount) in [
                ("三公经费", "54.33"),
                ("因公出国（境）费", "6.326"),
                ("公务用车购置及运行维护费", "48"),
                ("公务用车购置费", "0"),
                ("公务用车运行维护费", "48"),
                ("公务接待费", "0"),
            ] {
                let budget = meaning(&[(Item, "支出"), (Theme, theme), (Stage, stage)]);
                self.state(budget, Amount::Exact(wan(amount)));
            }
        }
    }

    fn registers(&mut self) {
        for (item, theme, number) in [
            ("团组", "因公出国（境）费", 1),
            ("人次", "因公出国（境）费", 1),
            ("车辆", "财政拨款开支车辆", 7),
            ("车辆", "", 7),
            ("车辆", "应急保障用车", 7),
            ("设备", "", 0),
        ] {
            let counted = meaning(&[(Item, item)]);
            let counted = if theme.is_empty() { counted } else { counted.with(Theme, theme) };
            self.state(counted, Amount::Count(number));
        }
        for theme in [
            "领导干部用车",
            "主要负责人用车",
            "机要通信用车",
            "执法执勤用车",
            "特种专业技术用车",
            "离退休干部服务用车",
            "其他用车",
        ] {
            self.state(meaning(&[(Item, "车辆"), (Theme, theme)]), Amount::Count(0));
        }
        for theme in [
            "政府采购",
            "货物采购",
            "工程采购",
            "服务采购",
            "授予中小企业",
            "授予小微企业",
            "货物采购授予中小企业",
            "工程采购授予中小企业",
            "服务采购授予中小企业",
        ] {
            self.state(meaning(&[(Item, "支出"), (Theme, theme)]), Amount::Exact(Money::ZERO));
        }
    }

    fn state(&mut self, meaning: Meaning, amount: Amount) {
        self.facts.state(meaning, Fact { amount, place: Place::default(), form: String::new() });
    }

    /// Last year's amount of an item in 万元; the last one told counts.
    pub fn prior(&mut self, item: &str, amount: &str) {
        self.prior_of(meaning(&[(Item, item)]), amount);
    }

    pub fn prior_of(&mut self, meaning: Meaning, amount: &str) {
        self.prior.insert(meaning.with(Year, "2022"), Amount::Exact(wan(amount)));
    }

    pub fn forget_prior(&mut self, item: &str) {
        self.prior.remove(&meaning(&[(Item, item), (Year, "2022")]));
    }

    /// Facts with last year's.
    fn all_facts(&self) -> Facts {
        let mut made = self.clone();
        for (meaning, amount) in &self.prior {
            made.state(meaning.clone(), *amount);
        }
        made.facts
    }

    /// Everything for [`compose`].
    pub fn sources(&self) -> Sources<'_> {
        let facts: &'static Facts = Box::leak(Box::new(self.all_facts()));
        let campaign: &'static Campaign = Box::leak(Box::new(campaign(facts)));
        Sources {
            department: &self.department,
            narrative: &self.narrative,
            facts,
            campaign: Some(campaign),
            texts: &self.texts,
            way: Way::Files,
        }
    }

    pub fn compose(&self) -> Package {
        let Composed { package, problems, .. } = compose(self.sources(), catalog());
        assert!(problems.iter().all(|p| p.gravity != juesuan_model::Gravity::Fatal), "{problems:#?}");
        package
    }
}

fn narrative() -> Narrative {
    toml::from_str(
        r#"
        [cause]
        "收支总计.上年" = "在职人员晋级增资。"
        "财政拨款收支总计.上年" = "在职人员晋级增资"
        "一般公共预算财政拨款收入.上年" = "在职人员晋级增资"
        "一般公共预算财政拨款支出.上年" = "在职人员晋级增资"
        "年初预算.2010301" = "年中追加项目"
        "年初预算.2080501" = "年中追加"
        "年初预算.2080505" = "基数调整"
        "年初预算.2080506" = "年中追加"
        "年初预算.2101101" = "基数调整"
        "年初预算.2210201" = "基数调整"
        "三公经费.全年预算" = "节约用车开支"
        "三公经费.上年" = "新增一个出国团组"
        "因公出国（境）费.上年" = "本年有招商团组出访"
        "公务用车购置及运行维护费.全年预算" = "节约用车开支"
        "公务用车购置及运行维护费.上年" = "车辆老旧，维修增多"
        "机关运行经费.年初预算" = "压减一般性支出"
        [text]
        "三公.出国任务" = "境外招商"
        "三公.运行用途" = "车辆维修和燃油"
        "绩效管理.资金管理" = "完善了财务制度"
        "绩效管理.整体评价" = "完成了全年目标"
        "绩效管理.结果应用" = "与下年预算安排挂钩"
        "#,
    )
    .unwrap()
}

/// What is reported of the projects.
fn campaign(facts: &Facts) -> Campaign {
    let projects = PROJECTS.iter().map(|(name, ..)| {
        let texts = [
            (Topic::Output, &["产出一", "产出二"][..]),
            (Topic::Problems, &["指标不细"]),
            (Topic::Measures, &["细化指标"]),
        ];
        Subject {
            project: (*name).to_owned(),
            funds: money::funds(facts, catalog(), name),
            texts: texts
                .map(|(topic, items)| (topic, items.iter().map(|item| vec![Piece::Text((*item).to_owned())]).collect()))
                .into(),
            rate_decimals: match *name {
                "购买服务" => Some(0),
                "值班设备" => Some(2),
                _ => None,
            },
            ..Subject::default()
        }
    });
    Campaign { projects: projects.collect(), ..Campaign::default() }
}

/// The figures of a section of the text: kind and digits.
pub fn figures(package: &Package, section: &str) -> Vec<(&'static str, String)> {
    let ids: BTreeMap<u32, String> = package
        .document
        .parts
        .iter()
        .flat_map(|part| &part.blocks)
        .filter_map(|block| match block {
            juesuan_model::Block::Paragraph { runs, .. } => Some(runs),
            _ => None,
        })
        .flatten()
        .filter_map(|run| Some((run.figure?.0, run.text.clone())))
        .collect();
    package
        .figures
        .iter()
        .enumerate()
        .filter(|(_, f)| f.place.section.as_deref() == Some(section) && matches!(f.cell, Cell::Number(_)))
        .filter_map(|(index, f)| {
            let digits = ids.get(&u32::try_from(index).unwrap())?.clone();
            let stage = f.meanings.first().and_then(|m| m.get(Stage));
            let kind = match (&f.measure, stage) {
                (Measure::Amount, Some("年初预算")) => "budget_initial",
                (Measure::Amount, Some(_)) => "budget_full_year",
                (Measure::Amount, None) => "amount",
                (Measure::Change(juesuan_model::Against::PriorYear), _) => "yoy_change",
                (Measure::Growth(juesuan_model::Against::PriorYear), _) => "yoy_growth_pct",
                (Measure::Change(_), _) => "change_vs_initial_budget",
                (Measure::Growth(_), _) => "change_vs_initial_budget_pct",
                (Measure::Share { .. }, _) => "share_pct",
                (Measure::Completion(_), _) => "completion_pct",
                (Measure::Count, _) => "count",
                (Measure::Score, _) => "score",
            };
            Some((kind, digits))
        })
        .collect()
}

/// Published figures, by section.
pub const PUBLISHED: &[(&str, &str, &str)] = &[
    ("一、收入支出决算总体情况说明", "amount", "921.96"),
    ("一、收入支出决算总体情况说明", "yoy_change", "33.63"),
    ("一、收入支出决算总体情况说明", "yoy_growth_pct", "3.8"),
    ("二、收入决算情况说明", "yoy_change", "76.9"),
    ("二、收入决算情况说明", "yoy_growth_pct", "9.1"),
    ("二、收入决算情况说明", "share_pct", "98.2"),
    ("二、收入决算情况说明", "share_pct", "0"),
    ("三、支出决算情况说明", "amount", "770.84"),
    ("三、支出决算情况说明", "share_pct", "83.6"),
    ("三、支出决算情况说明", "share_pct", "16.4"),
    ("四、财政拨款收入支出决算总体情况说明", "yoy_change", "27.98"),
    ("四、财政拨款收入支出决算总体情况说明", "yoy_change", "71.25"),
    ("四、财政拨款收入支出决算总体情况说明", "yoy_growth_pct", "3.2"),
    ("五、一般公共预算财政拨款支出决算情况说明", "share_pct", "75.7"),
    ("五、一般公共预算财政拨款支出决算情况说明", "share_pct", "12.4"),
    ("五、一般公共预算财政拨款支出决算情况说明", "budget_initial", "715.58"),
    ("五、一般公共预算财政拨款支出决算情况说明", "completion_pct", "126.5"),
    ("五、一般公共预算财政拨款支出决算情况说明", "completion_pct", "123.7"),
    ("五、一般公共预算财政拨款支出决算情况说明", "completion_pct", "128.2"),
    ("五、一般公共预算财政拨款支出决算情况说明", "completion_pct", "113.2"),
    ("六、一般公共预算财政拨款基本支出决算情况说明", "amount", "683.2"),
    ("六、一般公共预算财政拨款基本支出决算情况说明", "amount", "10"),
    ("六、一般公共预算财政拨款基本支出决算情况说明", "amount", "70.99"),
    ("九、财政拨款“三公”经费支出决算情况说明", "budget_full_year", "54.33"),
    ("九、财政拨款“三公”经费支出决算情况说明", "amount", "32.99"),
    ("九、财政拨款“三公”经费支出决算情况说明", "completion_pct", "60.7"),
    ("九、财政拨款“三公”经费支出决算情况说明", "yoy_change", "12.02"),
    ("九、财政拨款“三公”经费支出决算情况说明", "yoy_growth_pct", "57.3"),
    ("九、财政拨款“三公”经费支出决算情况说明", "completion_pct", "100"),
    ("九、财政拨款“三公”经费支出决算情况说明", "yoy_change", "5.7"),
    ("九、财政拨款“三公”经费支出决算情况说明", "count", "7"),
    ("十、机关运行经费支出说明", "change_vs_initial_budget", "31.48"),
    ("十、机关运行经费支出说明", "change_vs_initial_budget_pct", "30.7"),
    ("十二、国有资产占用情况说明", "count", "7"),
    ("十三、预算绩效情况说明", "count", "11"),
    ("十三、预算绩效情况说明", "amount", "151.12"),
    ("十三、预算绩效情况说明", "share_pct", "100"),
    ("十三、预算绩效情况说明", "budget_initial", "643.58"),
    ("十三、预算绩效情况说明", "budget_initial", "72"),
    ("十三、预算绩效情况说明", "completion_pct", "78"),
    ("十三、预算绩效情况说明", "completion_pct", "97.73"),
];
