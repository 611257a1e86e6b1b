//! What a formula can go through besides single meanings: sets (每份自评, 每项指标, 每段正文 …), and what each of their members
//! has: numbers, texts, and properties that only the program can judge. Names are those of rule files.

use juesuan_model::{Quantity, Stands, Topic};

use crate::rule::body::ParameterKind;

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
    /// What the patterns of a parameter find in a text.
    Hits(String),
    /// Statutory tables.
    Tables,
    /// Lines below a statutory table.
    Notes,
    /// Amounts that lie within the meanings of a parameter.
    Within(String),
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
    /// What a figure is compared with.
    Compared,
    /// The amount that a change or rate is about.
    Current,
    /// The change beside a growth rate.
    ChangeBeside,
    /// Name of the classification code of a figure.
    CodeName,
    /// Unit that a table prints.
    TableUnit,
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
}

/// A text of a change of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeText {
    /// Who approved it.
    ApprovedBy,
    /// Number of the document.
    Reference,
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
    /// The grade that is named is that of the points.
    GradeFits,
    /// The table prints money.
    HasData,
}

const fn evaluations(whole: Option<bool>, stands: Option<Stands>) -> Set {
    Set::Evaluations(Evaluations { whole, stands })
}

/// Sets by their names with the measure word.
pub(super) const SETS: &[(&str, Set)] = &[
    ("份自评", evaluations(None, None)),
    ("份自评表", evaluations(None, Some(Stands::Form))),
    ("份自评报告", evaluations(None, Some(Stands::Report))),
    ("份整体自评", evaluations(Some(true), None)),
    ("份整体自评表", evaluations(Some(true), Some(Stands::Form))),
    ("份项目自评", evaluations(Some(false), None)),
    ("份项目自评表", evaluations(Some(false), Some(Stands::Form))),
    ("份项目自评报告", evaluations(Some(false), Some(Stands::Report))),
    ("份项目综述", evaluations(Some(false), Some(Stands::Summary))),
    ("项指标", Set::Indicators),
    ("项来源", Set::Funds),
    ("次调整", Set::Changes),
    ("段文字", Set::Texts(Texts::All)),
    ("段正文", Set::Texts(Texts::Paragraphs)),
    ("段说明", Set::Texts(Texts::Explanations)),
    ("段正文和表注", Set::Texts(Texts::ParagraphsAndNotes)),
    ("段标题、正文和表注", Set::Texts(Texts::Sentences)),
    ("张表", Set::Tables),
    ("条表注", Set::Notes),
    ("个增减额", Set::Changed),
    ("个增减率", Set::Growths),
    ("个占比", Set::Shares),
    ("个完成率", Set::Completions),
    ("条原因", Set::Causes),
];

const QUANTITIES: &[(&str, Quantity)] = &[
    ("年初预算", Quantity::InitialBudget),
    ("全年预算", Quantity::FullYearBudget),
    ("到位资金", Quantity::Received),
    ("执行数", Quantity::Executed),
    ("执行率", Quantity::Rate),
    ("执行分值", Quantity::ExecutionWeight),
    ("执行得分", Quantity::ExecutionScore),
    ("总分值", Quantity::WeightTotal),
    ("总分", Quantity::Score),
    ("基本支出总额", Quantity::BasicTotal),
    ("项目支出总额", Quantity::ProjectTotal),
];

const TOPICS: &[(&str, Topic)] = &[
    ("部门职责", Topic::Duties),
    ("立项目的", Topic::Purpose),
    ("年度目标", Topic::Goal),
    ("完成情况", Topic::Outcome),
    ("产出和效益", Topic::Output),
    ("完成的目标", Topic::Met),
    ("未完成的目标", Topic::Unmet),
    ("到位偏移原因", Topic::ArrivalCause),
    ("执行偏移原因", Topic::ExecutionCause),
    ("偏差原因分析", Topic::Deviation),
    ("存在的问题", Topic::Problems),
    ("改进措施", Topic::Measures),
    ("结果应用", Topic::Use),
    ("等级", Topic::Grade),
    ("备注", Topic::Note),
];

const BESIDE: &[(&str, Beside)] = &[
    ("", Beside::Own),
    ("报告的", Beside::In(Stands::Report)),
    ("自评表的", Beside::In(Stands::Form)),
    ("综述的", Beside::In(Stands::Summary)),
    ("任何一处的", Beside::Anywhere),
];

const MONEY: [Quantity; 3] = [Quantity::InitialBudget, Quantity::FullYearBudget, Quantity::Executed];

const INDICATOR_NUMBERS: &[(&str, IndicatorNumber)] = &[
    ("分值", IndicatorNumber::Weight),
    ("得分", IndicatorNumber::Score),
    ("指标值", IndicatorNumber::Target),
    ("指标值上限", IndicatorNumber::TargetUpto),
    ("完成值", IndicatorNumber::Reached),
    ("完成值上限", IndicatorNumber::ReachedUpto),
];

