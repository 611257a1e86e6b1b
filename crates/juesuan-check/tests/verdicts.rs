//! Verdicts of the laws on small packages: against brute force, and at the edges of rounding.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use juesuan_catalog::Catalog;
use juesuan_check::check;
use juesuan_model::package::{LaidOutSum, Report};
use juesuan_model::{
    Against, Cell, Claim, Confidence, Dimension, Entity, Figure, FigureId, Meaning, Measure, Package, Place, Printed,
    Seen, Severity, Statement, Unit, Verdict,
};
use juesuan_write::report::{Teller, ToldFinding};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

fn expense() -> Meaning {
    Meaning::new().with(Dimension::Item, "支出")
}

fn project(name: &str) -> Meaning {
    expense().with(Dimension::Project, name)
}

#[derive(Default)]
struct Small(Package);

impl Small {
    fn new() -> Small {
        Small(Package { entity: Entity { year: 2023, ..Entity::default() }, ..Package::default() })
    }

    fn put(&mut self, meaning: Meaning, measure: Measure, cell: Cell, table: Option<&str>) -> FigureId {
        let place = Place {
            table: table.map(str::to_owned),
            section: Some(format!("第{}节", self.0.figures.len())),
            ..Place::default()
        };
        self.0.push(Figure { meanings: vec![meaning], measure, cell, exact_fen: None, seen: Seen::Text, place })
    }

    fn amount(&mut self, meaning: Meaning, text: &str) -> FigureId {
        self.put(meaning, Measure::Amount, Cell::Number(Printed::parse(text, Unit::WanYuan).unwrap()), None)
    }

    fn percent(&mut self, meaning: Meaning, measure: Measure, text: &str) -> FigureId {
        self.put(meaning, measure, Cell::Number(Printed::parse(text, Unit::Percent).unwrap()), None)
    }

    fn check(&self) -> Report {
        check(&self.0, &CATALOG, &[])
    }
}

/// The findings in words.
fn told(package: &Package, report: &Report) -> Vec<ToldFinding> {
    let teller = Teller::new(&CATALOG, package, report, "");
    report.findings.iter().map(|finding| ToldFinding::new(finding, &teller)).collect()
}

fn verdict(report: &Report, code: &str) -> Option<(Verdict, bool)> {
    report.relations.iter().find(|r| r.code == code && !r.figures().is_empty()).map(|r| (r.verdict, r.tail))
}

fn worst(report: &Report) -> Option<Severity> {
    report.findings.iter().map(|f| f.severity).min()
}

/// An amount of 元 with one decimal, and every 分 that rounds to it.
fn yuan(mantissa: i64) -> (Cell, Vec<i64>) {
    let printed = Printed { mantissa, decimals: 1, unit: Unit::Yuan };
    let interval = printed.interval();
    let all = (interval.low..=interval.high).map(|fen| i64::try_from(fen).unwrap()).collect();
    (Cell::Number(printed), all)
}

