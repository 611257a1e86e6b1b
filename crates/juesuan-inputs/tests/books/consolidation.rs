//! Department = Σ units − eliminations, in every leaf.

use std::collections::BTreeMap;

use juesuan_inputs::LedgerScope;
use juesuan_model::{Dimension, Gravity, Meaning, Money};

use crate::folder::{HEAD, OPENING_HEAD, Outcome, THREE, read};

const OPENING: &str = "甲局(本级),8201,,,2010301,,100.00\n乙中心,8101,,一般公共预算,2080801,安置,3.33\n丙队,8101,,政府性基金,2120899,工程,9.99\n";

fn year(received: &str) -> String {
    format!(
        "{HEAD}\
甲局（本级）,1,2023-01-01,,6001,2010301,,,一般公共预算,,,,900.00
甲局（本级）,1,2023-01-01,,8001,,,,,,,900.00,
甲局（本级）,2,2023-01-01,,7101,2010301,30201,基本支出,一般公共预算,,,800.00,
甲局（本级）,2,2023-01-01,,8001,,,,,,,,800.00
甲局（本级）,3,2023-01-01,,7501,2010301,,,,,乙中心,60.00,
甲局（本级）,3,2023-01-01,,8001,,,,,,,,60.00
乙中心,1,2023-01-01,,6201,2080801,,,,,甲局(本级),,{received}
乙中心,1,2023-01-01,,8001,,,,,,,{received},
乙中心,2,2023-01-01,,6201,2080801,,,,,市局,,11.11
乙中心,2,2023-01-01,,8001,,,,,,,11.11,
乙中心,3,2023-01-01,,7401,2080801,,,,,甲局（本级）,5.55,
乙中心,3,2023-01-01,,8001,,,,,,,,5.55
乙中心,4,2023-01-01,,7201,2080801,30201,公用经费,非财政拨款,,,20.00,
乙中心,4,2023-01-01,,8001,,,,,,,,20.00
甲局（本级）,4,2023-01-01,,6301,2010301,,,,,乙中心,,5.55
甲局（本级）,4,2023-01-01,,8001,,,,,,,5.55,
丙队,1,2023-01-01,,6001,2010301,,,一般公共预算,,,,40.00
丙队,1,2023-01-01,,8001,,,,,,,40.00,
丙队,2,2023-01-01,,7201,2010301,30299,公用经费,一般公共预算,,,30.01,
丙队,2,2023-01-01,,8001,,,,,,,,30.01
"
    )
}

fn department(received: &str) -> Outcome {
    let (text, opening) = (year(received), format!("{OPENING_HEAD}{OPENING}"));
    read(THREE, &[("books/凭证.csv", text.as_bytes()), ("books/年初余额.csv", opening.as_bytes())])
}

fn leaves(out: &Outcome, scope: LedgerScope<'_>) -> BTreeMap<Meaning, Money> {
    out.facts(scope).leaves().map(|(leaf, amount)| (leaf.clone(), amount)).collect()
}

#[test]
fn the_department_is_the_sum_of_its_units_less_what_they_paid_each_other_in_every_leaf() {
    let out = department("60.00");
    out.clean();
    let ledger = out.ledger.as_ref().unwrap();
    let mut sum: BTreeMap<Meaning, Money> = BTreeMap::new();
    for unit in ledger.units() {
        for (leaf, amount) in leaves(&out, LedgerScope::Unit(&unit)) {
            *sum.entry(leaf).or_default() += amount;
        }
    }
    let taken: Vec<_> =
        ledger.eliminations().iter().map(|e| (e.payer.as_ref(), e.receiver.as_ref(), e.amount)).collect();
    assert_eq!(taken, [("甲局（本级）", "乙中心", Money(6_000)), ("乙中心", "甲局（本级）", Money(555))]);
    for (leaf, amount) in ledger.eliminations().iter().flat_map(|e| &e.leaves) {
        *sum.get_mut(leaf).unwrap() -= *amount;
    }
    sum.retain(|_, amount| !amount.is_zero());
    assert_eq!(leaves(&out, LedgerScope::Department), sum);
    let fen = |nature: &str| out.fen(&[(Dimension::Item, "支出"), (Dimension::Nature, nature)]);
    assert_eq!(fen("对附属单位补助支出"), Some(0));
    assert_eq!(out.fen(&[(Dimension::Item, "收入"), (Dimension::Source, "上级补助收入")]), Some(1_111));
    assert_eq!(out.fen(&[(Dimension::Item, "收入总计")]), out.fen(&[(Dimension::Item, "支出总计")]));
}

#[test]
fn running_cost_is_that_of_administrative_units_only() {
    let out = department("60.00");
    let cost = [(Dimension::Item, "支出"), (Dimension::Theme, "机关运行经费")];
    assert_eq!(out.fen_of(LedgerScope::Unit("甲局（本级）"), &cost), Some(80_000));
    assert_eq!(out.fen_of(LedgerScope::Unit("乙中心"), &cost), Some(0));
    assert_eq!(out.fen_of(LedgerScope::Unit("丙队"), &cost), Some(3_001));
    assert_eq!(out.fen(&cost), Some(83_001));
}

#[test]
fn sides_that_differ_are_named_with_both_units_and_amounts_and_not_taken_out() {
    let out = department("59.00");
    let problem = out.problems.iter().find(|p| p.message.contains("部门内部往来不一致")).unwrap();
    for words in ["甲局（本级）", "乙中心", "60.00 元", "59.00 元", "相差 1.00 元"] {
        assert!(problem.message.contains(words), "{}", problem.message);
    }
    assert_eq!((problem.gravity, problem.place.line), (Gravity::Fatal, Some(6)));
    assert_eq!(out.ledger.as_ref().unwrap().eliminations().len(), 1);
}
