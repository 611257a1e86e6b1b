//! What a department's final accounts are made of.
//!
//! In: nothing. Out: the types that every other crate shares. Deliberately not here: input and output,
//! clocks, floats, and any title, column or name of the field (those are data in `catalog/`).
//!
//! In reading order:
//! - [`money`] exact amounts in 分, and how an amount is parsed
//! - [`printed`] a figure as it stands on paper, and the interval of true values behind it
//! - [`cell`] number, blank, dash, absent or unreadable
//! - [`ratio`] exact fractions, rounded once when printed
//! - [`meaning`] what a figure is a figure of
//! - [`measure`] which property of that meaning is printed
//! - [`place`] where it stands; [`seen`] how it was seen
//! - [`figure`] meaning + measure + printed value + place; [`claim`] what is said without a figure
//! - [`document`] the document plan: parts, paragraphs, tables, charts; [`table`] a table put together
//! - [`performance`] what is said of projects and indicators
//! - [`package`] one unit or department, one year: the waist of the program
//! - [`message`] a sentence as data
//! - [`relation`] a relation that was evaluated, its terms and its verdict
//! - [`finding`] a fault of a document; [`problem`] a fault of an input file
//! - [`ask`] what a document lacks and only people can supply

pub mod ask;
pub mod cell;
pub mod claim;
pub mod coverage;
pub mod document;
pub mod figure;
pub mod finding;
pub mod meaning;
pub mod measure;
pub mod message;
pub mod money;
pub mod number;
pub mod package;
pub mod performance;
pub mod pictured;
pub mod place;
pub mod printed;
pub mod problem;
pub mod ratio;
pub mod relation;
pub mod seen;
pub mod table;

pub use ask::{Ask, Demand, Need, Wanted};
pub use cell::Cell;
pub use claim::{Claim, Statement};
pub use coverage::{Coverage, Pictured, Untried};
pub use document::{
    Align, Block, CellRole, Chart, ChartKind, ChartSeries, ContentsEntry, Document, HeaderCell, Mark, Notice,
    Orientation, Part, Run, TITLE_LEVEL, Table, TableCell, TableRow,
};
pub use figure::{Cited, Figure, FigureId, Reading, ShownFigure};
pub use finding::{Cause, Difference, Finding, FindingKey, Proof, Quoted, Role, Severity, Spot, Voice};
pub use meaning::{Dimension, Meaning};
pub use measure::{Against, Measure};
pub use message::{Message, Said, Subject, Word};
pub use money::Money;
pub use number::Number;
pub use package::{BudgetUnit, Compared, DocumentKind, Entity, Package, Scope, UnitKind, VariantBy};
pub use performance::{
    Evaluation, Evidence, FundLine, Indicator, Operator, Performance, Quantity, ResultUse, Stage, Stands, Step, Target,
    TargetChange, Told, Topic,
};
pub use pictured::{CorrectedBy, Differing, InPicture, NoPictureDigest, PictureDigest, Stretch};
pub use place::{Noted, Origin, PageSize, Place, place_in, seen_in};
pub use printed::{Interval, Printed, Unit};
pub use problem::{Gravity, Problem};
pub use ratio::Ratio;
pub use relation::{Relation, RelationId, Tally, Verdict};
pub use seen::{Confidence, Seen};
pub use table::{HeadColumn, TableBuilder};