proptest! {
    #[test]
    fn a_sum_is_broken_exactly_if_no_true_values_add_up(a in -9i64..20, b in -9i64..20, total in -20i64..40) {
        let mut small = Small::new();
        let ((total_cell, totals), (a_cell, a_all), (b_cell, b_all)) = (yuan(total), yuan(a), yuan(b));
        let total = small.put(expense(), Measure::Amount, total_cell, None);
        let parts = vec![
            small.put(project("甲"), Measure::Amount, a_cell, None),
            small.put(project("乙"), Measure::Amount, b_cell, None),
        ];
        small.0.sums.push(LaidOutSum { total, parts, less: Vec::new(), law: "sum".to_owned() });
        let possible = a_all.iter().any(|x| b_all.iter().any(|y| totals.contains(&(x + y))));
        let (verdict, _) = verdict(&small.check(), "LW002").unwrap();
        prop_assert_eq!(verdict, if possible { Verdict::Holds } else { Verdict::Broken });
    }

    #[test]
    fn a_share_that_true_values_give_is_never_broken(part in 0i64..30, whole in 1i64..40, x in 0usize..10, y in 0usize..10) {
        let ((part_cell, parts), (whole_cell, wholes)) = (yuan(part), yuan(whole));
        let (part, whole) = (parts[x % parts.len()], wholes[y % wholes.len()]);
        prop_assume!(whole > 0);
        let printed = (2000 * part + whole).div_euclid(2 * whole);
        let mut small = Small::new();
        small.put(expense(), Measure::Amount, whole_cell, None);
        small.put(project("甲"), Measure::Amount, part_cell, None);
        let share = Measure::Share { of: Box::new(expense()) };
        let printed = Printed { mantissa: printed, decimals: 1, unit: Unit::Percent };
        small.put(project("甲"), share, Cell::Number(printed), None);
        let report = small.check();
        prop_assert_ne!(verdict(&report, "LW004").map(|v| v.0), Some(Verdict::Broken));
    }

    #[test]
    fn no_figure_makes_the_check_panic(cells in proptest::collection::vec((any::<i64>(), 0u8..18, 0usize..6, 0usize..5), 1..12)) {
        let units = [Unit::Yuan, Unit::WanYuan, Unit::YiYuan, Unit::Percent, Unit::Piece, Unit::Point];
        let mut small = Small::new();
        let mut ids = Vec::new();
        for (mantissa, decimals, unit, kind) in cells {
            let measures = [
                Measure::Amount,
                Measure::Change(Against::PriorYear),
                Measure::Growth(Against::PriorYear),
                Measure::Share { of: Box::new(expense()) },
                Measure::Completion(Against::InitialBudget),
            ];
            let cell = Cell::Number(Printed { mantissa, decimals, unit: units[unit] });
            ids.push(small.put(expense(), measures[kind].clone(), cell, None));
        }
        let sum = LaidOutSum { total: ids[0], parts: ids.clone(), less: ids.clone(), law: "sum".to_owned() };
        small.0.sums.push(sum);
        small.check();
    }
}

#[test]
fn an_amount_without_decimals_has_those_of_its_document() {
    let mut small = Small::new();
    small.amount(expense(), "48");
    small.amount(expense(), "48.40");
    assert_eq!(worst(&small.check()), Some(Severity::Error));
    let mut whole = Small::new();
    whole.amount(expense(), "48");
    whole.amount(expense(), "48");
    assert_eq!(verdict(&whole.check(), "LW001"), Some((Verdict::Holds, false)));
}

#[test]
fn one_unit_of_the_last_place_is_a_notice_and_two_are_an_error() {
    for (other, severity) in [("326.71", None), ("326.72", Some(Severity::Notice)), ("326.73", Some(Severity::Error))] {
        let mut small = Small::new();
        small.amount(expense(), "326.71");
        small.amount(expense(), other);
        assert_eq!(worst(&small.check()), severity, "{other}");
    }
}

#[test]
fn a_total_added_up_from_printed_parts_has_the_envelope_of_its_sum() {
    for (elsewhere, severity) in [("9.02", Severity::Notice), ("9.06", Severity::Error)] {
        let mut small = Small::new();
        small.amount(expense(), elsewhere);
        let total = small.amount(expense(), "9.00");
        let parts = (1..=3).map(|i| small.amount(project(&i.to_string()), "3.00")).collect();
        small.0.sums.push(LaidOutSum { total, parts, less: Vec::new(), law: "sum".to_owned() });
        assert_eq!(worst(&small.check()), Some(severity), "{elsewhere}");
    }
}

#[test]
fn a_growth_rate_is_judged_by_the_size_of_its_miss() {
    // 33.63 ÷ (921.96 − 33.63) = 3.785…%
    for (rate, severity) in [
        ("3.8", None),
        ("3.7", Some(Severity::Notice)),
        ("3.9", Some(Severity::Warning)),
        ("5.1", Some(Severity::Error)),
    ] {
        let mut small = Small::new();
        small.amount(expense(), "921.96");
        small.put(
            expense(),
            Measure::Change(Against::PriorYear),
            Cell::Number(Printed::parse("33.63", Unit::WanYuan).unwrap()),
            None,
        );
        small.percent(expense(), Measure::Growth(Against::PriorYear), rate);
        assert_eq!(worst(&small.check()), severity, "{rate}");
    }
}

