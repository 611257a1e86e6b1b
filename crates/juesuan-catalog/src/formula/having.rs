//! The names of rule files for sets, and for what the members of each have.

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use juesuan_model::{Dimension, Quantity, Stands, Topic};

use super::things::{
    Beside, ChangeText, CodeOf, Evaluations, Field, IndicatorNumber, IndicatorText, Property, Set, TableNumber,
    TableText, Texts,
};
use crate::performance::announced::topic_word;
use crate::rule::body::ParameterKind;

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
    ("段文字和目录", Set::Texts(Texts::Everything)),
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
    ("处缺写的原因", Set::Lacking),
    ("个科目", Set::Codes),
    ("个科目的数", Set::CodedAmounts),
    ("行科目", Set::Rows),
    ("节", Set::Sections),
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

/// Topics that formulas call otherwise than files do.
const TOPICS: &[(&str, Topic)] = &[
    ("部门职责", Topic::Duties),
    ("年度目标", Topic::Goal),
    ("产出和效益", Topic::Output),
    ("完成的目标", Topic::Met),
    ("未完成的目标", Topic::Unmet),
    ("偏差原因分析", Topic::Deviation),
    ("存在的问题", Topic::Problems),
];

/// Topics that have one word in both.
const TOPICS_OF_FILES: [Topic; 10] = [
    Topic::Purpose,
    Topic::Outcome,
    Topic::ArrivalCause,
    Topic::ExecutionCause,
    Topic::Measures,
    Topic::Use,
    Topic::Grade,
    Topic::Note,
    Topic::Department,
    Topic::Executor,
];

const BESIDE: &[(&str, Beside)] = &[
    ("", Beside::Own),
    ("报告的", Beside::In(Stands::Report)),
    ("自评表的", Beside::In(Stands::Form)),
    ("综述的", Beside::In(Stands::Summary)),
    ("任何一处的", Beside::Anywhere),
    ("别处的", Beside::Elsewhere),
    ("首次写出的", Beside::First),
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
    ("批复的指标值", IndicatorText::Approved),
    ("调整后的指标值", IndicatorText::Changed),
    ("调整日期", IndicatorText::ChangedOn),
];

const CHANGE_TEXTS: &[(&str, ChangeText)] = &[
    ("批准人", ChangeText::ApprovedBy),
    ("批准文号", ChangeText::Reference),
    ("日期", ChangeText::Date),
    ("原值", ChangeText::Before),
    ("新值", ChangeText::After),
];

/// Texts of a figure with a function code, besides the name of the code.
const CODE_TEXTS: &[(&str, Field)] = &[
    ("表名", Field::Table(TableText::Title)),
    ("编码", Field::Code(CodeOf::Own)),
    ("上级编码", Field::Code(CodeOf::Above)),
    ("前一行编码", Field::Code(CodeOf::Before)),
    ("科目名称", Field::CodeName),
    ("性质", Field::Coordinate(Dimension::Nature)),
    ("预算阶段", Field::Coordinate(Dimension::Stage)),
    ("主题", Field::Coordinate(Dimension::Theme)),
];

const TABLE_TEXTS: &[(&str, TableText)] =
    &[("表名", TableText::Title), ("金额单位", TableText::Unit), ("全表文字", TableText::Labels)];

const TABLE_NUMBERS: &[(&str, TableNumber)] =
    &[("行数", TableNumber::Rows), ("表中的数", TableNumber::Amount), ("文中的数", TableNumber::InText)];

/// What the members of a set have: numbers, texts and properties by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Having {
    /// Numbers.
    pub(super) numbers: Vec<(String, Field)>,
    /// Texts.
    pub(super) texts: Vec<(String, Field)>,
    /// Properties, each with whether the name says that it is there.
    pub(super) properties: Vec<(&'static str, Property, bool)>,
    names: OnceLock<BTreeSet<&'static str>>,
}

impl Having {
    /// Names of the numbers and texts.
    pub(super) fn names(&'static self) -> &'static BTreeSet<&'static str> {
        let all = || self.numbers.iter().chain(&self.texts).map(|(name, _)| name.as_str()).collect();
        self.names.get_or_init(all)
    }
}

static EVALUATION: LazyLock<Having> = LazyLock::new(evaluation);
static INDICATORS: LazyLock<Having> = LazyLock::new(indicators);
static FUNDS: LazyLock<Having> = LazyLock::new(funds);
static CHANGES: LazyLock<Having> = LazyLock::new(changes);
static TEXTS: LazyLock<Having> = LazyLock::new(texts);
static NOTES: LazyLock<Having> = LazyLock::new(notes);
static HITS: LazyLock<Having> = LazyLock::new(hits);
static TABLES: LazyLock<Having> = LazyLock::new(tables);
static WITHIN: LazyLock<Having> = LazyLock::new(within);
static CODED: LazyLock<Having> = LazyLock::new(coded);
static COMPARED: LazyLock<Having> = LazyLock::new(compared);
static CAUSES: LazyLock<Having> = LazyLock::new(causes);
static NOTHING: LazyLock<Having> = LazyLock::new(Having::default);
static SECTIONS: LazyLock<Having> = LazyLock::new(sections);

impl Set {
    /// True if the members of this set belong to a member of the other: 每份自评的每项指标.
    pub(super) fn is_of(&self, outer: &Set) -> bool {
        match self {
            Set::Indicators | Set::Funds => matches!(outer, Set::Evaluations(_)),
            Set::Notes => *outer == Set::Tables,
            _ => false,
        }
    }

