//! Function and economic classification: `catalog/codes/*.tsv`, one row a code and period of validity.

use std::collections::BTreeMap;

use juesuan_model::{Place, Problem};
use juesuan_text::plain;

use crate::kept::Kept;
use crate::source::Source;

/// How sure the catalogue is of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// May name a code and may find a name wrong.
    A,
    /// May name a code.
    B,
    /// Finds nothing.
    C,
}

/// One code with one name over one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// 3, 5 or 7 digits.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Fund (function codes) or part 人员/公用/… (economic codes), as the source says.
    pub group: String,
    /// First year; `None`: since ever.
    pub valid_from: Option<u16>,
    /// Last year; `None`: still valid.
    pub valid_to: Option<u16>,
    /// How sure.
    pub confidence: Confidence,
    /// Where the row comes from.
    pub source: String,
    /// Remark.
    pub note: String,
}

impl Code {
    /// True if valid in `year`; in 0, a year that nobody knows, every code may be.
    pub fn valid_in(&self, year: u16) -> bool {
        let since = self.valid_from.is_none_or(|from| from <= year);
        year == 0 || since && self.valid_to.is_none_or(|to| year <= to)
    }
}

/// Digits of the code of a class.
const CLASS_DIGITS: usize = 3;

/// One classification.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    rows: BTreeMap<String, Vec<Code>>,
    classes: Kept<BTreeMap<String, String>>,
}

impl Codes {
    /// Reads a TSV with the columns code, name, fund or part, valid_from, valid_to, confidence, source, note. The rows of a
    /// code that is laid over the file take the place of all rows of that code.
    pub fn load(source: &Source, path: &str, problems: &mut Vec<Problem>) -> Codes {
        let mut codes = Codes::default();
        let layers = source.layers(path);
        if layers.is_empty() {
            problems.push(Problem::fatal(
                Place { file: Some(path.to_owned()), ..Place::default() },
                "目录缺少科目表；请检查 --catalog 指定的文件夹或重新安装",
            ));
        }
        for layer in layers {
            let mut own: BTreeMap<String, Vec<Code>> = BTreeMap::new();
            for (position, line) in layer.lines().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
                match row(line) {
                    Ok(code) => own.entry(code.code.clone()).or_default().push(code),
                    Err(message) => problems.push(Problem::fatal(source.place(position), message)),
                }
            }
            codes.rows.extend(own);
        }
        codes
    }

    /// The rows of a code, over all years.
    pub fn rows(&self, code: &str) -> &[Code] {
        self.rows.get(code).map_or(&[], Vec::as_slice)
    }

    /// All rows, ordered by code.
    pub fn all(&self) -> impl Iterator<Item = &Code> {
        self.rows.values().flatten()
    }

    /// The rows whose names have every word of `words` (parted by blanks): the very name first, then names that begin with the
    /// words, then the others; of each those of the higher level before those below them, by code.
    pub fn search(&self, words: &str) -> Vec<&Code> {
        let words: Vec<String> = words.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
        let whole = words.concat();
        let rank = |name: &str| match plain(name) {
            name if name == whole => Some(0),
            name if name.starts_with(&whole) => Some(1),
            name => words.iter().all(|word| name.contains(word.as_str())).then_some(2),
        };
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, usize, &Code)> =
            self.all().filter_map(|row| Some((rank(&row.name)?, row.code.len(), row))).collect();
        found.sort_by_key(|(rank, level, _)| (*rank, *level));
        found.into_iter().map(|(_, _, row)| row).collect()
    }

    /// The codes of the classes of every year by their names, as `label` makes them comparable; whoever asks gives the same one.
    pub fn classes(&self, label: fn(&str) -> String) -> &BTreeMap<String, String> {
        self.classes.get(|| {
            let mut out = BTreeMap::new();
            for code in self.all().filter(|code| code.code.len() == CLASS_DIGITS) {
                out.entry(label(&code.name)).or_insert_with(|| code.code.clone());
            }
            out
        })
    }

    /// The row that names a code in a year: the most certain valid one, of a year that nobody knows (0) rather one that is still valid; C
    /// rows name nothing.
    pub fn named(&self, code: &str, year: u16) -> Option<&Code> {
        self.rows(code)
            .iter()
            .filter(|row| row.confidence < Confidence::C && row.valid_in(year))
            .min_by_key(|row| (year == 0 && row.valid_to.is_some(), row.confidence))
    }

    /// The name of a code in a year.
    pub fn name(&self, code: &str, year: u16) -> Option<&str> {
        self.named(code, year).map(|row| row.name.as_str())
    }

    /// The codes one level below: two more digits.
    pub fn children<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Code> {
        self.rows
            .range(code.to_owned()..)
            .take_while(move |(key, _)| key.starts_with(code))
            .filter(move |(key, _)| key.len() == code.len() + 2)
            .flat_map(|(_, rows)| rows)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// True if there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn row(line: &str) -> Result<Code, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |i: usize| cells.get(i).copied().unwrap_or("").trim();
    let (code, name) = (cell(0), cell(1));
    if !matches!(code.len(), 3 | 5 | 7) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!("“{code}”不是3、5或7位数字的科目编码"));
    }
    if name.is_empty() {
        return Err(format!("科目 {code} 没有名称"));
    }
    let year = |i: usize| match cell(i) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("“{text}”不是四位年份")),
    };
    let confidence = match cell(5) {
        "A" | "" => Confidence::A,
        "B" => Confidence::B,
        "C" => Confidence::C,
        other => return Err(format!("可信度只有 A、B、C，这里是“{other}”")),
    };
    Ok(Code {
        code: code.to_owned(),
        name: name.to_owned(),
        group: cell(2).to_owned(),
        valid_from: year(3)?,
        valid_to: year(4)?,
        confidence,
        source: cell(6).to_owned(),
        note: cell(7).to_owned(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    #[test]
    fn of_a_year_that_nobody_knows_a_code_has_the_name_that_it_has_today() {
        let catalog = crate::Catalog::load(&[]).unwrap();
        let name = |year| catalog.functions.name("210", year);
        assert_ne!(name(2017), name(2023), "the class was renamed");
        assert_eq!(name(0), name(2023));
        assert!(catalog.functions.rows("210").iter().all(|row| row.valid_in(0)));
    }
}
