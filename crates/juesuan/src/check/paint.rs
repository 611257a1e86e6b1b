//! Colours for terminals, and how wide a text stands there.

use std::io::IsTerminal;

use juesuan_text::{BOX, steers};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a piece of text is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Red and bold.
    Error,
    /// Yellow and bold.
    Warning,
    /// Cyan and bold.
    Notice,
    /// Bold.
    Strong,
    /// Blue: the frame of an excerpt.
    Frame,
}

/// Whether colours are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Escape sequences of a terminal.
    Colours,
    /// Text only.
    Plain,
}

impl Paint {
    /// Colours on a terminal, unless `NO_COLOR` says otherwise.
    pub fn of_stdout() -> Paint {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if std::io::stdout().is_terminal() && !refused { Paint::Colours } else { Paint::Plain }
    }

    /// A text in a style. What steers a terminal in the text itself is made visible first.
    pub fn paint(self, style: Style, text: &str) -> String {
        let text = visible(text);
        let code = match style {
            Style::Error => "1;31",
            Style::Warning => "1;33",
            Style::Notice => "1;36",
            Style::Strong => "1",
            Style::Frame => "34",
        };
        match self {
            Paint::Colours => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Paint::Plain => text,
        }
    }
}

/// A text without characters that steer a terminal.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if steers(c) { if c == '\t' { ' ' } else { BOX } } else { c }).collect()
}

/// Columns of a terminal that a text takes: two for a Chinese character.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Columns of one character.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// A text with blanks behind it up to `columns`.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}
