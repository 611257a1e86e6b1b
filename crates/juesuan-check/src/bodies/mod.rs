//! Bodies of rules that no formula can say. A rule file names its body and gives its parameters under `[with]`.

mod causes;
mod codes;
mod document;
mod document_tables;
mod document_years;
mod lists;
mod names;
mod names_entity;
mod notes;
mod past;
pub(crate) mod paths;
mod percents;
mod performance;
mod performance_cycle;
mod performance_own;
mod performance_points;
mod performance_rates;
mod performance_results;
mod performance_texts;
mod performance_units;
mod performance_values;
mod performance_whole;
mod regions;
mod shares;
mod structure;
mod text;
mod wording;
mod wording_causes;
mod wording_marks;

use std::rc::Rc;

use juesuan_catalog::Rule;
use juesuan_model::{FigureId, NamedValue, Place, Severity, Verdict};

use crate::docket::{Docket, Fault, Heading};
use crate::passages::{Passage, plain};
use crate::words::place_words;

/// Most places named in one finding.
const PLACES: usize = 8;

/// Words of the document and where they stand.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// The words.
    pub(crate) words: String,
    /// Where.
    pub(crate) place: Place,
}

impl Spot {
    /// A stretch of a text, in bytes.
    pub(crate) fn of(passage: &Passage<'_>, from: usize, to: usize) -> Spot {
        let words = passage.text.get(from..to).unwrap_or_default().to_owned();
        Spot { words, place: passage.place(from, to) }
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

/// The bodies by the names that rule files use.
pub(crate) const BODIES: &[(&str, Body)] = &[
    ("not-negative", regions::not_negative),
    ("nothing-within", regions::nothing_within),
    ("nature-fits-item", codes::nature_fits_item),
    ("fund-fits-code", codes::fund_fits_code),
    ("code-in-dictionary", codes::code_in_dictionary),
    ("codes-closed-upward", codes::closed_upward),
    ("codes-ascend", codes::ascend),
    ("code-printed-whole", codes::code_printed_whole),
    ("name-fits-code", names::name_fits_code),
    ("one-name-per-code", names::one_name_per_code),
    ("items-in-text", text::items_in_text),
    ("path-names-fit", paths::path_names_fit),
    ("listed-items-have-money", lists::listed_items_have_money),
    ("purpose-fits-nature", lists::purpose_fits_nature),
    ("three-public-in-text", text::three_public_in_text),
    ("evaluated-projects", text::evaluated_projects),
    ("prior-not-negative", percents::prior_not_negative),
    ("no-growth-from-nothing", percents::no_growth_from_nothing),
    ("change-and-growth-agree", percents::change_and_growth_agree),
    ("no-completion-of-nothing", percents::no_completion_of_nothing),
    ("percent-in-range", percents::percent_in_range),
    ("cause-given", causes::cause_given),
    ("deviation-has-cause", causes::deviation_has_cause),
    ("cause-says-something", causes::cause_says_something),
    ("cause-has-carry-over", document::cause_has_carry_over),
    ("empty-table-has-note", notes::empty_table_has_note),
    ("note-names-own-fund", notes::note_names_own_fund),
    ("last-total-holds-parts", past::last_total_holds_parts),
    ("last-year-leaves-opening", past::last_year_leaves_opening),
    ("derived-budget-at-most", past::derived_budget_at_most),
    ("shares-add-up", shares::shares_add_up),
    ("kinds-add-up", shares::kinds_add_up),
    ("sections-present", document::sections_present),
    ("counted-at-year-end", document::counted_at_year_end),
    ("other-vehicles-named", document::other_vehicles_named),
    ("none-of", wording::none_of),
    ("no-wrong-characters", wording::no_wrong_characters),
    ("no-such-marks", wording_marks::no_such_marks),
    ("marks-are-paired", wording_marks::marks_are_paired),
    ("paragraphs-end", wording_marks::paragraphs_end),
    ("no-doubled-words", wording_marks::no_doubled_words),
    ("cause-fits-direction", wording_causes::cause_fits_direction),
    ("item-speaks-of-itself", wording_causes::item_speaks_of_itself),
    ("texts-are-own", wording_causes::texts_are_own),
    ("numbers-run-on", structure::numbers_run_on),
    ("units-are-listed", structure::units_are_listed),
    ("attachments-are-there", structure::attachments_are_there),
    ("titles-name-year", document_years::titles_name_year),
    ("text-names-year", document_years::text_names_year),
    ("compared-with-year-before", document_years::compared_with_year_before),
    ("period-touches-year", document_years::period_touches_year),
    ("contents-are-there", document_tables::contents_are_there),
    ("contents-match-headings", document_tables::contents_match_headings),
    ("announced-tables-have-data", document_tables::announced_tables_have_data),
    ("tables-stand-once", document_tables::tables_stand_once),
    ("tables-print-unit", document_tables::tables_print_unit),
    ("titles-name-entity", names_entity::titles_name_entity),
    ("text-names-entity", names_entity::text_names_entity),
    ("level-is-own", names_entity::level_is_own),
    ("projects-keep-names", names_entity::projects_keep_names),
    ("overall-rate-agrees", performance_whole::overall_rate_agrees),
    ("overall-money-agrees", performance_whole::overall_money_agrees),
    ("deviation-has-carry-over", performance_whole::deviation_has_carry_over),
    ("deviation-causes-agree", performance_whole::deviation_causes_agree),
    ("head-totals-agree", performance_whole::head_totals_agree),
    ("rates-follow", performance_rates::rates_follow),
    ("unspent-is-explained", performance_whole::unspent_is_explained),
    ("problems-are-told", performance_texts::problems_are_told),
    ("form-and-report-agree", performance_texts::form_and_report_agree),
    ("unmet-has-problem", performance_texts::unmet_has_problem),
    ("points-fit-unmet", performance_texts::points_fit_unmet),
    ("fields-are-filled", performance_texts::fields_are_filled),
    ("goals-are-own", performance_texts::goals_are_own),
    ("reports-are-complete", performance_texts::reports_are_complete),
    ("duties-are-own", performance_units::duties_are_own),
    ("indicators-are-own", performance_units::indicators_are_own),
    ("weights-add-up", performance_points::weights_add_up),
    ("points-within-weight", performance_points::points_within_weight),
    ("points-add-up", performance_points::points_add_up),
    ("execution-points-follow", performance_points::execution_points_follow),
    ("total-is-possible", performance_points::total_is_possible),
    ("points-follow-execution", performance_points::points_follow_execution),
    ("grade-fits-points", performance_points::grade_fits_points),
    ("losses-have-reasons", performance_points::losses_have_reasons),
    ("unmet-loses-points", performance_points::unmet_loses_points),
    ("funds-within-total", performance_points::funds_within_total),
    ("indicators-are-clear", performance_values::indicators_are_clear),
    ("points-follow-share", performance_values::points_follow_share),
    ("points-fit-degree", performance_values::points_fit_degree),
    ("parts-within-hundred", performance_values::parts_within_hundred),
    ("values-share-unit", performance_values::values_share_unit),
    ("paragraphs-are-own", performance_own::paragraphs_are_own),
    ("indicators-of-project-are-own", performance_own::indicators_of_project_are_own),
    ("unmet-is-admitted", performance_own::unmet_is_admitted),
    ("averages-fit", performance_results::averages_fit),
    ("not-all-exact", performance_results::not_all_exact),
    ("full-points-spend-all", performance_results::full_points_spend_all),
    ("projects-are-all", performance_results::projects_are_all),
    ("changes-are-approved", performance_cycle::changes_are_approved),
    ("cycle-in-order", performance_cycle::cycle_in_order),
];

impl<'a> Bench<'_, '_, 'a> {
    /// A list of words of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.with.get(key).map_or(&[], Vec::as_slice)
    }

    /// The texts of the document in order.
    pub(crate) fn passages(&self) -> Rc<Vec<Passage<'a>>> {
        self.docket.passages()
    }

