//! Figures that were recognised in a picture, proven by arithmetic.
//!
//! A reader of pictures says for each figure what else may stand there. Where an equation that the document lays out (a sum, a balance, another
//! printing of the same meaning) breaks and closes with one of these and with nothing else, and nothing that held breaks by it, that is what
//! stands there. What holds without any change proves its figures as well. What nothing proves stays as it was read.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::relation::{Form, Sense};
use juesuan_model::{Block, Cell, Confidence, FigureId, Package, Printed, Seen, Unit, Verdict};

use crate::case::{Case, Solve as _};
use crate::check::run_laws;
use crate::decimals::UsualDecimals;
use crate::docket::Docket;
use crate::ledger::{Ledger, Value};

/// Rounds in which one figure after the other is set right; each can only follow from those before.
const ROUNDS_MAX: usize = 12;

/// Decides what stands where a picture was read, as far as arithmetic does. Out: how many figures were read otherwise at first.
///
/// Without figures from pictures nothing is done, and nothing with the text of a scanner: who does not say how sure he is may be wrong in one way
/// everywhere.
pub fn prove(package: &mut Package, catalog: &Catalog) -> usize {
    let mut changed = BTreeSet::new();
    if !package.figures.iter().any(|figure| is_open(figure.seen)) {
        return 0;
    }
    for _ in 0..ROUNDS_MAX {
        let Round { decided, proven } = Round::of(package, catalog);
        for id in proven {
            if let Some(figure) = package.figures.get_mut(id.0 as usize) {
                figure.seen = Seen::Proven;
            }
        }
        if decided.is_empty() {
            break;
        }
        for (id, printed) in decided {
            set(package, id, printed);
            changed.insert(id);
        }
    }
    package.others.clear();
    changed.len()
}

/// Sets a figure, also in the table that shows it.
fn set(package: &mut Package, id: FigureId, (text, cell): (String, Cell)) {
    if let Some(figure) = package.figures.get_mut(id.0 as usize) {
        (figure.cell, figure.seen) = (cell, Seen::Proven);
    }
    package.others.remove(&id);
    let blocks = package.document.parts.iter_mut().flat_map(|part| &mut part.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    for shown in tables.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
        if shown.figure == Some(id) {
            (shown.text, shown.seen) = (text.clone(), Seen::Proven);
        }
    }
}

/// What one look at all equations says.
struct Round {
    /// What stands where something else was read: as text, and as a number.
    decided: BTreeMap<FigureId, (String, Cell)>,
    /// Figures of pictures that are as they were read.
    proven: BTreeSet<FigureId>,
}

impl Round {
    fn of(package: &Package, catalog: &Catalog) -> Round {
        let ledger = Ledger::new(package, catalog, &[]);
        let mut docket = Docket::new(&ledger);
        run_laws(&mut docket);
        let equations: Vec<&Case> = docket.cases.iter().filter(|case| is_equation(case)).collect();
        let mut of_figure: BTreeMap<FigureId, Vec<&Case>> = BTreeMap::new();
        for case in &equations {
            for id in case.form.figures() {
                of_figure.entry(id).or_default().push(case);
            }
        }
        let in_picture = |id: &FigureId| is_open(ledger.seen(*id));
        let holding = equations.iter().filter(|case| case.verdict == Verdict::Holds && !case.tail);
        let mut proven: BTreeSet<FigureId> = holding.flat_map(|case| case.form.figures()).filter(in_picture).collect();
        // What breaks an equation that nothing mends is not proven by another that holds.
        let readings = Readings { ledger: &ledger, of_figure: &of_figure, usual: UsualDecimals::of(package) };
        let mut decided: BTreeMap<FigureId, (String, Cell)> = BTreeMap::new();
        let mut touched: BTreeSet<FigureId> = BTreeSet::new();
        for case in equations.iter().filter(|case| case.verdict != Verdict::Holds) {
            let figures = case.form.figures();
            let mut closing = figures.iter().filter(|id| in_picture(id)).flat_map(|id| readings.closing(*id, case));
            let only = closing.next().filter(|_| closing.next().is_none());
            // Each of its figures is decided once a round: the next sees what follows from it.
            let Some((id, reading)) = only.filter(|_| !figures.iter().any(|id| touched.contains(id))) else { continue };
            touched.extend(&figures);
            decided.insert(id, reading);
        }
        let breaking =
            |id: &FigureId| of_figure.get(id).into_iter().flatten().any(|case| case.verdict == Verdict::Broken);
        proven.retain(|id| !breaking(id) && !decided.contains_key(id));
        Round { decided, proven }
    }
}

/// True for what was recognised in a picture by somebody who says how sure he is.
fn is_open(seen: Seen) -> bool {
    matches!(seen, Seen::Picture(sure) if sure != Confidence::UNTOLD)
}

/// True for an equation of several figures: one that says of each what it is by the others.
fn is_equation(case: &Case) -> bool {
    let linear = matches!(&case.form, Form::Linear { sense: Sense::Equal, .. });
    linear
        && matches!(case.verdict, Verdict::Holds | Verdict::Broken | Verdict::Unreadable)
        && case.form.figures().len() > 1
}

/// What figures may be besides what was read.
struct Readings<'r, 'l> {
    ledger: &'r Ledger<'l>,
    of_figure: &'r BTreeMap<FigureId, Vec<&'r Case>>,
    usual: UsualDecimals<'r>,
}

