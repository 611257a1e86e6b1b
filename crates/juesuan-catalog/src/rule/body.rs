//! The bodies in Rust that rule files may name, and the parameters that each takes.
//!
//! A body is for what no formula says (the line is drawn in DECISIONS.md). It is declared here, so that a rule file with an
//! unknown body, a parameter too many or one that is missing is refused when the catalogue is loaded; the function behind it
//! stands in `juesuan-check`, which matches on these enums: a body without a function does not compile.

use std::borrow::Cow;

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Words that texts are searched for, held in the form in which texts are compared ([`juesuan_text::plain`]).
    Words,
    /// Names of the catalogue, and lists with a form of their own: held as they stand.
    Names,
    /// Regular expressions. `YEAR` in one stands for a year, `NAME` for the name of whoever files the document.
    Patterns,
    /// Meanings in brackets.
    Meanings,
}

/// A parameter of a body: a key below `[with]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key.
    pub key: Cow<'static, str>,
    /// What it holds.
    pub kind: ParameterKind,
    /// False where the body has its own way without it.
    pub required: bool,
}

const fn words(key: &'static str) -> Parameter {
    Parameter { key: Cow::Borrowed(key), kind: ParameterKind::Words, required: true }
}

const fn names(key: &'static str) -> Parameter {
    Parameter { key: Cow::Borrowed(key), kind: ParameterKind::Names, required: true }
}

const fn patterns(key: &'static str) -> Parameter {
    Parameter { key: Cow::Borrowed(key), kind: ParameterKind::Patterns, required: true }
}

const fn meanings(key: &'static str) -> Parameter {
    Parameter { key: Cow::Borrowed(key), kind: ParameterKind::Meanings, required: true }
}

const fn maybe(mut parameter: Parameter) -> Parameter {
    parameter.required = false;
    parameter
}

