//! Names of projects that stand as titles before what is told of them: `1.河道保洁项目。预算安排 80 万元，支出 76 万元`.

use super::here::Here;
use super::number::{NAME_LEAST, NAME_MOST};
use super::sentence::Reader;
use super::token::Piece;

impl Reader<'_> {
    /// At the mark behind it: a numbered name that is in no list and ends as those of projects do is that of one. What it tells of
    /// has its own money, and none of it is the body's.
    pub(super) fn titled(&mut self, here: Here<'_>) {
        let Some(from) = here.begins_name() else { return };
        let before = here.tokens.get(..here.index).unwrap_or_default();
        let name = before.iter().filter(|token| token.start >= from);
        let strange = name.clone().any(|token| matches!(token.piece, Piece::Unknown));
        let numbered = before.len().checked_sub(name.count() + 1).and_then(|at| before.get(at));
        let printed = here.flow.printed(from..here.start());
        let ends = |end: &&String| end.chars().count() > 1 && printed.ends_with(end.as_str());
        let project = self.catalog.recognition.project_ends.iter().any(|end| ends(&end));
        let fits = (NAME_LEAST..=NAME_MOST).contains(&printed.chars().count());
        if strange && project && fits && numbered.is_some_and(|token| matches!(token.piece, Piece::Ordinal)) {
            self.project(here);
        }
    }
}