const INDICATOR_TEXTS: &[(&str, IndicatorText)] = &[
    ("指标名称", IndicatorText::Name),
    ("各级指标名称", IndicatorText::Path),
    ("所写指标值", IndicatorText::Target),
    ("所写完成值", IndicatorText::Reached),
    ("指标值单位", IndicatorText::TargetUnit),
    ("完成值单位", IndicatorText::ReachedUnit),
    ("偏差原因", IndicatorText::Reason),
];

const CHANGE_TEXTS: &[(&str, ChangeText)] = &[("批准人", ChangeText::ApprovedBy), ("批准文号", ChangeText::Reference)];

/// What the members of a set have: numbers, texts and properties by their names.
#[derive(Clone, Debug, Default)]
pub struct Having {
    /// Numbers.
    pub numbers: Vec<(String, Field)>,
    /// Texts.
    pub texts: Vec<(String, Field)>,
    /// Properties, each with whether the name says that it is there.
    pub properties: Vec<(&'static str, Property, bool)>,
}

impl Set {
    /// True if the members of this set belong to a member of the other: 每份自评的每项指标.
    pub(super) fn is_of(&self, outer: &Set) -> bool {
        match self {
            Set::Indicators | Set::Funds => matches!(outer, Set::Evaluations(_)),
            Set::Hits(_) => matches!(outer, Set::Texts(_)),
            Set::Notes => *outer == Set::Tables,
            _ => false,
        }
    }

    /// What a member has by itself.
    pub fn having(&self) -> Having {
        let own = |name: &str, field| (name.to_owned(), field);
        match self {
            Set::Evaluations(_) => evaluation(),
            Set::Indicators => Having {
                numbers: INDICATOR_NUMBERS.iter().map(|(name, n)| own(name, Field::Indicator(*n))).collect(),
                texts: INDICATOR_TEXTS.iter().map(|(name, t)| own(name, Field::IndicatorText(*t))).collect(),
                properties: vec![
                    ("未达到指标值", Property::Unmet, true),
                    ("达到指标值或无法比较", Property::Unmet, false),
                    ("完成值与指标值相同", Property::SameValue, true),
                    ("完成值与指标值不同", Property::SameValue, false),
                    ("指标值可以比较", Property::Telling, true),
                ],
            },
            Set::Funds => Having { numbers: lines("", Field::Line), ..Having::default() },
            Set::Changes => Having {
                texts: CHANGE_TEXTS.iter().map(|(name, t)| own(name, Field::Change(*t))).collect(),
                ..Having::default()
            },
            Set::Texts(_) | Set::Notes => Having { texts: vec![own("该段", Field::Own)], ..Having::default() },
            Set::Hits(_) => {
                Having { texts: vec![own("该处", Field::Own), own("全段", Field::Whole)], ..Having::default() }
            }
            Set::Tables => Having {
                texts: vec![own("金额单位", Field::TableUnit)],
                properties: vec![("有数据", Property::HasData, true), ("没有数据", Property::HasData, false)],
                ..Having::default()
            },
            Set::Within(_) => Having {
                numbers: vec![own("该数", Field::Own)],
                texts: vec![own("科目名称", Field::CodeName)],
                ..Having::default()
            },
            Set::Changed | Set::Growths | Set::Completions | Set::Shares => Having {
                numbers: vec![
                    own("该数", Field::Own),
                    own("对比数", Field::Compared),
                    own("本年数", Field::Current),
                    own("增减额", Field::ChangeBeside),
                ],
                ..Having::default()
            },
            Set::Causes => Having { texts: vec![own("原因", Field::Own)], ..Having::default() },
        }
    }

    pub(super) fn parameters<'s>(&'s self, out: &mut Vec<(&'s str, ParameterKind)>) {
        match self {
            Set::Hits(key) => out.push((key, ParameterKind::Patterns)),
            Set::Within(key) => out.push((key, ParameterKind::Meanings)),
            _ => {}
        }
    }
}

/// Three amounts of a line of money.
fn lines(lead: &str, field: impl Fn(Quantity) -> Field) -> Vec<(String, Field)> {
    let named = QUANTITIES.iter().filter(|(_, quantity)| MONEY.contains(quantity));
    named.map(|(name, quantity)| (format!("{lead}{name}"), field(*quantity))).collect()
}

fn evaluation() -> Having {
    let mut numbers: Vec<(String, Field)> =
        QUANTITIES.iter().map(|(name, quantity)| ((*name).to_owned(), Field::Quantity(*quantity))).collect();
    numbers.extend(lines("资金总额的", Field::TotalLine));
    numbers.extend(QUANTITIES.iter().map(|(name, quantity)| (format!("首次写出的{name}"), Field::First(*quantity))));
    let texts = BESIDE.iter().flat_map(|(whose, beside)| {
        TOPICS.iter().map(move |(name, topic)| (format!("{whose}{name}"), Field::Topic(*beside, *topic)))
    });
    let titles = BESIDE.iter().map(|(whose, beside)| (format!("{whose}标题"), Field::Title(*beside)));
    Having {
        numbers,
        texts: texts.chain(titles).collect(),
        properties: vec![("等级与总分相符", Property::GradeFits, true)],
    }
}