impl Readings<'_, '_> {
    /// What a figure may be so that an equation closes, and every other that holds goes on to.
    fn closing(&self, id: FigureId, case: &Case) -> Vec<(FigureId, (String, Cell))> {
        let others = self.ledger.package.others.get(&id).into_iter().flatten();
        let fits = |text: &String| {
            let cell = Cell::Number(Printed::parse(text, self.unit(id)?).ok()?);
            let mut figure = self.ledger.package.figure(id)?.clone();
            figure.cell = cell;
            let Value::Known { interval, .. } = self.usual.value(&figure) else { return None };
            let closes = |case: &Case| case.form.expected(id, self.ledger).is_some_and(|wanted| wanted.meets(interval));
            let held = self.of_figure.get(&id).into_iter().flatten().filter(|case| case.verdict == Verdict::Holds);
            (closes(case) && held.into_iter().all(|case| closes(case))).then(|| (id, (text.clone(), cell)))
        };
        others.filter_map(fits).collect()
    }

    /// The unit of a figure; of one that could not be read, that of the others of its table.
    fn unit(&self, id: FigureId) -> Option<Unit> {
        let figure = self.ledger.package.figure(id)?;
        let own = figure.cell.number().map(|printed| printed.unit);
        let beside = || {
            let same = |other: &&juesuan_model::Figure| {
                other.place.table == figure.place.table && other.measure == figure.measure
            };
            self.ledger.package.figures.iter().filter(same).find_map(|other| Some(other.cell.number()?.unit))
        };
        own.or_else(beside)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap());
    const SURE: Seen = Seen::Picture(Confidence::thousandths(980));

    /// A table of expense as it would be read from a picture, its rows with basic expense, that of projects and their sum; of each wrong
    /// reading what else may stand there.
    fn seen(rows: &[[&str; 3]], others: &[(&str, &[&str])]) -> Package {
        let head = "<h1>青溪县园林局2023年度部门决算</h1><p>支出决算表</p><p>单位：万元</p><table>\
                    <tr><td>科目编码<td>科目名称<td>本年支出合计<td>基本支出<td>项目支出</tr>";
        let names = ["<td colspan=2>合计", "<td>201<td>一般公共服务支出"];
        let rows: String = names
            .iter()
            .zip(rows)
            .map(|(name, [basic, project, total])| format!("<tr>{name}<td>{total}<td>{basic}<td>{project}</tr>"))
            .collect();
        let pages = juesuan_read::pages_of("a.html", format!("{head}{rows}</table>").as_bytes()).unwrap();
        let mut package = juesuan_recognize::document(&pages, &CATALOG).package;
        assert!(package.figures.len() >= 3, "{:?}", package.figures);
        for (number, figure) in (0u32..).zip(&mut package.figures) {
            figure.seen = SURE;
            let printed = figure.cell.number().map(Printed::digits).unwrap_or_default();
            let found = others.iter().find(|(read, _)| printed == *read);
            let texts = found.map(|(_, texts)| texts.iter().map(|text| (*text).to_owned()).collect());
            package.others.extend(texts.map(|texts: Vec<String>| (FigureId(number), texts)));
        }
        package
    }

    fn amounts(package: &Package) -> Vec<String> {
        package.figures.iter().filter_map(|figure| Some(figure.cell.number()?.digits())).collect()
    }

    #[test]
    fn what_closes_a_sum_and_nothing_else_does_is_what_stands_there() {
        let mut package = seen(
            &[["80.00", "12.50", "42.50"], ["30.00", "12.50", "42.50"]],
            &[("80.00", &["30.00", "88.00"]), ("12.50", &["72.50"])],
        );
        assert!(prove(&mut package, &CATALOG) > 0);
        let amounts = amounts(&package);
        assert!(!amounts.iter().any(|amount| amount == "80.00"), "{amounts:?}");
        assert!(package.figures.iter().all(|figure| figure.seen == Seen::Proven), "{:?}", package.figures);
        let tables = package.document.parts.iter().flat_map(|part| &part.blocks);
        let texts: String = tables
            .filter_map(|block| if let Block::Table(table) = block { Some(format!("{table:?}")) } else { None })
            .collect();
        assert!(!texts.contains("80.00") && texts.contains("30.00"), "the table shows it too");
    }

    #[test]
    fn where_two_readings_close_a_sum_or_none_does_nothing_is_decided() {
        let read: [&[(&str, &[&str])]; 2] =
            [&[("80.00", &["30.00"]), ("42.50", &["92.50"])], &[("80.00", &["60.00"]), ("42.50", &["47.50"])]];
        for others in read {
            let mut package = seen(&[["80.00", "12.50", "42.50"]], others);
            let before = amounts(&package);
            assert_eq!(prove(&mut package, &CATALOG), 0);
            assert_eq!(amounts(&package), before);
            assert!(package.figures.iter().all(|figure| figure.seen == SURE), "nothing of it is proven");
        }
    }

    #[test]
    fn what_holds_as_it_was_read_is_proven_but_not_the_text_of_a_scanner() {
        let rows = [["30.00", "12.50", "42.50"]; 2];
        let mut package = seen(&rows, &[("30.00", &["80.00"])]);
        assert_eq!(prove(&mut package, &CATALOG), 0);
        assert!(package.figures.iter().all(|figure| figure.seen == Seen::Proven));
        let untold = Seen::Picture(Confidence::UNTOLD);
        let mut text = seen(&rows, &[]);
        text.figures.iter_mut().for_each(|figure| figure.seen = untold);
        assert_eq!(prove(&mut text, &CATALOG), 0);
        assert!(text.figures.iter().all(|figure| figure.seen == untold));
    }
}