/// One closed enum a group of bodies, with names and parameters.
macro_rules! bodies {
    ($($(#[$of:meta])* $group:ident { $($name:ident = $text:literal [$($parameter:expr),*],)* })*) => {
        $(
            $(#[$of])*
            #[expect(missing_docs, reason = "the function in juesuan-check says what it does")]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub enum $group { $($name,)* }

            impl $group {
                const ALL: &'static [$group] = &[$($group::$name,)*];

                const fn name(self) -> &'static str {
                    match self { $($group::$name => $text,)* }
                }

                const fn parameters(self) -> &'static [Parameter] {
                    match self { $($group::$name => const { &[$($parameter),*] },)* }
                }
            }
        )*
    };
}

bodies! {
    /// Bodies that look at one document.
    DocumentBody {
        FundFitsCode = "fund-fits-code" [],
        CodePrintedWhole = "code-printed-whole" [],
        RowsHaveCodes = "rows-have-codes" [],
        DigitsAsLastYear = "digits-as-last-year" [],
        UsesAddUp = "uses-add-up" [patterns("whole"), patterns("part")],
        CostIsWhatWasSpent = "cost-is-what-was-spent" [patterns("words")],
        NameFitsCode = "name-fits-code" [names("since")],
        OneNamePerCode = "one-name-per-code" [],
        LayerAsPicture = "layer-as-picture" [],
        PathNamesFit = "path-names-fit" [names("since")],
        ListedItemsHaveMoney = "listed-items-have-money" [],
        PurposeFitsNature = "purpose-fits-nature" [names("words"), words("lead")],
        EvaluatedProjects = "evaluated-projects" [names("theme")],
        CauseGiven = "cause-given"
            [meanings("subjects"), maybe(patterns("marked")), maybe(patterns("bare")), maybe(words("budgets")),
            maybe(words("prior")), maybe(words("parts")), maybe(patterns("headings")), maybe(patterns("concluding"))],
        CauseNamesParts = "cause-names-parts"
            [meanings("total"), meanings("parts"), patterns("named"), words("unless")],
        SharesAddUp = "shares-add-up" [],
        KindsAddUp = "kinds-add-up" [names("total"), names("kinds"), names("awarded")],
        SectionsPresent = "sections-present" [words("tail"), words("everyone"), words("whole"), maybe(names("since"))],
        MarksArePaired = "marks-are-paired" [],
        ParagraphsEnd = "paragraphs-end" [],
        NoDoubledWords = "no-doubled-words" [words("alone"), words("allowed")],
        HeadingNotRepeated = "heading-not-repeated" [],
        TitlesAreWhole = "titles-are-whole" [names("broken_off")],
        PlansAreInForce = "plans-are-in-force" [names("plans"), words("unless"), words("ahead")],
        ResultIsNoGoal = "result-is-no-goal" [
            patterns("lead"),
            patterns("headings"),
            patterns("goal"),
            patterns("aim"),
            patterns("result")
        ],
        CauseFitsDirection = "cause-fits-direction"
            [patterns("patterns"), words("up"), words("down"), words("money"), words("spent"), words("unless")],
        ItemSpeaksOfItself = "item-speaks-of-itself" [patterns("item"), patterns("said"), words("tail")],
        PartsFitWhole = "parts-fit-whole" [
            words("units"),
            words("money"),
            words("part"),
            words("unless"),
            words("quarters"),
            words("halves"),
            words("pairs"),
            words("sources"),
            words("closing"),
            patterns("sums")
        ],
        NumbersRunOn = "numbers-run-on" [],
        UnitsAreListed = "units-are-listed" [patterns("patterns"), words("own")],
        AttachmentsAreThere = "attachments-are-there" [patterns("patterns")],
        TitlesNameYear = "titles-name-year" [patterns("patterns"), patterns("unless")],
        PeriodTouchesYear = "period-touches-year" [words("headings")],
        ContentsAreThere = "contents-are-there" [],
        ContentsMatchHeadings = "contents-match-headings" [],
        AnnouncedTablesHaveData = "announced-tables-have-data" [words("notes")],
        TitlesNameEntity = "titles-name-entity" [patterns("patterns"), words("ends"), words("self")],
        TextNamesEntity = "text-names-entity" [],
        LevelIsOwn = "level-is-own" [words("sections"), words("levels"), words("unless")],
        ProjectsKeepNames = "projects-keep-names" [patterns("summary"), patterns("reports")],
        OverallRateAgrees = "overall-rate-agrees" [],
        HeadTotalsAgree = "head-totals-agree"
            [words("notes"), names("variants"), words("whole_fund"), meanings("other_funds"), meanings("fiscal_basic"),
            meanings("all_basic"), meanings("fiscal_project"), meanings("all_project")],
        RatesFollow = "rates-follow"
            [names("rates"), maybe(meanings("bases")), maybe(meanings("whole")), maybe(names("also"))],
        UnspentIsExplained = "unspent-is-explained" [],
        DutiesAreOwn = "duties-are-own" [words("headings")],
        IndicatorsAreOwn = "indicators-are-own" [words("headings")],
        ExecutionPointsFollow = "execution-points-follow" [],
        TotalIsPossible = "total-is-possible" [],
        PointsFollowExecution = "points-follow-execution" [],
        IndicatorsAreClear = "indicators-are-clear" [],
        PointsFollowShare = "points-follow-share" [],
        PointsFitDegree = "points-fit-degree" [],
        IndicatorsOfProjectAreOwn = "indicators-of-project-are-own" [words("endings")],
        AveragesFit = "averages-fit" [patterns("average"), patterns("highest"), patterns("lowest"), patterns("graded")],
        ProjectsAreAll = "projects-are-all" [patterns("patterns"), words("except"), meanings("of")],
        CycleInOrder = "cycle-in-order" [],
    }

    /// Bodies that hold documents against each other.
    LinkBody {
        UnitsAddUp = "units-add-up" [words("own"), names("funds"), names("except")],
        UnitsAreNotMore = "units-are-not-more" [names("funds"), names("except")],
        UnitsAddUpBeforeElimination = "units-add-up-before-elimination" [names("funds"), names("except")],
        InitialBudgetAsPublished = "initial-budget-as-published" [names("stages")],
        ThemeBudgetAsPublished = "theme-budget-as-published" [names("stages")],
        DutiesOfTheirOwn = "duties-of-their-own" [words("headings")],
        CausesOfTheirOwn = "causes-of-their-own" [],
        TargetsAsPublished = "targets-as-published" [],
    }

    /// What is said of waivers.
    WaiverBody {
        Used = "waiver-is-used" [],
        InForce = "waiver-is-in-force" [],
        Complete = "waiver-is-complete" [],
    }
}

/// A body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// Looks at one document.
    Document(DocumentBody),
    /// Holds documents against each other.
    Link(LinkBody),
    /// Judges waivers.
    Waiver(WaiverBody),
}

impl Body {
    /// All bodies.
    pub fn all() -> impl Iterator<Item = Body> {
        let documents = DocumentBody::ALL.iter().copied().map(Body::Document);
        let links = LinkBody::ALL.iter().copied().map(Body::Link);
        documents.chain(links).chain(WaiverBody::ALL.iter().copied().map(Body::Waiver))
    }

    /// The body that rule files call by this name.
    pub fn named(name: &str) -> Option<Body> {
        Body::all().find(|body| body.name() == name)
    }

    /// Its name in rule files.
    pub const fn name(self) -> &'static str {
        match self {
            Body::Document(body) => body.name(),
            Body::Link(body) => body.name(),
            Body::Waiver(body) => body.name(),
        }
    }

    /// What a rule file gives it below `[with]`.
    pub const fn parameters(self) -> &'static [Parameter] {
        match self {
            Body::Document(body) => body.parameters(),
            Body::Link(body) => body.parameters(),
            Body::Waiver(body) => body.parameters(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_has_a_name_of_its_own() {
        for body in Body::all() {
            assert_eq!(Body::named(body.name()), Some(body));
        }
    }
}
