//! Small tables of figures, each with its coordinates: last year's (`prior/上年数`), and this year's that nothing else gives.

use juesuan_catalog::Trees;
use juesuan_facts::record::Record;
use juesuan_facts::{Amount, Fact, Facts};
use juesuan_model::{Dimension, Meaning, Place, Problem};
use juesuan_text::plain;

/// Columns that name a node of a tree.
const NODES: [(&str, Dimension); 5] = [
    ("item", Dimension::Item),
    ("fund", Dimension::Fund),
    ("source", Dimension::Source),
    ("nature", Dimension::Nature),
    ("theme", Dimension::Theme),
];

/// States each row. `year` is the year of rows that name none (`None`: the year of the package, which stays unnamed);
/// `this_year` is that year in digits. A figure that is already known and different is named; the earlier one stays.
pub fn state(
    records: &[Record],
    trees: &Trees,
    year: Option<u16>,
    this_year: u16,
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) {
    for record in records {
        let (Some(meaning), Some(amount)) =
            (meaning(record, trees, year, this_year, problems), amount(record, problems))
        else {
            continue;
        };
        state_one(meaning, amount, record.row_place(), trees, facts, problems);
    }
}

/// States one figure. One that is already known and different is named; the earlier one stays.
pub fn state_one(
    meaning: Meaning,
    amount: Amount,
    place: Place,
    trees: &Trees,
    facts: &mut Facts,
    problems: &mut Vec<Problem>,
) {
    match facts.amount(trees, &meaning, "") {
        // Whoever deletes the sample of a sheet and gives the figure elsewhere has no rows, and not nothing.
        Some(_) if !amount.is_zero() && facts.is_of_empty_sheet(&meaning) => {
            let message =
                format!("“{meaning}”的登记表是空的，表示没有，而这里是 {}；用的是这里的，请核对", shown(amount));
            problems.push(Problem::doubt(place.clone(), message));
            facts.state_first(meaning, Fact { amount, place, form: String::new() });
        }
        Some(known) if !agrees(known, amount) => {
            let message = format!(
                "“{meaning}”写的是 {}，而别处已有 {}；两处不一致，输出用的是后者，请核对",
                shown(amount),
                shown(known)
            );
            problems.push(Problem::doubt(place, message));
        }
        Some(_) => {}
        None => facts.state(meaning, Fact { amount, place, form: String::new() }),
    }
}

fn agrees(known: Amount, stated: Amount) -> bool {
    match (known, stated) {
        // Of a printed figure only the printed digits can be compared.
        (Amount::Printed(printed), stated) => stated.printed(printed.unit, printed.decimals) == printed,
        (known, stated) => known == stated,
    }
}

fn shown(amount: Amount) -> String {
    match amount {
        Amount::Exact(money) => format!("{money} 元"),
        Amount::Printed(printed) => format!("{printed}{}", printed.unit.word()),
        Amount::Count(number) => number.to_string(),
    }
}

fn amount(record: &Record, problems: &mut Vec<Problem>) -> Option<Amount> {
    match (record.yuan("amount"), record.count("count")) {
        (Some(amount), None) => Some(Amount::Exact(amount)),
        (None, Some(number)) => Some(Amount::Count(number)),
        (None, None) => {
            problems.push(Problem::doubt(
                record.row_place(),
                "金额和数量都是空白，没有读取；没有就填 0，不知道就删去这一行",
            ));
            None
        }
        (Some(_), Some(_)) => {
            problems.push(Problem::fatal(record.row_place(), "一行只能填金额或数量之一；请分成两行"));
            None
        }
    }
}

fn meaning(
    record: &Record,
    trees: &Trees,
    year: Option<u16>,
    this_year: u16,
    problems: &mut Vec<Problem>,
) -> Option<Meaning> {
    let mut meaning = Meaning::new();
    for (key, dimension) in NODES {
        let Some(word) = record.filled(key) else {
            continue;
        };
        match node(trees, dimension, word) {
            Some(name) => meaning = meaning.with(dimension, name),
            None => {
                let known: Vec<&str> = trees.nodes(dimension).map(|n| n.name.as_str()).collect();
                let message = format!("没有“{word}”；可以填：{}", known.join("、"));
                problems.push(Problem::fatal(record.place(key), message));
                return None;
            }
        }
    }
    for (key, dimension) in
        [("function", Dimension::Function), ("economic", Dimension::Economic), ("project", Dimension::Project)]
    {
        if let Some(node) = record.filled(key) {
            meaning = meaning.with(dimension, node);
        }
    }
    if let Some(stage) = record.filled("stage").filter(|stage| node(trees, Dimension::Stage, stage).is_some()) {
        meaning = meaning.with(Dimension::Stage, stage);
    }
    match record.year("year").or(year) {
        Some(year) if year != this_year => Some(meaning.with(Dimension::Year, year.to_string())),
        _ => Some(meaning),
    }
}

/// The standard name of a node by its name or one of its words.
pub fn node<'t>(trees: &'t Trees, dimension: Dimension, word: &str) -> Option<&'t str> {
    let written = plain(word);
    let by_name = trees.nodes(dimension).find(|n| plain(&n.name) == written);
    by_name
        .or_else(|| trees.nodes(dimension).find(|n| n.words.iter().any(|w| plain(w) == written)))
        .map(|n| n.name.as_str())
}
