//! Bodies of rules that no formula can say. A rule file names its body and gives its parameters under `[with]`.

mod causes;
mod codes;
mod document;
mod document_tables;
mod document_years;
mod lists;
mod names;
mod names_entity;
mod parts;
mod paths;
mod performance;
mod performance_cycle;
mod performance_own;
mod performance_points;
mod performance_rates;
mod performance_results;
mod performance_units;
mod performance_values;
mod performance_whole;
mod printed_rates;
mod seen;
mod shares;
mod structure;
mod text;
mod text_years;
mod uses;
mod wording_causes;
mod wording_marks;
mod wording_residue;

pub(crate) use lists::names_wrong_items;
pub(crate) use performance::{Wrong, of_project, of_projects};
use std::ops::Range;

use std::rc::Rc;

use juesuan_catalog::{DocumentBody, Rule};
use juesuan_model::{FigureId, Meaning, Message, Place, Role, Said, Severity, Verdict, Voice};
use juesuan_text::plain;

use crate::docket::{Docket, Fault, HOW_MANY, Heading};
use crate::passages::Passage;

/// Most places named in one finding.
const PLACES: usize = 8;

/// Words of the document and where they stand.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    /// The words.
    pub(crate) words: String,
    /// Where.
    pub(crate) place: Place,
}

impl Quote {
    /// A stretch of a text, in bytes.
    pub(crate) fn of(passage: &Passage<'_>, from: usize, to: usize) -> Quote {
        let words = passage.text.printed(passage.text.range_of_bytes(from..to));
        Quote { words, place: passage.place(from, to) }
    }

    /// A stretch of what is printed, quotation marks among it.
    pub(crate) fn printed(passage: &Passage<'_>, stretch: Range<usize>) -> Quote {
        let compared = passage.text.compared_at(stretch.start)..passage.text.compared_at(stretch.end);
        Quote { words: passage.text.stretch(stretch), place: passage.place_of(compared) }
    }
}

/// A body: looks at the package and adds relations.
pub(crate) type Body = fn(&mut Bench<'_, '_, '_>);

/// What a body works with.
pub(crate) struct Bench<'d, 'l, 'a> {
    /// Relations and package.
    pub(crate) docket: &'d mut Docket<'l, 'a>,
    /// The rule.
    pub(crate) rule: &'a Rule,
    /// Code and severity of the rule.
    pub(crate) heading: Heading<'a>,
}

/// The function behind each body that rule files may name.
pub(crate) const fn function(body: DocumentBody) -> Body {
    match body {
        DocumentBody::FundFitsCode => codes::fund_fits_code,
        DocumentBody::CodePrintedWhole => codes::code_printed_whole,
        DocumentBody::RowsHaveCodes => codes::rows_have_codes,
        DocumentBody::DigitsAsLastYear => text_years::digits_as_last_year,
        DocumentBody::UsesAddUp => uses::uses_add_up,
        DocumentBody::CostIsWhatWasSpent => uses::cost_is_what_was_spent,
        DocumentBody::NameFitsCode => names::name_fits_code,
        DocumentBody::OneNamePerCode => names::one_name_per_code,
        DocumentBody::LayerAsPicture => seen::layer_as_picture,
        DocumentBody::PathNamesFit => paths::path_names_fit,
        DocumentBody::ListedItemsHaveMoney => lists::listed_items_have_money,
        DocumentBody::PurposeFitsNature => lists::purpose_fits_nature,
        DocumentBody::EvaluatedProjects => text::evaluated_projects,
        DocumentBody::CauseGiven => causes::cause_given,
        DocumentBody::CauseNamesParts => causes::cause_names_parts,
        DocumentBody::SharesAddUp => shares::shares_add_up,
        DocumentBody::KindsAddUp => shares::kinds_add_up,
        DocumentBody::SectionsPresent => document::sections_present,
        DocumentBody::MarksArePaired => wording_marks::marks_are_paired,
        DocumentBody::ParagraphsEnd => wording_marks::paragraphs_end,
        DocumentBody::NoDoubledWords => wording_marks::no_doubled_words,
        DocumentBody::HeadingNotRepeated => wording_residue::heading_not_repeated,
        DocumentBody::TitlesAreWhole => wording_residue::titles_are_whole,
        DocumentBody::PlansAreInForce => wording_residue::plans_are_in_force,
        DocumentBody::ResultIsNoGoal => wording_residue::result_is_no_goal,
        DocumentBody::CauseFitsDirection => wording_causes::cause_fits_direction,
        DocumentBody::ItemSpeaksOfItself => wording_causes::item_speaks_of_itself,
        DocumentBody::PartsFitWhole => parts::parts_fit_whole,
        DocumentBody::NumbersRunOn => structure::numbers_run_on,
        DocumentBody::UnitsAreListed => structure::units_are_listed,
        DocumentBody::AttachmentsAreThere => structure::attachments_are_there,
        DocumentBody::TitlesNameYear => document_years::titles_name_year,
        DocumentBody::PeriodTouchesYear => document_years::period_touches_year,
        DocumentBody::ContentsAreThere => document_tables::contents_are_there,
        DocumentBody::ContentsMatchHeadings => document_tables::contents_match_headings,
        DocumentBody::AnnouncedTablesHaveData => document_tables::announced_tables_have_data,
        DocumentBody::TitlesNameEntity => names_entity::titles_name_entity,
        DocumentBody::TextNamesEntity => names_entity::text_names_entity,
        DocumentBody::LevelIsOwn => names_entity::level_is_own,
        DocumentBody::ProjectsKeepNames => names_entity::projects_keep_names,
        DocumentBody::OverallRateAgrees => performance_whole::overall_rate_agrees,
        DocumentBody::HeadTotalsAgree => performance_whole::head_totals_agree,
        DocumentBody::RatesFollow => performance_rates::rates_follow,
        DocumentBody::UnspentIsExplained => performance_whole::unspent_is_explained,
        DocumentBody::DutiesAreOwn => performance_units::duties_are_own,
        DocumentBody::IndicatorsAreOwn => performance_units::indicators_are_own,
        DocumentBody::ExecutionPointsFollow => performance_points::execution_points_follow,
        DocumentBody::TotalIsPossible => performance_points::total_is_possible,
        DocumentBody::PointsFollowExecution => performance_points::points_follow_execution,
        DocumentBody::IndicatorsAreClear => performance_values::indicators_are_clear,
        DocumentBody::PointsFollowShare => performance_values::points_follow_share,
        DocumentBody::PointsFitDegree => performance_values::points_fit_degree,
        DocumentBody::IndicatorsOfProjectAreOwn => performance_own::indicators_of_project_are_own,
        DocumentBody::AveragesFit => performance_results::averages_fit,
        DocumentBody::ProjectsAreAll => performance_results::projects_are_all,
        DocumentBody::CycleInOrder => performance_cycle::cycle_in_order,
    }
}

