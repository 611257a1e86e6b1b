//! The print of a cell.

use juesuan_model::{Cell, Printed, Unit};
use juesuan_text::{plain, unit};

/// What stands in a cell of figures. `None`: text that is no figure.
pub fn cell(text: &str, unit: Unit) -> Option<Cell> {
    let text = plain(text);
    if text.is_empty() {
        return Some(Cell::Blank);
    }
    if text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '―' | '─' | '一')) {
        return Some(Cell::Dash);
    }
    Printed::parse(&text, unit).ok().map(Cell::Number)
}

/// The unit that a line above a table names: `金额单位：万元`; `编制单位：…` names none.
pub fn unit(text: &str) -> Option<Unit> {
    let text = plain(text);
    text.match_indices("单位：").chain(text.match_indices("单位(")).find_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?.trim_start_matches("人民币");
        unit::leading(rest).map(|(_, unit)| unit).filter(|unit| unit.fen().is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_a_dash_and_a_zero_are_three_things() {
        assert_eq!(cell("  ", Unit::WanYuan), Some(Cell::Blank));
        assert_eq!(cell("一", Unit::WanYuan), Some(Cell::Dash));
        assert_eq!(cell("0.00", Unit::WanYuan).and_then(Cell::number).map(Printed::digits).as_deref(), Some("0.00"));
        assert_eq!(cell("无", Unit::WanYuan), None);
    }

    #[test]
    fn the_unit_of_the_amounts_is_not_the_unit_that_files_them() {
        assert_eq!(unit("编制单位：某局 金额单位：元"), Some(Unit::Yuan));
        assert_eq!(unit("单位：万元"), Some(Unit::WanYuan));
    }
}
