//! Figures, places and equations in words for people.

use juesuan_model::money::FEN_PER_YUAN;
use juesuan_model::{Against, FigureId, Money, NamedValue, Place, Printed, Unit};

use crate::case::{Operand, Term};
use crate::ledger::Ledger;

/// Longest sum that is written out.
const WRITTEN_OUT: usize = 8;

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

    /// A figure for a finding.
    pub(crate) fn named_value(&self, id: FigureId) -> NamedValue {
        let figure = self.package.figure(id);
        let printed = figure.and_then(|figure| figure.cell.number());
        NamedValue {
            label: self.label(id),
            value: printed.map_or_else(|| self.stands(id), Printed::digits),
            unit: printed.map_or_else(String::new, |printed| printed.unit.word().to_owned()),
        }
    }

    /// `921.96 = 905.31 + 16.65`; the positive terms of the left side are given by their number.
    pub(crate) fn equation(&self, left: &[Term], sign: &str, right: &[Term]) -> String {
        format!("{} {sign} {}", self.side(left), self.side(right))
    }

    /// `（各项相加为715.59）`.
    pub(crate) fn added_up(&self, terms: &[Term]) -> String {
        // Many terms are given by their sum already.
        if terms.iter().filter(|t| t.operand.middle(self) != 0).count() > WRITTEN_OUT {
            return String::new();
        }
        let sum: i128 = terms.iter().map(|t| t.factor * t.operand.middle(self)).sum();
        let like = terms.iter().find_map(|t| t.operand.printed(self));
        like.map_or_else(String::new, |like| format!("（各项相加为{}）", near(sum, like).digits()))
    }

    fn side(&self, terms: &[Term]) -> String {
        let shown: Vec<&Term> = terms.iter().filter(|t| t.operand.middle(self) != 0).collect();
        match shown.as_slice() {
            [] => terms.first().map_or_else(|| "0".to_owned(), |t| t.operand.digits(self)),
            many if many.len() > WRITTEN_OUT => {
                let sum: i128 = many.iter().map(|t| t.factor * t.operand.middle(self)).sum();
                let like = many.iter().find_map(|t| t.operand.printed(self));
                format!("{}（{}项之和）", like.map_or_else(|| sum.to_string(), |p| near(sum, p).digits()), many.len())
            }
            few => {
                let mut out = String::new();
                for (number, term) in few.iter().enumerate() {
                    match (number, term.factor < 0) {
                        (0, false) => {}
                        (0, true) => out.push('−'),
                        (_, false) => out.push_str(" + "),
                        (_, true) => out.push_str(" − "),
                    }
                    out.push_str(&self.multiple(term));
                }
                out
            }
        }
    }
}

impl Ledger<'_> {
    /// A term without its sign; so much a piece is given in 万元.
    fn multiple(&self, term: &Term) -> String {
        let (factor, digits) = (term.factor.abs(), term.operand.digits(self));
        let counted = term.operand.printed(self).is_some_and(|p| p.unit == Unit::Piece);
        match factor {
            1 => digits,
            _ if counted && factor >= i128::from(FEN_PER_YUAN) => {
                let fen = i64::try_from(factor * term.operand.middle(self)).unwrap_or(i64::MAX);
                Printed::wan_yuan(Money(fen)).digits()
            }
            _ => format!("{factor}×{digits}"),
        }
    }
}

impl Ledger<'_> {
    /// A side of a formula with what each figure is: `基本支出754.19万元、项目支出151.12万元之和`.
    pub(crate) fn side_words(&self, terms: &[Term]) -> String {
        let word = |term: &Term| {
            let own = match &term.operand {
                Operand::Figure(id) => format!("{}{}", self.label(*id), self.stands(*id)),
                Operand::Given { label, .. } => label.clone(),
            };
            match term.factor.abs() {
                1 => own,
                _ => format!("{own}（按此计{}）", self.multiple(term)),
            }
        };
        let (plus, minus): (Vec<&Term>, Vec<&Term>) = terms.iter().partition(|term| term.factor >= 0);
        let list = |terms: &[&Term]| terms.iter().map(|term| word(term)).collect::<Vec<_>>().join("、");
        let mut out = list(&plus);
        if plus.len() > 1 {
            out.push_str("之和");
        }
        if !minus.is_empty() {
            out.push_str(&format!("减去{}", list(&minus)));
        }
        out
    }
}

/// A value in the integers of an interval, printed as `like` is.
pub(crate) fn near(value: i128, like: Printed) -> Printed {
    let step = crate::ledger::last_place(like);
    let half = if value < 0 { -step / 2 } else { step / 2 };
    Printed { mantissa: i64::try_from((value + half) / step).unwrap_or(i64::MAX), ..like }
}

/// Digits, with the unit set off by nothing: `921.96万元`, `3.8%`.
pub(crate) fn with_unit(printed: Printed) -> String {
    printed.to_string()
}