impl<'a> Bench<'_, '_, 'a> {
    /// A list of words of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.with.words(key)
    }

    /// True if the year of the document is that of `since`, or later: then the catalogue has the names of the classification, or the
    /// demand exists.
    pub(crate) fn in_force(&self) -> bool {
        let since = self.words("since").first().and_then(|year| year.parse().ok());
        since.is_none_or(|since: u16| self.docket.ledger.package.entity.year >= since)
    }

    /// A list of meanings of the rule.
    pub(crate) fn meanings(&self, key: &str) -> &'a [Meaning] {
        self.rule.with.meanings(key)
    }

    /// The texts of the document in order.
    pub(crate) fn passages(&self) -> Rc<Vec<Passage<'a>>> {
        self.docket.passages()
    }

    /// Adds a fault of words: what stands at the first spot, what is wrong with it, and the other spots of the same fault.
    pub(crate) fn report(&mut self, spots: &[Quote], wrong: impl Into<Said>) {
        let severity = self.heading.severity;
        self.report_as(severity, spots, wrong);
    }

    /// [`Bench::report`] with a severity of its own.
    pub(crate) fn report_as(&mut self, severity: Severity, spots: &[Quote], wrong: impl Into<Said>) {
        let Some(first) = spots.first() else { return };
        // A title stands in no section but itself.
        let repeats =
            first.place.section.as_deref().is_some_and(|section| plain(section).contains(&plain(&first.words)));
        let place = Place { section: first.place.section.clone().filter(|_| !repeats), ..first.place.clone() };
        let many = (spots.len() > 1).then_some(spots.len());
        let message = Message::new("written")
            .with("处", place)
            .with("原文", Said::words(&first.words))
            .with("误", wrong)
            .with_some(HOW_MANY, many);
        let spot = |(number, spot): (usize, &Quote)| {
            let before = number.checked_sub(1).and_then(|at| spots.get(at));
            let role = match before {
                None => Role::Wrong,
                Some(before) if before.words == spot.words => Role::Again,
                Some(_) => Role::Other,
            };
            juesuan_model::Spot::words(role, Voice::Document, &spot.words, spot.place.clone())
        };
        let shown = spots.iter().take(PLACES).enumerate().map(spot).collect();
        let heading = Heading { severity, ..self.heading };
        self.docket.fault(heading, Fault { message, spots: shown });
    }

    /// After the faults of words: nothing found against what was looked at holds; nothing looked at does not apply.
    pub(crate) fn settle(&mut self, seen: usize, faults: usize) {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        if faults == 0 {
            self.say(Message::title(), Vec::new(), verdict);
        }
    }

    /// Adds a verdict on a condition that figures must meet.
    pub(crate) fn say(&mut self, message: impl Into<Message>, figures: Vec<FigureId>, verdict: Verdict) {
        self.docket.say(self.heading, message, figures, verdict, None);
    }

    /// Adds a verdict on something that no figure repairs; verdicts about one subject are one fault.
    pub(crate) fn state(
        &mut self,
        subject: String,
        message: impl Into<Message>,
        figures: Vec<FigureId>,
        verdict: Verdict,
    ) {
        self.docket.state(self.heading, message, (figures, subject), verdict, None);
    }

    /// One relation that holds for all `seen` figures, where nothing was found against them; nothing seen: not applicable.
    pub(crate) fn conclude(&mut self, seen: Vec<FigureId>, faults: usize) {
        match (seen.is_empty(), faults) {
            (true, _) => self.say(Message::title(), Vec::new(), Verdict::NotApplicable),
            (false, 0) => self.say(Message::new("all").with(HOW_MANY, seen.len()), seen, Verdict::Holds),
            (false, _) => {}
        }
    }
}
