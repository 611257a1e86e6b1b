//! Text as it is compared: full-width forms, spaces, quotation marks and thousands separators make no difference. Every
//! character knows where it stands in the source, so that what is quoted stays as printed.

use juesuan_model::{Origin, Place, place_in};

/// A paragraph: the printed text, joined from its lines, and the text as it is compared.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// As printed; the lines stand one behind the other.
    source: Vec<char>,
    /// Where each line stands.
    lines: Vec<Origin>,
    /// As compared.
    pub chars: Vec<char>,
    /// Position of each compared character in `source`.
    at: Vec<usize>,
}

impl Flow {
    /// A paragraph of lines in order.
    pub fn new<'a>(lines: impl IntoIterator<Item = (&'a str, &'a Place)>) -> Flow {
        let mut flow = Flow::default();
        for (text, place) in lines {
            if flow.source.last().is_some_and(char::is_ascii_digit) && text.starts_with(|c: char| c.is_ascii_digit()) {
                flow.source.push(' ');
            }
            let at = u32::try_from(flow.source.len()).unwrap_or(u32::MAX);
            flow.lines.push(Origin { at, place: place.clone(), edges: Vec::new() });
            flow.source.extend(text.chars());
        }
        flow.compare()
    }

    /// A paragraph that is joined already and knows where it stands.
    pub fn joined(text: &str, origins: &[Origin]) -> Flow {
        Flow { source: text.chars().collect(), lines: origins.to_vec(), ..Flow::default() }.compare()
    }

    fn compare(mut self) -> Flow {
        let flow = &mut self;
        for (position, c) in flow.source.iter().enumerate() {
            if let Some(c) = compared(*c) {
                flow.chars.push(c);
                flow.at.push(position);
            }
        }
        flow.keep_numbers_apart();
        flow.drop_separators();
        self
    }

    /// "于 5 2023 年" must not become 52023: where two digits met only because space between them fell out, one space stays.
    fn keep_numbers_apart(&mut self) {
        let mut index = 1;
        while index < self.chars.len() {
            let met = self.at[index] > self.at[index - 1] + 1;
            if met && self.chars[index].is_ascii_digit() && self.chars[index - 1].is_ascii_digit() {
                self.chars.insert(index, ' ');
                self.at.insert(index, self.at[index - 1] + 1);
                index += 1;
            }
            index += 1;
        }
    }

    /// 9,746.50 is 9746.50.
    fn drop_separators(&mut self) {
        let digit = |chars: &[char], i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
        let mut index = 1;
        while index < self.chars.len() {
            let three = (1..=3).all(|k| digit(&self.chars, index + k)) && !digit(&self.chars, index + 4);
            let ascii = self.source.get(self.at[index]) == Some(&',');
            // １，２３４．５６: a full-width comma separates digits only where an amount goes on.
            let amount = matches!(self.chars.get(index + 4), Some('.' | '万' | '亿' | '元'));
            let few = index < 4 || !digit(&self.chars, index - 4);
            if self.chars[index] == '，' && (ascii || (amount && few)) && three && digit(&self.chars, index - 1) {
                self.chars.remove(index);
                self.at.remove(index);
            } else {
                index += 1;
            }
        }
    }

    /// The printed text behind compared characters, without white space.
    pub fn printed(&self, start: usize, end: usize) -> String {
        let (Some(first), Some(last)) = (self.at.get(start), end.checked_sub(1).and_then(|last| self.at.get(last)))
        else {
            return String::new();
        };
        self.source[*first..=*last].iter().filter(|c| !c.is_whitespace()).collect()
    }

    /// Where a compared character stands in the printed paragraph.
    pub fn position(&self, compared: usize) -> usize {
        self.at.get(compared).copied().unwrap_or(self.source.len())
    }

    /// Place of a compared character, or of the number that begins there: its line, narrowed where the edges of characters
    /// are known, quoting the sentence around it.
    pub fn place(&self, position: usize, section: &str) -> Place {
        let source = self.at.get(position).copied().unwrap_or(0);
        let of_number = |c: &&char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-');
        let length = self.source[source.min(self.source.len())..].iter().take_while(of_number).count().max(1);
        let mut place = place_in(&self.lines, source, source + length);
        let end = |c: &char| *c == '。';
        let start = self.source[..source].iter().rposition(end).map_or(0, |i| i + 1);
        let stop = self.source[source..].iter().position(end).map_or(self.source.len(), |i| source + i + 1);
        place.quote = Some(self.source[start..stop].iter().collect::<String>().trim().to_owned());
        if place.section.is_none() && !section.is_empty() {
            place.section = Some(section.to_owned());
        }
        place
    }
}

/// A text as it is compared.
pub fn normal(text: &str) -> Vec<char> {
    text.chars().filter_map(compared).collect()
}

/// The character that stands for `c` in comparisons; `None` where it makes no difference.
fn compared(c: char) -> Option<char> {
    Some(match c {
        _ if c.is_whitespace() || c.is_control() => return None,
        '"' | '“' | '”' | '‘' | '’' | '＂' | '＇' | '\'' | '「' | '」' | '『' | '』' | '\u{feff}' | '\u{200b}' =>
        {
            return None;
        }
        ',' | '，' | '﹐' => '，',
        ';' | '；' => '；',
        ':' | '：' | '∶' => '：',
        '﹪' | '％' => '%',
        '〔' | '【' | '［' | '[' => '(',
        '〕' | '】' | '］' | ']' => ')',
        '—' | '－' | '–' | '−' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(lines: &[&str]) -> Flow {
        let place = Place::default();
        Flow::new(lines.iter().map(|line| (*line, &place)))
    }

    fn text(flow: &Flow) -> String {
        flow.chars.iter().collect()
    }

    #[test]
    fn width_space_and_quotation_marks_make_no_difference() {
        assert_eq!(text(&flow(&["“三公” 经费（境）９．１ ％"])), "三公经费(境)9.1%");
    }

    #[test]
    fn a_word_broken_over_lines_is_one_word_and_quoted_as_printed() {
        let broken = flow(&["支出总计 9,746.50 万", " 元，其 中"]);
        assert_eq!(text(&broken), "支出总计9746.50万元，其中");
        assert_eq!(broken.printed(4, 11), "9,746.50");
        assert_eq!(broken.printed(11, 13), "万元");
    }

    #[test]
    fn two_numbers_with_a_space_between_stay_two() {
        assert_eq!(text(&flow(&["共 12 2023 年"])), "共12 2023年");
        assert_eq!(text(&flow(&["共 12", "2023 年"])), "共12 2023年");
    }
}