#[test]
fn a_blank_is_nothing_in_a_sum_and_what_cannot_be_read_decides_nothing() {
    for (cell, expected) in [
        (Cell::Blank, Verdict::Holds),
        (Cell::Dash, Verdict::Holds),
        (Cell::Absent, Verdict::Holds),
        (Cell::Unreadable, Verdict::Unreadable),
    ] {
        let mut small = Small::new();
        let total = small.amount(expense(), "3.00");
        let parts =
            vec![small.amount(project("甲"), "3.00"), small.put(project("乙"), Measure::Amount, cell, Some("表"))];
        small.0.sums.push(LaidOutSum { total, parts, less: Vec::new(), law: "sum".to_owned() });
        let report = small.check();
        assert_eq!(verdict(&report, "LW002").map(|v| v.0), Some(expected), "{cell:?}");
        assert_eq!(worst(&report), None, "{cell:?}");
    }
}

#[test]
fn a_sentence_that_says_none_contradicts_a_figure() {
    let fund = expense().with(Dimension::Fund, "政府性基金");
    let mut small = Small::new();
    small.amount(fund.clone().with(Dimension::Function, "2120803"), "135.00");
    small.0.claims.push(Claim {
        meanings: vec![fund],
        statement: Statement::Absent,
        place: Place::default(),
        seen: Seen::Text,
    });
    let report = small.check();
    assert_eq!(worst(&report), Some(Severity::Error));
    let told = told(&small.0, &report);
    assert!(told[0].message.contains("135.00万元"), "{}", told[0].message);
}

#[test]
fn a_part_of_general_basic_expense_is_not_larger_than_the_three_public_item() {
    let mut small = Small::new();
    let basic = expense().with(Dimension::Fund, "一般公共预算").with(Dimension::Nature, "基本支出");
    small.amount(basic.with(Dimension::Economic, "30217"), "8.31");
    small.amount(expense().with(Dimension::Theme, "公务接待费"), "0.30");
    let report = small.check();
    assert_eq!(verdict(&report, "LW005"), Some((Verdict::Broken, false)));
    assert_eq!(worst(&report), Some(Severity::Error));
}

#[test]
fn a_finding_names_both_figures_both_places_the_difference_and_the_basis() {
    let mut small = Small::new();
    for _ in 0..4 {
        small.amount(expense(), "921.96");
    }
    small.amount(expense(), "921.69");
    let report = small.check();
    let told = told(&small.0, &report);
    let [finding] = told.as_slice() else { panic!("{told:#?}") };
    assert_eq!(
        finding.message,
        "第4节：本年支出合计为921.69万元，其余4处均为921.96万元（如第0节），应为921.96万元，相差0.27万元。疑似两位数字颠倒。\
         请核对账表，把各处改为同一个数。〔财政部《地方预决算公开操作规程》（财预〔2016〕143号）〕"
    );
    assert_eq!((finding.figures[0].value.as_str(), finding.figures[1].value.as_str()), ("921.69", "921.96"));
    assert_eq!(finding.places[0].section.as_deref(), Some("第4节"));
    assert_eq!(finding.difference.as_deref(), Some("0.27万元"));
}

#[test]
fn a_figure_of_last_year_left_standing_is_named_as_such() {
    let mut prior = Small::new();
    prior.0.entity.year = 2022;
    prior.amount(expense(), "888.33");
    let mut small = Small::new();
    small.amount(expense(), "921.96");
    small.amount(expense(), "921.96");
    small.amount(expense(), "888.33");
    let report = check(&small.0, &CATALOG, &[&prior.0]);
    let cause = told(&small.0, &report).first().and_then(|f| f.likely_cause.clone());
    assert_eq!(cause.as_deref(), Some("888.33万元是上年的数，疑似没有更新"));
}

