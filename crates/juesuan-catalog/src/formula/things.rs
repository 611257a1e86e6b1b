//! What a formula can go through besides single meanings: sets (每份自评, 每项指标, 每段正文 …), and what their members have:
//! numbers, texts, and properties that only the program can judge.

use juesuan_model::{Dimension, Quantity, Stands, Topic};

/// A set that a formula goes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// Evaluations of performance.
    Evaluations(Evaluations),
    /// Lines of indicators of an evaluation.
    Indicators,
    /// Lines of money of an evaluation, without the total.
    Funds,
    /// Targets that were changed after their approval.
    Changes,
    /// Texts of the document.
    Texts(Texts),
    /// What the patterns of a parameter find in texts of the document.
    Hits(Texts, String),
    /// Statutory tables.
    Tables,
    /// Lines below a statutory table.
    Notes,
    /// Amounts that lie within the meanings of a parameter.
    Within(String),
    /// Items of a classification that have money in a table, for each meaning of a parameter.
    Items(String),
    /// Function codes, each where it first stands.
    Codes,
    /// Amounts by function code, each once.
    CodedAmounts,
    /// Rows of tables that have a function code, one for each column of money.
    Rows,
    /// Changes against last year or a budget.
    Changed,
    /// Growth rates.
    Growths,
    /// Shares of a whole.
    Shares,
    /// Parts of a budget that were spent.
    Completions,
    /// Causes that the text gives for a change.
    Causes,
    /// Places where a cause is demanded and none is given.
    Lacking,
    /// Sections of the running text; figures, causes and lacking causes that are asked for inside of one are its own.
    Sections,
}

/// Which evaluations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluations {
    /// `Some(true)`: of the whole, `Some(false)`: of a project.
    pub whole: Option<bool>,
    /// In one kind of place only.
    pub stands: Option<Stands>,
}

/// Which texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// Everything but the contents page.
    All,
    /// Everything.
    Everything,
    /// Running text.
    Paragraphs,
    /// Everything but the contents page and the cells of tables.
    Explanations,
    /// Headings, running text and notes.
    Sentences,
    /// Running text and notes.
    ParagraphsAndNotes,
}

/// Something that a member of a set has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// A number of an evaluation.
    Quantity(Quantity),
    /// A text of an evaluation, of itself or of another place that speaks of the same.
    Topic(Beside, Topic),
    /// The same number of the evaluation that printed it first.
    First(Quantity),
    /// The title of an evaluation.
    Title(Beside),
    /// The project of an evaluation.
    Project,
    /// A number of the first line of money of an evaluation.
    TotalLine(Quantity),
    /// A number of a line of money.
    Line(Quantity),
    /// A number of an indicator.
    Indicator(IndicatorNumber),
    /// A text of an indicator.
    IndicatorText(IndicatorText),
    /// A text of a change of a target.
    Change(ChangeText),
    /// The member itself: a figure, a text, what a pattern found.
    Own,
    /// The whole text in which a pattern found something.
    Whole,
    /// All that a pattern found, where the member is its first group.
    Found,
    /// What should stand instead of what a pattern found.
    Instead,
    /// The heading above a text, or the section itself.
    Heading,
    /// What a figure is compared with.
    Compared,
    /// The amount that a change or rate is about.
    Current,
    /// The change beside a growth rate.
    ChangeBeside,
    /// Name of the classification code of a figure.
    CodeName,
    /// Classification code of a figure, or one near it.
    Code(CodeOf),
    /// Amount of the row one level up in the same column.
    AmountAbove,
    /// A coordinate of a figure.
    Coordinate(Dimension),
    /// A text of a table.
    Table(TableText),
    /// A number of a table.
    TableNumber(TableNumber),
}

/// Which code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeOf {
    /// That of the figure.
    Own,
    /// One level up.
    Above,
    /// That of the row before, in the same column.
    Before,
}

/// A text of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableText {
    /// Its title.
    Title,
    /// The unit that it prints.
    Unit,
    /// Title, who files it, and the labels of its rows.
    Labels,
}

/// A number of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableNumber {
    /// How many rows it has.
    Rows,
    /// The first amount in it that is not nothing.
    Amount,
    /// An amount other than nothing that the running text prints for what the table shows.
    InText,
}

/// Whose text: of the evaluation itself, or of what another place says of the same project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// Its own.
    Own,
    /// That of the first evaluation in this kind of place.
    In(Stands),
    /// That of any evaluation of the same project.
    Anywhere,
    /// That of any other evaluation of the same project.
    Elsewhere,
    /// That of the first evaluation of the same project that says it, unless that is the one itself.
    First,
}

/// A number of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndicatorNumber {
    /// 分值.
    Weight,
    /// 得分.
    Score,
    /// 年度指标值.
    Target,
    /// The upper end of an 年度指标值 that is a range.
    TargetUpto,
    /// 实际完成值.
    Reached,
    /// The upper end of an 实际完成值 that is a range.
    ReachedUpto,
}

/// A text of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndicatorText {
    /// Its name.
    Name,
    /// Its name with the levels above it.
    Path,
    /// 年度指标值.
    Target,
    /// 实际完成值.
    Reached,
    /// The unit of the value aimed at, without what multiplies it.
    TargetUnit,
    /// The unit of the value reached, without what multiplies it.
    ReachedUnit,
    /// 偏差原因.
    Reason,
    /// The value that was approved with the budget.
    Approved,
    /// The value after its last change.
    Changed,
    /// Day of that change.
    ChangedOn,
}

/// A text of a change of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeText {
    /// Who approved it.
    ApprovedBy,
    /// Number of the document.
    Reference,
    /// Day.
    Date,
    /// Value before.
    Before,
    /// Value after.
    After,
}

/// What the program judges, because it takes more than comparing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// The number reached is certainly not the number aimed at.
    Unmet,
    /// Value aimed at and value reached are the same, to the digit or word for word.
    SameValue,
    /// The value aimed at is a number that is not met to the digit every day: not nothing and not 100 %.
    Telling,
    /// The value reached lies so far above the value aimed at that the scheme of points asks why.
    FarOver,
    /// Its values were not filled in.
    Blank,
    /// The grade that is named is that of the points.
    GradeFits,
    /// The table prints money.
    HasData,
    /// The running text prints an amount for the item of a figure, or says that there is one.
    InText,
    /// A path of the classification in the running text that is named wrongly means the item of a figure.
    Misnamed,
    /// The code of a figure is one of the classification of the year.
    Listed,
    /// A cause is one of a change against last year.
    AgainstPrior,
    /// The document is one of final accounts.
    Final,
}