    /// What a member has by itself. Put together once: formulas ask at each of their places.
    pub(super) fn having(&self) -> &'static Having {
        match self {
            Set::Evaluations(_) => &EVALUATION,
            Set::Indicators => &INDICATORS,
            Set::Funds => &FUNDS,
            Set::Changes => &CHANGES,
            Set::Texts(_) => &TEXTS,
            Set::Notes => &NOTES,
            Set::Hits(..) => &HITS,
            Set::Tables => &TABLES,
            Set::Within(_) => &WITHIN,
            Set::Items(_) | Set::Codes | Set::CodedAmounts | Set::Rows => &CODED,
            Set::Changed | Set::Growths | Set::Completions | Set::Shares => &COMPARED,
            Set::Causes => &CAUSES,
            Set::Lacking => &NOTHING,
            Set::Sections => &SECTIONS,
        }
    }

    pub(super) fn parameters<'s>(&'s self, out: &mut Vec<(&'s str, ParameterKind)>) {
        match self {
            Set::Hits(_, key) => out.push((key, ParameterKind::Patterns)),
            Set::Within(key) | Set::Items(key) => out.push((key, ParameterKind::Meanings)),
            _ => {}
        }
    }
}

fn own(name: &str, field: Field) -> (String, Field) {
    (name.to_owned(), field)
}

fn funds() -> Having {
    Having { numbers: lines("", Field::Line), ..Having::default() }
}

fn changes() -> Having {
    let texts = CHANGE_TEXTS.iter().map(|(name, text)| own(name, Field::Change(*text))).collect();
    Having { texts, ..Having::default() }
}

fn texts() -> Having {
    let texts = vec![own("该段", Field::Own), own("正字", Field::Instead), own("所在标题", Field::Heading)];
    Having { texts, ..Having::default() }
}

fn notes() -> Having {
    Having { texts: vec![own("该段", Field::Own)], ..Having::default() }
}

fn tables() -> Having {
    Having {
        numbers: TABLE_NUMBERS.iter().map(|(name, n)| own(name, Field::TableNumber(*n))).collect(),
        texts: TABLE_TEXTS.iter().map(|(name, t)| own(name, Field::Table(*t))).collect(),
        properties: vec![("有数据", Property::HasData, true), ("没有数据", Property::HasData, false)],
        ..Having::default()
    }
}

fn within() -> Having {
    Having {
        numbers: vec![own("该数", Field::Own)],
        texts: vec![own("科目名称", Field::CodeName)],
        ..Having::default()
    }
}

fn coded() -> Having {
    Having {
        numbers: vec![own("该数", Field::Own), own("上级科目的数", Field::AmountAbove)],
        texts: CODE_TEXTS.iter().map(|(name, field)| own(name, *field)).collect(),
        properties: vec![
            ("科目在当年目录中", Property::Listed, true),
            ("文字列有该科目", Property::InText, true),
            ("文字写错该科目的名称", Property::Misnamed, true),
        ],
        ..Having::default()
    }
}

fn compared() -> Having {
    Having {
        numbers: vec![
            own("该数", Field::Own),
            own("对比数", Field::Compared),
            own("本年数", Field::Current),
            own("增减额", Field::ChangeBeside),
        ],
        texts: CODE_TEXTS.iter().map(|(name, field)| own(name, *field)).collect(),
        ..Having::default()
    }
}

fn causes() -> Having {
    Having {
        texts: vec![own("原因", Field::Own)],
        properties: vec![("与上年比较", Property::AgainstPrior, true), ("与预算比较", Property::AgainstPrior, false)],
        ..Having::default()
    }
}

fn sections() -> Having {
    Having { texts: vec![own("标题", Field::Heading)], ..Having::default() }
}

fn indicators() -> Having {
    Having {
        numbers: INDICATOR_NUMBERS.iter().map(|(name, n)| own(name, Field::Indicator(*n))).collect(),
        texts: INDICATOR_TEXTS.iter().map(|(name, t)| own(name, Field::IndicatorText(*t))).collect(),
        properties: vec![
            ("未达到指标值", Property::Unmet, true),
            ("达到指标值或无法比较", Property::Unmet, false),
            ("完成值与指标值相同", Property::SameValue, true),
            ("完成值与指标值不同", Property::SameValue, false),
            ("指标值可以比较", Property::Telling, true),
            ("远超指标值", Property::FarOver, true),
            ("有内容", Property::Blank, false),
        ],
        ..Having::default()
    }
}

fn hits() -> Having {
    Having {
        texts: vec![
            own("该处", Field::Own),
            own("全段", Field::Whole),
            own("前后文字", Field::Found),
            own("正字", Field::Instead),
            own("所在标题", Field::Heading),
        ],
        ..Having::default()
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
    let topics = || TOPICS.iter().copied().chain(TOPICS_OF_FILES.map(|topic| (topic_word(topic), topic)));
    let texts = BESIDE.iter().flat_map(|(whose, beside)| {
        topics().map(move |(name, topic)| (format!("{whose}{name}"), Field::Topic(*beside, topic)))
    });
    let titles = BESIDE.iter().map(|(whose, beside)| (format!("{whose}标题"), Field::Title(*beside)));
    Having {
        numbers,
        texts: texts.chain(titles).chain([own("项目名称", Field::Project)]).collect(),
        properties: vec![("等级与总分相符", Property::GradeFits, true)],
        ..Having::default()
    }
}
