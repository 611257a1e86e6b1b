//! What a package says of its performance, and what its documents say once they are read.

use juesuan_catalog::Catalog;
use juesuan_model::{Evaluation, FigureId, Package, Printed, Stands};
use juesuan_read::Pages;
use juesuan_recognize::document::{ReadDocument, document};

/// Digits behind the point of printed amounts.
const DECIMALS: u8 = 2;

/// A document as `check` reads it.
pub fn read(pages: &Pages) -> ReadDocument {
    document(pages, &Catalog::load(&[]).unwrap())
}

/// One line for each evaluation of these kinds, each amount and each indicator: who, which, how much.
pub fn told(package: &Package, kinds: &[Stands]) -> Vec<String> {
    let own = package.performance.evaluations.iter().filter(|own| kinds.contains(&own.stands));
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
    let mut out = vec![whose.clone()];
    out.extend(own.amounts.iter().map(|(quantity, id)| format!("{whose} {quantity:?} {}", print(*id))));
    for fund in &own.funds {
        let name = &fund.name;
        out.extend(fund.amounts.iter().map(|(quantity, id)| format!("{whose} {name} {quantity:?} {}", print(*id))));
    }
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    out.extend(own.says.iter().map(|(topic, told)| format!("{whose} {topic:?} {}", bare(&told.text))));
    out.extend(own.indicators.iter().map(|line| {
        let points = [line.weight, line.score].map(|id| id.map_or_else(String::new, print));
        format!("{whose} {:?} {} {} {points:?} {}", line.path, line.target.text, line.actual.text, line.reason)
    }));
    out
}
