//! Years in headings: 2024年执行数 and 2025年预算数 of a budget of 2025 become 上年执行数 and 本年预算数.

use juesuan_text::{part_of_text, plain};

/// The years that the headings of one table speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadYears {
    /// The year of the table: that of its title, else the last one that its headings name.
    own: Option<u16>,
    /// True where an earlier year stands beside it in a form that has columns of it, so that 本年 must be told from 上年.
    two: bool,
}

/// The year and the one before, in headings of forms.
const OWN: &str = "本年";
const LAST: &str = "上年";

impl HeadYears {
    /// From the title, all words of the head, and the words that the form has for its columns.
    pub fn new<'a>(title: &str, heads: impl IntoIterator<Item = &'a str>, words: &[String]) -> HeadYears {
        let mut named: Vec<u16> =
            heads.into_iter().flat_map(|text| years(&plain(text))).map(|(_, _, year)| year).collect();
        named.sort_unstable();
        let titled = years(&plain(title)).first().map(|(_, _, year)| *year);
        let own = titled.or(named.last().copied());
        let told = words.iter().any(|word| word.contains(LAST));
        HeadYears { own, two: told && named.iter().any(|year| Some(*year) != own) }
    }

    /// A heading, made comparable, with its years replaced by 本年 and 上年; the year of a table that names no other is
    /// left out.
    pub fn plain(self, text: &str) -> String {
        let mut out = plain(text);
        for (from, to, year) in years(&out).into_iter().rev() {
            let word = match self.own {
                Some(own) if own == year => {
                    if self.two {
                        OWN
                    } else {
                        ""
                    }
                }
                Some(own) if own == year + 1 => LAST,
                _ => continue,
            };
            out.replace_range(from..to, word);
        }
        out
    }
}

/// `2025年` and `2025年度` in a text: first byte, behind the last, and the year.
fn years(text: &str) -> Vec<(usize, usize, u16)> {
    text.match_indices('年')
        .filter_map(|(at, mark)| {
            let from = at.checked_sub(4)?;
            let year: u16 = text.get(from..at)?.parse().ok().filter(|year| (1990..2100).contains(year))?;
            let alone = !part_of_text(text, ..from).ends_with(|c: char| c.is_ascii_digit());
            let end = at + mark.len();
            let end = if part_of_text(text, end..).starts_with('度') { end + '度'.len_utf8() } else { end };
            alone.then_some((from, end, year))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_years_become_this_year_and_the_one_before_and_one_alone_falls_out() {
        let words = ["上年执行数".to_owned(), "本年预算数".to_owned()];
        let two = HeadYears::new("2025年一般公共预算支出表", ["2024年执行数", "2025年预算数"], &words);
        assert_eq!(two.plain("2024年执行数"), "上年执行数");
        assert_eq!(two.plain("2025年预算数比 2024年度执行数"), "本年预算数比上年执行数");
        let one =
            HeadYears::new("部门“三公”经费预算表", ["2024年“三公”经费预算数", "2024年机关运行经费预算数"], &words);
        assert_eq!(one.plain("2024年机关运行经费预算数"), "机关运行经费预算数");
        let prior = HeadYears::new("2025年支出表", ["2024年执行数", "预算数"], &words);
        assert_eq!(prior.plain("2024年执行数"), "上年执行数");
        assert_eq!(prior.plain("1. 12024年"), "1.12024年");
        let unasked = HeadYears::new("“三公”经费决算表", ["2024年决算数", "2025年决算数"], &["决算数".to_owned()]);
        assert_eq!(
            (unasked.plain("2024年决算数"), unasked.plain("2025年决算数")),
            ("上年决算数".into(), "决算数".into())
        );
    }
}