#[test]
fn a_figure_that_was_seen_in_a_picture_is_no_error_by_itself() {
    let mut small = Small::new();
    small.amount(expense(), "921.96");
    let misread = small.amount(expense(), "921.69");
    assert_eq!(worst(&small.check()), Some(Severity::Error));
    let sure = Confidence::thousandths;
    let seen = |small: &mut Small, seen| small.0.figures[misread.0 as usize].seen = seen;
    for (how, severity) in [
        (Seen::Picture(sure(930)), Severity::Warning),
        (Seen::Picture(sure(800)), Severity::Notice),
        (Seen::Picture(Confidence::UNTOLD), Severity::Notice),
        // What sums prove is not quite what stands there, what a person has said does.
        (Seen::Proven, Severity::Warning),
        (Seen::Corrected, Severity::Error),
        (Seen::Picture(sure(930)), Severity::Warning),
    ] {
        seen(&mut small, how);
        assert_eq!(worst(&small.check()), Some(severity), "{how:?}");
    }
    // What the text of the document contradicts by itself stays an error.
    small.amount(expense(), "955.00");
    assert_eq!(worst(&small.check()), Some(Severity::Error));
}

#[test]
fn a_whole_total_may_be_cut_off_where_its_parts_have_decimals() {
    let check = |total: &str| {
        let mut small = Small::new();
        let yuan = |text: &str| Cell::Number(Printed::parse(text, Unit::Yuan).unwrap());
        let put =
            |small: &mut Small, meaning: Meaning, text: &str| small.put(meaning, Measure::Amount, yuan(text), None);
        let total = put(&mut small, expense(), total);
        let basic = put(&mut small, expense().with(Dimension::Nature, "基本支出"), "8345678.90");
        let project = put(&mut small, expense().with(Dimension::Nature, "项目支出"), "4000000.00");
        small.0.sums.push(LaidOutSum { total, parts: vec![basic, project], less: Vec::new(), law: String::new() });
        small.check().findings.iter().filter(|finding| finding.severity != Severity::Notice).count()
    };
    assert_eq!((check("12345678"), check("12345679"), check("12345677")), (0, 0, 1));
}

#[test]
fn totals_that_differ_are_one_finding() {
    let mut small = Small::new();
    let item = |name: &str| Meaning::new().with(Dimension::Item, name);
    for (name, text) in [
        ("收入总计", "1000.00"),
        ("年初结转和结余", "80.00"),
        ("收入", "900.00"),
        ("使用非财政拨款结余", "20.00"),
        ("支出总计", "1010.00"),
        ("支出", "950.00"),
        ("结余分配", "0.00"),
        ("年末结转和结余", "60.00"),
    ] {
        small.amount(item(name), text);
    }
    assert_eq!(small.check().findings.iter().filter(|finding| finding.severity == Severity::Error).count(), 1);
}

#[test]
fn a_list_that_names_a_part_and_its_part_side_by_side_adds_up() {
    let check = |total: &str| {
        let mut small = Small::new();
        let mut put = |theme: &str, text: &str| {
            let place = Place { section: Some("一、三公经费".to_owned()), ..Place::default() };
            let cell = Cell::Number(Printed::parse(text, Unit::WanYuan).unwrap());
            let meanings = vec![expense().with(Dimension::Theme, theme)];
            let measure = Measure::Amount;
            small.0.push(Figure { meanings, measure, cell, exact_fen: None, seen: Seen::Text, place });
        };
        put("三公经费", total);
        put("因公出国（境）费", "0.00");
        put("公务用车购置及运行维护费", "251.00");
        put("公务用车购置费", "56.00");
        put("公务接待费", "124.00");
        small.check().findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    assert_eq!((check("431.00"), check("432.00")), (0, 1));
}
