//! What was not read of a document, told once for the document and not once a page.

use juesuan_model::{Place, Problem};
use serde::{Deserialize, Serialize};

/// What was found on which pages.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Notes {
    hidden: Vec<(u32, u32)>,
    slanted: Vec<(u32, u32)>,
    scanned: Vec<u32>,
    recognized: Vec<u32>,
    unknown: Vec<(u32, u32)>,
    overfull: Vec<u32>,
    failed: Vec<u32>,
}

impl Notes {
    /// Takes over what was found on further pages.
    pub(super) fn add(&mut self, more: Notes) {
        self.hidden.extend(more.hidden);
        self.slanted.extend(more.slanted);
        self.scanned.extend(more.scanned);
        self.recognized.extend(more.recognized);
        self.unknown.extend(more.unknown);
        self.overfull.extend(more.overfull);
        self.failed.extend(more.failed);
    }

    /// Characters of a page that cannot be seen.
    pub(super) fn hidden(&mut self, page: u32, characters: u32) {
        note(&mut self.hidden, page, characters);
    }

    /// Characters of a page that run slantwise.
    pub(super) fn slanted(&mut self, page: u32, characters: u32) {
        note(&mut self.slanted, page, characters);
    }

    /// Characters of a page of which the file does not say which they are.
    pub(super) fn unknown(&mut self, page: u32, characters: u32) {
        note(&mut self.unknown, page, characters);
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
    }

    /// A page with more on it than is kept.
    pub(super) fn overfull(&mut self, page: u32) {
        self.overfull.push(page);
    }

    /// A page that could not be interpreted.
    pub(super) fn failed(&mut self, page: u32) {
        self.failed.push(page);
    }

    /// All as problems of the file.
    pub(super) fn problems(&self, file: &Place) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut tell = |pages: &[u32], message: &dyn Fn(&str) -> String| {
            if !pages.is_empty() {
                problems.push(Problem::doubt(file.clone(), message(&listed(pages))));
            }
        };
        let pages = |notes: &[(u32, u32)]| notes.iter().map(|(page, _)| *page).collect::<Vec<_>>();
        let sum = |notes: &[(u32, u32)]| notes.iter().map(|(_, characters)| u64::from(*characters)).sum::<u64>();
        tell(&self.failed, &|at| format!("{at}结构损坏，没有读。请重新导出 PDF"));
        tell(&self.scanned, &|at| format!("{at}是图片，没有文字层，没有读。请提供由办公软件导出的 PDF 或原始表格"));
        tell(&self.recognized, &|at| {
            format!("{at}是扫描图片，读的是扫描软件附加的文字，可能有识别错误。请对照图片核对")
        });
        tell(&self.overfull, &|at| format!("{at}内容过多或绘制指令异常，只读了一部分"));
        let unknown = sum(&self.unknown);
        tell(&pages(&self.unknown), &|at| format!("{at}有 {unknown} 个字符没有编码（字体缺少对照表），没有读出"));
        let hidden = sum(&self.hidden);
        let place = "在页面之外或被裁切，看不见，没有读。请检查是否误留了内容";
        tell(&pages(&self.hidden), &|at| format!("{at}有 {hidden} 个字符{place}"));
        let slanted = sum(&self.slanted);
        tell(&pages(&self.slanted), &|at| format!("{at}有 {slanted} 个斜排字符（如水印），没有读"));
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
