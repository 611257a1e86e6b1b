//! Sentences with amounts of chance: whatever the digits, the meaning stays and the digits stay as printed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_model::{Against, Dimension, Meaning, Measure, Place, Printed, Unit};
use juesuan_recognize::{EntityContext, Recognized, TextSection, text};
use proptest::prelude::*;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}")));

fn read(heading: &str, sentence: &str) -> Recognized {
    let entity = EntityContext { year: 2023, variant: "hubei".to_owned(), ..EntityContext::default() };
    let paragraphs = vec![(sentence.to_owned(), Place::default())];
    text(&[TextSection { heading: heading.to_owned(), paragraphs }], &entity, &CATALOG)
}

/// An amount with its spelling: plain or with commas, without zeros at the end or with, narrow or wide.
/// One that begins with the digits of a year of the document may be both without a space: it is left unread.
fn amount() -> impl Strategy<Value = (Printed, String)> {
    let all = (0i64..100_000_000_000, 0u8..=6, any::<bool>(), any::<bool>());
    let sure = |(mantissa, _, _, _): &(i64, u8, bool, bool)| {
        let digits = mantissa.to_string();
        !digits.starts_with("2022") && !digits.starts_with("2023")
    };
    all.prop_filter("begins like a year", sure).prop_map(|(mantissa, decimals, grouped, wide)| {
        let printed = Printed { mantissa, decimals, unit: Unit::WanYuan };
        let digits = if grouped { printed.digits_grouped() } else { printed.digits() };
        let wide_digit = |c: char| {
            if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }
        };
        (printed, if wide && !grouped { digits.chars().map(wide_digit).collect() } else { digits })
    })
}

fn percent() -> impl Strategy<Value = Printed> {
    (0i64..100_000, 0u8..=2).prop_map(|(mantissa, decimals)| Printed { mantissa, decimals, unit: Unit::Percent })
}

fn expense() -> Meaning {
    Meaning::new().with(Dimension::Item, "支出")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn amounts_keep_their_digits_and_their_subject((total, a) in amount(), (part, b) in amount(), share in percent()) {
        let sentence = format!("2023年度支出合计{a} 万元。其中：基本支出 {b}万元，占本年支出{} %。", share.digits());
        let read = read("三、支出决算情况说明", &sentence);
        let basic = expense().with(Dimension::Nature, "基本支出");
        let found: Vec<(Meaning, Measure, Printed)> =
            read.figures.iter().map(|f| (f.meanings[0].clone(), f.measure.clone(), f.cell.number().unwrap())).collect();
        let of = Measure::Share { of: Box::new(expense()) };
        prop_assert_eq!(found, vec![(expense(), Measure::Amount, total), (basic.clone(), Measure::Amount, part), (basic, of, share)]);
        prop_assert!(read.unread.is_empty());
    }

    #[test]
    fn a_decrease_is_negative_and_an_increase_is_not((change, a) in amount(), growth in percent(), down in any::<bool>()) {
        let (words, sign) = if down { (("减少", "下降"), -1) } else { (("增加", "增长"), 1) };
        let sentence =
            format!("与2022年度相比，收入合计{}{a}万元，{}{}%，主要原因是另收到补助 {a} 万元。", words.0, words.1, growth.digits());
        let read = read("二、收入决算情况说明", &sentence);
        let found: Vec<(Measure, Printed)> = read.figures.iter().map(|f| (f.measure.clone(), f.cell.number().unwrap())).collect();
        let signed = |printed: Printed| Printed { mantissa: sign * printed.mantissa, ..printed };
        let against = Against::PriorYear;
        prop_assert_eq!(found, vec![(Measure::Change(against), signed(change)), (Measure::Growth(against), signed(growth))]);
        prop_assert_eq!(read.unread.len(), 1);
    }

    #[test]
    fn no_text_makes_the_reader_fail(heading in "\\PC{0,20}", sentence in "[、，。；：（）()0-9.,%万元年初预算支出决算占其中无比上年增加主要原因(类)(款)(项)\\PC]{0,120}") {
        let read = read(&heading, &sentence);
        for figure in &read.figures {
            prop_assert!(!figure.meanings.is_empty() && figure.cell.number().is_some());
        }
    }
}
