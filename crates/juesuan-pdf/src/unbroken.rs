//! Numbers stay on one line: `921.96` is never parted, and a short unit stays with it (`7辆`). A word of money may begin the
//! next line: kept with long numbers, it would leave lines so short that justification tears them apart.

use juesuan_model::{Mark, Run};
use serde::Serialize;

/// A stretch of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    /// What is printed.
    pub text: String,
    /// How it is set apart.
    pub mark: Mark,
    /// True if no line may end inside it.
    pub whole: bool,
}

/// Words of money begin with these; of any other unit the first character stays with the number.
const MONEY: [char; 3] = ['万', '亿', '元'];
/// Marks that may not begin a line, but that the line breaker would part from a whole piece.
const TRAILING: [char; 4] = ['；', '：', '％', '‰'];
/// Longest whole piece in characters; a longer one (an account number) may be parted, or it could not be justified.
const WHOLE_MAX_CHARACTERS: usize = 24;

/// The runs of a paragraph as pieces. Neighbouring runs of the same mark are joined first: a figure's digits and its unit
/// word stand in two runs.
pub(crate) fn pieces(runs: &[Run]) -> Vec<Piece> {
    let mut joined: Vec<(Mark, String)> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some((mark, text)) if *mark == run.mark && run.mark != Mark::Missing => text.push_str(&run.text),
            _ => joined.push((run.mark, run.text.clone())),
        }
    }
    let mut pieces = Vec::new();
    for (mark, text) in joined {
        if mark == Mark::Missing {
            pieces.push(Piece { text: bracketed(&text), mark, whole: false });
        } else {
            split(&text, mark, &mut pieces);
        }
    }
    pieces
}

/// A run as one piece.
pub(crate) fn piece(run: &Run) -> Piece {
    let text = if run.mark == Mark::Missing { bracketed(&run.text) } else { run.text.clone() };
    Piece { text, mark: run.mark, whole: false }
}

/// `【…】` around what is missing, unless the text brings its own.
fn bracketed(text: &str) -> String {
    if text.starts_with('【') { text.to_owned() } else { format!("【{text}】") }
}

fn split(text: &str, mark: Mark, pieces: &mut Vec<Piece>) {
    let mut rest = text;
    let mut plain_end = 0;
    let mut push = |text: &str, whole: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), mark, whole });
        }
    };
    while let Some(character) = from(rest, plain_end).chars().next() {
        let number = number_end(from(rest, plain_end));
        if number == 0 {
            plain_end += character.len_utf8();
            continue;
        }
        let end = plain_end + number + unit_end(from(rest, plain_end + number));
        let (until, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let whole = from(until, plain_end);
        if whole.chars().count() > WHOLE_MAX_CHARACTERS || end - plain_end == 1 {
            plain_end = end;
            continue;
        }
        push(until.strip_suffix(whole).unwrap_or_default(), false);
        push(whole, true);
        rest = behind;
        plain_end = 0;
    }
    push(rest, false);
}

/// What stands from a byte on.
fn from(text: &str, byte: usize) -> &str {
    text.get(byte..).unwrap_or_default()
}

/// Bytes of the number at the start of `text`: digits with marks between them, a sign before, a percent sign after.
fn number_end(text: &str) -> usize {
    let sign = text.chars().next().filter(|first| ['-', '−', '+'].contains(first)).map_or(0, char::len_utf8);
    let mut end = sign;
    let mut characters = from(text, sign).chars().peekable();
    while let Some(character) = characters.next() {
        let between = ['.', ',', '/'].contains(&character) && characters.peek().is_some_and(char::is_ascii_digit);
        if character.is_ascii_digit() || (end > sign && between) {
            end += character.len_utf8();
        } else {
            if end > sign && character == '%' {
                end += 1;
            }
            break;
        }
    }
    if end == sign { 0 } else { end }
}

/// Bytes of the unit at the start of `text`, with the mark after it that may not begin a line.
fn unit_end(text: &str) -> usize {
    let unit = text
        .chars()
        .next()
        .filter(|first| ('\u{4e00}'..='\u{9fff}').contains(first) && !MONEY.contains(first))
        .map_or(0, char::len_utf8);
    unit + from(text, unit).chars().next().filter(|next| TRAILING.contains(next)).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, mark: Mark) -> Run {
        Run { text: text.to_owned(), figure: None, mark }
    }

    fn shown(runs: &[Run]) -> String {
        let pieces = pieces(runs);
        let shown: Vec<String> = pieces
            .into_iter()
            .map(|piece| if piece.whole { format!("<{}>", piece.text) } else { piece.text })
            .collect();
        shown.join("|")
    }

    #[test]
    fn digits_of_neighbouring_runs_stay_together_and_the_word_of_money_may_follow_on_the_next_line() {
        let runs = [
            run("收入", Mark::Plain),
            run("1,92", Mark::Plain),
            run("1.96", Mark::Plain),
            run("万元，增长", Mark::Plain),
        ];
        assert_eq!(shown(&runs), "收入|<1,921.96>|万元，增长");
    }

    #[test]
    fn a_short_unit_stays_with_its_number() {
        assert_eq!(
            shown(&[run("车辆7辆", Mark::Plain), run("，2023", Mark::Plain), run("年度", Mark::Plain)]),
            "车辆|<7辆>|，|<2023年>|度"
        );
    }

    #[test]
    fn a_percentage_keeps_its_sign_and_the_semicolon_after_it() {
        assert_eq!(shown(&[run("增长-3.8%；其中", Mark::Plain)]), "增长|<-3.8%；>|其中");
    }

    #[test]
    fn a_full_stop_after_a_number_does_not_belong_to_it() {
        assert_eq!(shown(&[run("12.基本", Mark::Plain)]), "<12>|.基本");
    }

    #[test]
    fn what_is_missing_stands_in_brackets_once() {
        assert_eq!(shown(&[run("原因", Mark::Missing), run("【数】", Mark::Missing)]), "【原因】|【数】");
    }

    #[test]
    fn a_very_long_number_may_be_parted() {
        assert_eq!(shown(&[run("1234567890123456789012345", Mark::Plain)]), "1234567890123456789012345");
    }
}
