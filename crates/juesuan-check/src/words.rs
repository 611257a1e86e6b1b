//! Transitional: figures and places in words, for the bodies that do not say their sentences by templates yet.

use juesuan_model::{Against, FigureId, Place, Printed};

use crate::ledger::Ledger;

/// The standard word of what is compared with.
pub(crate) const fn against_word(against: Against) -> &'static str {
    match against {
        Against::PriorYear => "上年",
        Against::InitialBudget => "年初预算",
        Against::FullYearBudget => "全年预算",
    }
}

/// Words of a column that say no more than that it holds amounts.
const PLAIN: [&str; 2] = ["金额", "决算数"];

/// `第24页 收入支出决算总表 “总计”行“支出”列`; `文中` where nothing is known. The parts of a column's heading that say
/// nothing are left out, the others follow each other from the top.
pub(crate) fn place_words(place: Option<&Place>) -> String {
    let Some(place) = place else { return "文中".to_owned() };
    let parts: Vec<&str> = place.column.iter().flat_map(|column| column.split('·')).collect();
    let telling = parts.iter().rposition(|part| !PLAIN.contains(part)).unwrap_or(0);
    let column = match parts.get(..=telling) {
        None | Some([]) => None,
        Some([only]) => Some((*only).to_owned()),
        Some([head, rest @ ..]) => Some(format!("{head}”中“{}", rest.concat())),
    };
    let row = place.row.clone().filter(|row| !PLAIN.contains(&row.as_str()));
    let text = Place { row, column, ..place.clone() }.to_string();
    if text.is_empty() { "文中".to_owned() } else { text }
}

impl Ledger<'_> {
    /// The first meaning of a figure.
    pub(crate) fn label(&self, id: FigureId) -> String {
        self.keys(id).first().map(|key| self.key_words(key)).unwrap_or_default()
    }

    /// Digits and unit as they stand there.
    pub(crate) fn stands(&self, id: FigureId) -> String {
        match self.package.figure(id).map(|figure| figure.cell) {
            Some(juesuan_model::Cell::Number(printed)) => with_unit(printed),
            Some(juesuan_model::Cell::Blank) => "空白".to_owned(),
            Some(juesuan_model::Cell::Dash) => "“—”".to_owned(),
            Some(juesuan_model::Cell::Unreadable) => "读不出的内容".to_owned(),
            Some(juesuan_model::Cell::Absent) | None => "（无此处）".to_owned(),
        }
    }

    /// Where a figure stands; its meaning where the place says nothing.
    pub(crate) fn whereabouts(&self, id: FigureId) -> String {
        place_words(self.place(id))
    }

    /// `部门决算 表 行 列 的收入（921.96万元）`.
    pub(crate) fn cited(&self, id: FigureId) -> String {
        format!("{}{}（{}）", self.label(id), self.stands(id), self.whereabouts(id))
    }
}

/// A value in the integers of an interval, printed as `like` is.
pub(crate) fn near(value: i128, like: Printed) -> Printed {
    like.nearest(value)
}

/// Digits, with the unit set off by nothing: `921.96万元`, `3.8%`.
pub(crate) fn with_unit(printed: Printed) -> String {
    printed.to_string()
}
