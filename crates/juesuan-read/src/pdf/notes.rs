//! What was not read of a document, told once for the document and not once a page.

use juesuan_model::{Place, Problem};
use serde::{Deserialize, Serialize};

use super::ink::{Glyph, Turn};
use super::lines::lines;
use super::overlaid::{self, Main};
use crate::said::said;
use crate::sight::{self, Sight};

/// Lines of covered text that are told, and how much of each.
const UNDER_MAX: usize = 3;
const UNDER_CHARACTERS_MAX: usize = 30;

/// What was found on which pages.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Notes {
    hidden: Vec<(u32, u32)>,
    covered: Vec<(u32, u32)>,
    /// What some of it says.
    under: Vec<String>,
    slanted: Vec<(u32, u32)>,
    scanned: Vec<u32>,
    recognized: Vec<u32>,
    /// Those of them that were held against their pictures.
    #[serde(skip)]
    compared: Vec<(u32, overlaid::Held)>,
    /// Pages with pictures that somebody read.
    seen: Vec<u32>,
    unknown: Vec<(u32, u32)>,
    outlined: Vec<(u32, u32)>,
    cut: Vec<(u32, u32)>,
    layered: Vec<u32>,
    overfull: Vec<u32>,
    failed: Vec<u32>,
    /// Pages whose drawing operations are damaged.
    broken: Vec<u32>,
    /// True for a file that encloses others, of which its pages are only the cover.
    encloses: bool,
}

impl Notes {
    /// Takes over what was found on further pages.
    pub(super) fn add(&mut self, more: Notes) {
        self.hidden.extend(more.hidden);
        self.covered.extend(more.covered);
        let room = UNDER_MAX.saturating_sub(self.under.len());
        self.under.extend(more.under.into_iter().take(room));
        self.slanted.extend(more.slanted);
        self.scanned.extend(more.scanned);
        self.recognized.extend(more.recognized);
        self.unknown.extend(more.unknown);
        self.outlined.extend(more.outlined);
        self.cut.extend(more.cut);
        self.layered.extend(more.layered);
        self.overfull.extend(more.overfull);
        self.failed.extend(more.failed);
        self.broken.extend(more.broken);
        self.encloses |= more.encloses;
    }

    /// Characters of a page that cannot be seen.
    pub(super) fn hidden(&mut self, page: u32, characters: u32) {
        note(&mut self.hidden, page, characters);
    }

    /// Characters of a page that something lies over, or that have the colour of their ground; figures among them are told.
    pub(super) fn covered(&mut self, page: u32, glyphs: Vec<Glyph>) {
        note(&mut self.covered, page, u32::try_from(glyphs.len()).unwrap_or(u32::MAX));
        let glyphs = glyphs.into_iter().filter(|glyph| glyph.turn == Turn::None).collect();
        let lines = lines(glyphs).into_iter().map(|line| line.text().text);
        let room = UNDER_MAX.saturating_sub(self.under.len());
        self.under.extend(lines.filter(|text| text.contains(|c: char| c.is_ascii_digit())).take(room));
    }

    /// Characters of a page that run slantwise.
    pub(super) fn slanted(&mut self, page: u32, characters: u32) {
        note(&mut self.slanted, page, characters);
    }

    /// Characters of a page of which the file does not say which they are.
    pub(super) fn unknown(&mut self, page: u32, characters: u32) {
        note(&mut self.unknown, page, characters);
    }

    /// Letters of a page that are drawn as shapes.
    pub(super) fn outlined(&mut self, page: u32, letters: u32) {
        note(&mut self.outlined, page, letters);
    }

    /// Lines of a page of which a part is cut away.
    pub(super) fn cut(&mut self, page: u32, lines: u32) {
        note(&mut self.cut, page, lines);
    }

    /// A page that is a picture without text.
    pub(super) fn scanned(&mut self, page: u32) {
        self.scanned.push(page);
    }

    /// A page that is a picture with recognised text laid over it.
    pub(super) fn recognized(&mut self, page: u32) {
        self.recognized.push(page);
    }

    /// Pictures that somebody read after all.
    pub(super) fn seen(&mut self, places: &[Place]) {
        self.scanned.retain(|page| places.iter().all(|place| place.page != Some(*page)));
        self.seen.extend(places.iter().filter_map(|place| place.page));
        self.seen.dedup();
    }

    /// Whether another page may be held against its picture.
    pub(super) fn may_compare(&self) -> bool {
        u32::try_from(self.compared.len()).is_ok_and(|count| count < overlaid::PAGES_MAX)
    }

    /// The text of a page was held against its picture.
    pub(super) fn compared(&mut self, page: u32, held: overlaid::Held) {
        self.compared.push((page, held));
    }

    /// True for a page that is a picture with recognised text laid over it.
    pub(super) fn is_recognized(&self, page: u32) -> bool {
        self.recognized.contains(&page)
    }

    /// A page with a layer that is off.
    pub(super) fn layered(&mut self, page: u32) {
        self.layered.push(page);
    }

    /// A page with more on it than is kept.
    pub(super) fn overfull(&mut self, page: u32) {
        self.overfull.push(page);
    }