    /// Adds a fault of words: what stands at the first spot, what is wrong with it, and the other spots of the same fault.
    pub(crate) fn report(&mut self, spots: &[Spot], wrong: &str) {
        let severity = self.heading.severity;
        self.report_as(severity, spots, wrong);
    }

    /// [`Bench::report`] with a severity of its own.
    pub(crate) fn report_as(&mut self, severity: Severity, spots: &[Spot], wrong: &str) {
        let Some(first) = spots.first() else { return };
        // A title stands in no section but itself.
        let repeats = first.place.section.as_deref().is_some_and(|section| plain(section).contains(&first.words));
        let place = Place { section: first.place.section.clone().filter(|_| !repeats), ..first.place.clone() };
        let mut text = format!("{}：写着“{}”，{wrong}", place_words(Some(&place)), first.words);
        if spots.len() > 1 {
            text.push_str(&format!("；全文共{}处", spots.len()));
        }
        let places = spots.iter().take(PLACES).map(|spot| spot.place.clone()).collect();
        let value =
            |spot: &Spot| NamedValue { label: "文中".to_owned(), value: spot.words.clone(), unit: String::new() };
        let mut values: Vec<NamedValue> = spots.iter().take(PLACES).map(value).collect();
        values.dedup();
        let heading = Heading { severity, ..self.heading };
        self.docket.fault(heading, Fault { text, places, values });
    }

    /// After the faults of words: nothing found against what was looked at holds; nothing looked at does not apply.
    pub(crate) fn settle(&mut self, seen: usize, faults: usize) {
        let verdict = if seen == 0 { Verdict::NotApplicable } else { Verdict::Holds };
        if faults == 0 {
            self.say(self.rule.title.clone(), Vec::new(), verdict);
        }
    }

    /// Adds a verdict on a condition that figures must meet.
    pub(crate) fn say(&mut self, text: String, figures: Vec<FigureId>, verdict: Verdict) {
        self.docket.say(self.heading, text, figures, verdict, None);
    }

    /// Adds a verdict on something that no figure repairs; verdicts about one subject are one fault.
    pub(crate) fn state(&mut self, subject: String, text: String, figures: Vec<FigureId>, verdict: Verdict) {
        self.docket.state(self.heading, text, (figures, subject), verdict, None);
    }

    /// One relation that holds for all `seen` figures, where nothing was found against them; nothing seen: not applicable.
    pub(crate) fn conclude(&mut self, seen: Vec<FigureId>, faults: usize) {
        let title = &self.rule.title;
        match (seen.is_empty(), faults) {
            (true, _) => self.say(title.clone(), Vec::new(), Verdict::NotApplicable),
            (false, 0) => self.say(format!("{title}（{}处）", seen.len()), seen, Verdict::Holds),
            (false, _) => {}
        }
    }
}
