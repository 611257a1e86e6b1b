//! Which words last said what the state knows. Kept so that a figure can be explained; nothing is decided by it.

/// A stretch of compared characters of one of the paragraphs of a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Number of the paragraph among those that were read, counted from 0.
    pub paragraph: usize,
    /// First character.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
}

/// The words behind a [`super::state::State`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What was named last.
    pub subject: Option<Mark>,
    /// The stage.
    pub stage: Option<Mark>,
    /// The budget that the section named last.
    pub budget: Option<Mark>,
    /// The year.
    pub year: Option<Mark>,
    /// What is compared with.
    pub against: Option<Mark>,
    /// The measure of the next number.
    pub expected: Option<Mark>,
    /// The count noun.
    pub counted: Option<Mark>,
    /// The words of the phrase that is being read.
    pub phrase: Option<Mark>,
}

impl Marks {
    /// The phrase goes on with this word.
    pub fn goes_on(&mut self, word: Mark) {
        let start = self.phrase.filter(|own| own.paragraph == word.paragraph).map_or(word.start, |own| own.start);
        self.phrase = Some(Mark { start, ..word });
    }
}
