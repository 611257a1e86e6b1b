//! The relations of a document as data: what was compared with what, so that a reader can show the arithmetic.

use juesuan_model::relation::{Form, Operand, Sense, Share, Source, Term};
use juesuan_model::{FigureId, Printed, Reading, Relation, Verdict};
use juesuan_write::report::{Checked, Teller};
use schemars::JsonSchema;
use serde::Serialize;

/// A relation.
#[derive(JsonSchema, Serialize)]
pub struct RelationData {
    code: String,
    text: String,
    verdict: Verdict,
    /// Holds only within rounding.
    tail: bool,
    /// Figures that it joins, by their number in the package.
    figures: Vec<FigureId>,
    #[serde(flatten)]
    form: FormData,
}

/// Its mathematics.
#[derive(JsonSchema, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
enum FormData {
    /// Two sums.
    Linear {
        left: Vec<TermData>,
        sense: Sense,
        right: Vec<TermData>,
        /// Tolerated beyond rounding, in 分, in 10^-6 of one percent or point, or in pieces.
        slack: i128,
    },
    /// percent = 100 · Σ part·x ÷ Σ whole·x.
    Quotient { percent: FigureId, shares: Vec<ShareData> },
    /// A condition that names no value.
    Logic,
    /// Something that no figure repairs.
    Fact,
}

/// `factor` × what is named.
#[derive(JsonSchema, Serialize)]
struct TermData {
    factor: i128,
    #[serde(flatten)]
    operand: OperandData,
}

#[derive(JsonSchema, Serialize)]
struct ShareData {
    part: i128,
    whole: i128,
    #[serde(flatten)]
    operand: OperandData,
}

/// A figure of the package, or a value from elsewhere.
#[derive(JsonSchema, Serialize)]
struct OperandData {
    figure: Option<FigureId>,
    /// The file that a value from elsewhere stands in, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// As it is calculated with; `null` where it cannot be read or is not printed.
    value: Option<String>,
    unit: Option<&'static str>,
}

/// Every relation of a document.
pub fn relations(checked: &Checked, teller: &Teller<'_>) -> Vec<RelationData> {
    checked.report.relations.iter().map(|relation| data(relation, checked, teller)).collect()
}

fn data(relation: &Relation, checked: &Checked, teller: &Teller<'_>) -> RelationData {
    let readings = &checked.report.readings;
    let terms = |terms: &[Term]| -> Vec<TermData> {
        terms.iter().map(|t| TermData { factor: t.factor, operand: operand(&t.operand, readings) }).collect()
    };
    let share = |s: &Share| ShareData { part: s.part, whole: s.whole, operand: operand(&s.operand, readings) };
    let form = match &relation.form {
        Form::Linear { left, sense, right, slack } => {
            FormData::Linear { left: terms(left), sense: *sense, right: terms(right), slack: *slack }
        }
        Form::Quotient { percent, shares } => {
            FormData::Quotient { percent: *percent, shares: shares.iter().map(share).collect() }
        }
        Form::Logic { .. } => FormData::Logic,
        Form::Fact { .. } => FormData::Fact,
    };
    RelationData {
        code: relation.code.clone(),
        text: teller.relation(relation),
        verdict: relation.verdict,
        tail: relation.tail,
        figures: relation.figures(),
        form,
    }
}

fn operand(operand: &Operand, readings: &[Reading]) -> OperandData {
    let (file, reading) = match operand {
        Operand::Figure(FigureId(number)) => {
            (None, usize::try_from(*number).ok().and_then(|at| readings.get(at)).copied())
        }
        Operand::Given(given) => match &given.from {
            Source::Rule(printed) => (None, Some(Reading::Known(*printed))),
            Source::Earlier(figure) | Source::Beside(figure) => (figure.place.file.clone(), Some(figure.reads)),
        },
    };
    let printed: Option<Printed> = match reading {
        Some(Reading::Known(printed)) => Some(printed),
        Some(Reading::Unreadable | Reading::Absent) | None => None,
    };
    OperandData {
        figure: operand.figure(),
        file,
        value: printed.map(Printed::digits),
        unit: printed.map(|printed| printed.unit.word()),
    }
}
