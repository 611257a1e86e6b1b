//! The documents of performance: reports and forms of the whole and of each project, the summary of results, written by
//! the templates of the catalogue.
//!
//! In: the [`Campaign`], the narrator of the document around it. Out: blocks, with every number among the figures of the
//! package, and what the package says of its performance. What nobody entered is asked for and makes a draft; nothing is
//! made up. Deliberately not here: wording, order and layout (`catalog/performance/documents/`), and arithmetic.
//!
//! In reading order:
//! - [`words`] names and what they stand for; [`told`] values as pieces of sentences
//! - [`subject`] names of the whole or of a project; [`rows`] names of what lists and tables run over
//! - [`sentence`] a sentence filled; [`report`] texts with headings
//! - [`table`] tables with a row for each; [`form`] forms; [`cell`] their cells; [`bars`] charts
//! - [`recorded`] what a form says, while it is written; [`record`] what only the campaign knows

mod bars;
mod cell;
mod form;
mod record;
mod recorded;
mod report;
mod rows;
mod sentence;
mod subject;
mod table;
mod told;
mod words;

use juesuan_catalog::performance::documents::DocumentSet;
use juesuan_evaluate::campaign::Campaign;
use juesuan_model::Block;
use juesuan_text::ordinal::numbered;
use words::Words;

use crate::narrate::{Narrator, Written};

pub use record::record;

/// Number of the groups of documents.
const GROUP_NUMBER: &str = "一、";
/// Level of the headings of groups, and of the first headings below the titles of documents.
const GROUP_LEVEL: u8 = 1;
const ITEM_LEVEL: u8 = 3;

/// All that documents are made from.
struct Writer<'a> {
    narrator: &'a Narrator<'a>,
    campaign: &'a Campaign,
    set: &'a DocumentSet,
    /// Digits behind the point of points.
    decimals: u8,
}

/// Writes the documents, group by group below numbered headings; nothing where the catalogue has no templates.
pub fn write(narrator: &Narrator, campaign: &Campaign, written: &mut Written) -> Vec<Block> {
    let performance = &narrator.catalog.performance;
    let Some(set) = performance.documents.of(&narrator.department.variant) else { return Vec::new() };
    let decimals = campaign.decimals(performance);
    let writer = Writer { narrator, campaign, set, decimals };
    let general = writer.campaign_words();
    let mut blocks = Vec::new();
    let mut groups = 0;
    let mut group = |sentence, blocks: &mut Vec<Block>| {
        groups += 1;
        let name = writer.plain(&[&general], sentence);
        let text = format!("{}{name}", numbered(GROUP_NUMBER, groups));
        blocks.push(Block::Heading { level: GROUP_LEVEL, text: text.clone(), origin: Vec::new() });
        text
    };
    if let Some(whole) = &campaign.whole {
        let words = writer.subject_words(whole);
        let heading = group(&set.whole_heading, &mut blocks);
        blocks.extend(writer.report(&set.whole_report, Some(whole), &heading, &[&words, &general], written));
        blocks.push(writer.form(&set.whole_form, whole, &[&words, &general], written));
    }
    // Without an indicator of any project nothing was evaluated but what the explanations tell.
    if campaign.projects.iter().any(|project| !project.lines.is_empty()) {
        let heading = group(&set.projects_heading, &mut blocks);
        for project in &campaign.projects {
            let words = writer.subject_words(project);
            blocks.extend(writer.report(&set.project_report, Some(project), &heading, &[&words, &general], written));
            blocks.push(writer.form(&set.project_form, project, &[&words, &general], written));
        }
        let heading = group(&set.summary_heading, &mut blocks);
        blocks.extend(writer.report(&set.summary, None, &heading, &[&general], written));
    }
    blocks
}

/// Names known at a place, the nearest first.
type Known<'w> = &'w [&'w Words];