    /// A page that could not be interpreted.
    pub(super) fn failed(&mut self, page: u32) {
        self.failed.push(page);
    }

    /// A page whose drawing operations are damaged from somewhere on.
    pub(super) fn broken(&mut self, page: u32) {
        self.broken.push(page);
    }

    /// The file encloses others.
    pub(super) fn encloses(&mut self) {
        self.encloses = true;
    }

    /// All as problems of the file, which `sight` has looked at.
    pub(super) fn problems(&self, file: &Place, sight: &dyn Sight) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut tell = |pages: &[u32], message: &dyn Fn(&str) -> String| {
            if !pages.is_empty() {
                problems.push(Problem::doubt(file.clone(), message(&listed(pages))));
            }
        };
        let pages = |notes: &[(u32, u32)]| notes.iter().map(|(page, _)| *page).collect::<Vec<_>>();
        let sum = |notes: &[(u32, u32)]| notes.iter().map(|(_, characters)| u64::from(*characters)).sum::<u64>();
        tell(&self.failed, &|at| format!("{at}结构损坏，没有读。请重新导出 PDF"));
        tell(&self.broken, &|at| said("broken", &[("at", at)]));
        tell(&self.scanned, &|at| {
            format!("{at}是图片，没有文字层，没有读。请提供由办公软件导出的 PDF 或原始表格{}", sight::advice(sight))
        });
        tell(&self.seen, &|at| format!("{at}{}", sight::RECOGNISED));
        let of = |main: Main| self.compared.iter().filter(move |(_, held)| held.main == main);
        let held = |main: Main| {
            let count = |own: fn(&overlaid::Held) -> u32| of(main).map(|(_, held)| u64::from(own(held))).sum::<u64>();
            let (alike, differing) = (count(|held| held.alike), count(|held| held.differing));
            format!("（附加的文字与图片上的数对照过，一致{alike}个，不同{differing}个）")
        };
        let compared = |main: Main| of(main).map(|(page, _)| *page).collect::<Vec<u32>>();
        tell(&compared(Main::Picture), &|at| format!("{at}{}{}", sight::RECOGNISED, held(Main::Picture)));
        let is_alone = |page: &&u32| !self.compared.iter().any(|(own, _)| own == *page);
        let alone: Vec<u32> = self.recognized.iter().filter(is_alone).copied().collect();
        for (pages, held) in [(compared(Main::Text), held(Main::Text)), (alone, String::new())] {
            tell(&pages, &|at| {
                format!("{at}是扫描图片，读的是扫描软件附加的文字{held}，可能有识别错误。请对照图片核对")
            });
        }
        tell(&self.overfull, &|at| format!("{at}内容过多或绘制指令异常，只读了一部分"));
        let unknown = sum(&self.unknown);
        tell(&pages(&self.unknown), &|at| format!("{at}有 {unknown} 个字符没有编码（字体缺少对照表），没有读出"));
        let outlined = sum(&self.outlined);
        tell(&pages(&self.outlined), &|at| {
            format!(
                "{at}约有 {outlined} 个字是画出来的图形（文字已转成轮廓），没有读。请保留字体重新导出 PDF，或提供原始表格"
            )
        });
        let cut = sum(&self.cut);
        tell(&pages(&self.cut), &|at| {
            format!("{at}有 {cut} 行文字只印出一部分，其余被裁切，没有读。请调整列宽或纸张重新导出，或提供原始文件")
        });
        let hidden = sum(&self.hidden);
        tell(&pages(&self.hidden), &|at| {
            format!("{at}有 {hidden} 个字符在页面之外、被裁切或被图片遮住，看不见，没有读。请检查是否误留了内容")
        });
        tell(&self.layered, &|at| format!("{at}有默认不显示的图层，图层里的内容看不见，没有读。请检查是否误留了内容"));
        let covered = sum(&self.covered);
        let under =
            self.under.iter().map(|text| format!("“{}”", text.chars().take(UNDER_CHARACTERS_MAX).collect::<String>()));
        let under = under.collect::<String>();
        tell(&pages(&self.covered), &|at| {
            format!("{at}有 {covered} 个字符被遮盖、与底色相同或小到看不见{under}，没有读。请检查是否误留了内容")
        });
        let slanted = sum(&self.slanted);
        tell(&pages(&self.slanted), &|at| format!("{at}有 {slanted} 个斜排字符（如水印），没有读"));
        problems.extend(self.encloses.then(|| Problem::doubt(file.clone(), said("encloses", &[]))));
        problems
    }
}

fn note(notes: &mut Vec<(u32, u32)>, page: u32, characters: u32) {
    if characters > 0 {
        notes.push((page, characters));
    }
}

/// `第3、5—7页`.
pub(super) fn listed(pages: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *page == *last + 1 => *last = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let text = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}—{last}") };
    let shown: Vec<String> = ranges.iter().take(20).map(text).collect();
    let more = if ranges.len() > 20 { "等" } else { "" };
    format!("第{}{more}页", shown.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_pages_are_named_as_a_range() {
        assert_eq!(listed(&[3, 5, 6, 7]), "第3、5—7页");
    }
}
