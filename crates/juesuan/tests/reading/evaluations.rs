//! What a package says of its performance, and what its documents say once they are read.

use juesuan_catalog::Catalog;
use juesuan_model::{Evaluation, FigureId, Package, Printed, Stands, Target};
use juesuan_read::Pages;
use juesuan_recognize::document::{ReadDocument, document};

/// Digits behind the point of printed amounts.
const DECIMALS: u8 = 2;

/// A document as `check` reads it.
pub fn read(pages: &Pages) -> ReadDocument {
    document(pages, &Catalog::load(&[]).unwrap())
}

/// Which evaluations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// All of them.
    Anywhere,
    /// Forms and lists of projects.
    InTables,
}

/// One line for each evaluation, each number of it, each text and each indicator: whose, what, how much, a figure of what.
pub fn told(package: &Package, which: Where) -> Vec<String> {
    let in_table = |own: &Evaluation| own.stands == Stands::Form || own.title.place.table.is_some();
    let own = package.performance.evaluations.iter().filter(|own| which == Where::Anywhere || in_table(own));
    own.flat_map(|own| lines(package, own)).collect()
}

fn lines(package: &Package, own: &Evaluation) -> Vec<String> {
    // A workbook keeps amounts to the 分.
    let print = |id: FigureId| {
        let number = package.figure(id).and_then(|figure| figure.cell.number())?;
        let money = number.money().map(|money| Printed::from_money(money, number.unit, DECIMALS));
        Some(money.unwrap_or(number).digits_trimmed())
    };
    let print = |id: FigureId| print(id).unwrap_or_default();
    let whose = format!("{:?} {}", own.stands, own.project);
    let mut out = vec![format!("{whose} {}", own.title.text)];
    let amount = |id: FigureId| match own.project.as_str() {
        // Of the whole, sentences say more than reports do.
        "" => print(id),
        _ => format!("{} {}", print(id), of_what(package, id)),
    };
    out.extend(own.amounts.iter().map(|(quantity, id)| format!("{whose} {quantity:?} {}", amount(*id))));
    for fund in &own.funds {
        let name = &fund.name;
        out.extend(fund.amounts.iter().map(|(quantity, id)| format!("{whose} {name} {quantity:?} {}", amount(*id))));
    }
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    out.extend(own.says.iter().map(|(topic, told)| format!("{whose} {topic:?} {}", bare(&told.text))));
    out.extend(own.indicators.iter().map(|line| {
        let points = [line.weight, line.score].map(|id| id.map_or_else(String::new, print));
        let value = |target: &Target| {
            let numbers = [target.value, target.upto].map(|id| id.map_or_else(String::new, print));
            format!("{} {:?} {numbers:?} {}", target.text, target.operator, target.unit)
        };
        let (target, actual) = (value(&line.target), value(&line.actual));
        format!("{whose} {:?} {target} {actual} {points:?} {}", line.path, line.reason)
    }));
    out
}

/// Meaning and measure of a figure, names as they are compared.
fn of_what(package: &Package, id: FigureId) -> String {
    let figure = package.figure(id);
    let meanings = figure.map(|figure| figure.meanings.iter().map(|own| juesuan_text::plain(&own.to_string())));
    format!("{:?} {:?}", meanings.into_iter().flatten().collect::<Vec<_>>(), figure.map(|figure| &figure.measure))
}
