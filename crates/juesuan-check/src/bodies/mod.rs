//! Bodies of rules that no formula can say. A rule file names its body and gives its parameters under `[with]`.

mod causes;
mod codes;
mod document;
mod names;
mod notes;
mod past;
mod percents;
mod regions;
mod shares;
mod text;

use juesuan_catalog::Rule;
use juesuan_model::{FigureId, Verdict};

use crate::docket::{Docket, Heading};

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
pub(crate) const BODIES: [(&str, Body); 30] = [
    ("not-negative", regions::not_negative),
    ("nothing-within", regions::nothing_within),
    ("nature-fits-item", codes::nature_fits_item),
    ("fund-fits-code", codes::fund_fits_code),
    ("code-in-dictionary", codes::code_in_dictionary),
    ("codes-closed-upward", codes::closed_upward),
    ("codes-ascend", codes::ascend),
    ("name-fits-code", names::name_fits_code),
    ("one-name-per-code", names::one_name_per_code),
    ("items-in-text", text::items_in_text),
    ("three-public-in-text", text::three_public_in_text),
    ("evaluated-projects", text::evaluated_projects),
    ("prior-not-negative", percents::prior_not_negative),
    ("no-growth-from-nothing", percents::no_growth_from_nothing),
    ("change-and-growth-agree", percents::change_and_growth_agree),
    ("no-completion-of-nothing", percents::no_completion_of_nothing),
    ("percent-in-range", percents::percent_in_range),
    ("cause-given", causes::cause_given),
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
];

impl<'a> Bench<'_, '_, 'a> {
    /// A list of words of the rule.
    pub(crate) fn words(&self, key: &str) -> &'a [String] {
        self.rule.with.get(key).map_or(&[], Vec::as_slice)
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
