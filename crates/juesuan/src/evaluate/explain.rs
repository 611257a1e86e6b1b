//! How the points of a project or of the whole came about.

use anyhow::Result;
use juesuan_compile::Accounts;
use juesuan_compile::inputs::performance::WHOLE;
use juesuan_compile::performance::{Campaign, Subject, explain, near};

use super::campaigns;
use crate::exit::Exit;
use crate::terminal;

/// Explains `name` in every evaluation of the folder that has it.
pub fn run(name: &str, made: &Accounts) -> Result<Exit> {
    let asked = name.trim();
    let mut exit = Exit::Clean;
    let mut explained = 0;
    for (package, campaign) in campaigns(made) {
        let Some(subject) = subject(asked, campaign) else { continue };
        if explained > 0 || campaigns(made).count() > 1 {
            terminal::say(&package.entity.name);
        }
        explained += 1;
        for line in explain(campaign, &subject.project) {
            terminal::say(line);
        }
        if subject.is_scored() && subject.total.is_none() {
            exit = exit.max(Exit::Unread);
        }
    }
    if explained > 0 {
        return Ok(exit);
    }
    let known: Vec<&str> =
        campaigns(made).flat_map(|(_, campaign)| campaign.subjects()).map(|subject| subject.name(WHOLE)).collect();
    let near = near::nearest(asked, known.iter().copied());
    terminal::warn(format!("没有评价“{asked}”{near}。可以写：{}", known.join("、")));
    Ok(Exit::Usage)
}

/// The subject of this name; else the only one whose name has it inside.
fn subject<'c>(name: &str, campaign: &'c Campaign) -> Option<&'c Subject> {
    let exact = campaign.subjects().find(|subject| subject.name(WHOLE) == name);
    exact.or_else(|| {
        let mut within = campaign.subjects().filter(|subject| !name.is_empty() && subject.project.contains(name));
        within.next().filter(|_| within.next().is_none())
    })
}
