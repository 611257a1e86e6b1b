//! Wrong words.

use juesuan_model::{Against, Block, Document, Measure, Run};

use super::scene::{Scene, paragraphs, pick};
use super::{Fault, Spot};
use crate::messy::joined;
use crate::random::Random;

/// All kinds.
pub const FAULTS: [Fault; 15] = [
    Fault { name: "方向词反", codes: &[], plant: reversed },
    Fault { name: "占位符未填", codes: &["WD101"], plant: placeholder },
    Fault { name: "备选未选定", codes: &["WD103"], plant: |d, s, r| direction(d, s, r, "增加（减少）") },
    Fault { name: "标点重复", codes: &["WD105"], plant: |d, s, r| replaced(d, s, r, "，", "，，") },
    Fault { name: "括号缺一半", codes: &["WD106"], plant: |d, s, r| replaced(d, s, r, "）", "") },
    Fault { name: "漏百分号", codes: &["WD108"], plant: |d, s, r| replaced(d, s, r, "%。", "。") },
    Fault {
        name: "词语重复", codes: &["WD115"], plant: |d, s, r| replaced(d, s, r, "主要用于", "主要用于用于")
    },
    Fault { name: "缺增减原因", codes: &["CA101"], plant: without_cause },
    Fault {
        name: "正文年度错",
        codes: &["DC111"],
        plant: |d, s, r| year(d, s, r, |year| (format!("{year}年度收"), format!("{}年度收", year - 2))),
    },
    Fault {
        name: "比较年度错",
        codes: &["DC112"],
        plant: |d, s, r| year(d, s, r, |year| (format!("与{}年度", year - 1), format!("与{}年度", year - 2))),
    },
    Fault {
        name: "车辆截止日错",
        codes: &["TX123"],
        plant: |d, s, r| year(d, s, r, |year| (format!("截至{year}年12月31日"), format!("截至{year}年6月30日"))),
    },
    Fault { name: "其他用车未说明", codes: &["TX124"], plant: other_vehicles },
    Fault {
        name: "单位个数错", codes: &["DC108"], plant: |d, s, r| replaced(d, s, r, "个下属单位", "1个下属单位")
    },
    Fault {
        name: "款名写错",
        codes: &["CL120"],
        plant: |d, s, r| replaced(d, s, r, "行政事业单位养老支出（款）", "行政事业单位医疗（款）"),
    },
    Fault { name: "列举无金额科目", codes: &["TX130"], plant: without_money },
];

/// The paragraph becomes one run.
fn put(document: &mut Document, part: usize, block: usize, text: String) -> Option<()> {
    match document.parts.get_mut(part)?.blocks.get_mut(block)? {
        Block::Paragraph { runs, .. } => {
            *runs = vec![Run { text, figure: None, mark: juesuan_model::Mark::Plain }];
            Some(())
        }
        _ => None,
    }
}

/// Some words of some paragraph become others.
fn replaced(document: &mut Document, scene: &Scene<'_>, random: &mut Random, from: &str, to: &str) -> Option<Spot> {
    let mut all = paragraphs(document);
    all.retain(|(_, _, text)| scene.texts && text.contains(from));
    let (part, block, text) = pick(random, &all)?;
    let text = text.replacen(from, to, 1);
    put(document, part, block, text.clone())?;
    Some(Spot::Text { words: text })
}

fn year(
    document: &mut Document,
    scene: &Scene<'_>,
    random: &mut Random,
    words: fn(u16) -> (String, String),
) -> Option<Spot> {
    let (from, to) = words(scene.package.entity.year);
    replaced(document, scene, random, &from, &to)
}

/// Indices of the runs before the amount of a change, by paragraph.
fn directions(document: &Document, scene: &Scene<'_>) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    for (p, part) in document.parts.iter().enumerate() {
        for (b, block) in part.blocks.iter().enumerate() {
            let Block::Paragraph { runs, .. } = block else { continue };
            for (r, [word, amount]) in runs.array_windows().enumerate() {
                let change = amount.figure.and_then(|id| scene.package.figure(id)).filter(|figure| {
                    matches!(figure.measure, Measure::Change(Against::PriorYear))
                        && figure.cell.number().is_some_and(|n| n.mantissa.abs() > 50)
                });
                if change.is_some() && (word.text.ends_with("增加") || word.text.ends_with("减少")) {
                    out.push((p, b, r));
                }
            }
        }
    }
    if scene.texts { out } else { Vec::new() }
}

/// The word before the amount of a change becomes another.
fn turned(
    document: &mut Document,
    scene: &Scene<'_>,
    random: &mut Random,
    other: impl Fn(&str) -> &str,
) -> Option<Spot> {
    let (part, block, run) = pick(random, &directions(document, scene))?;
    match document.parts.get_mut(part)?.blocks.get_mut(block)? {
        Block::Paragraph { runs, .. } => {
            let text = &mut runs.get_mut(run)?.text;
            let word = if text.ends_with("增加") { "增加" } else { "减少" };
            let cut = text.len() - word.len();
            text.replace_range(cut.., other(word));
            Some(Spot::Text { words: joined(runs) })
        }
        _ => None,
    }
}

fn reversed(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    turned(document, scene, random, |word| if word == "增加" { "减少" } else { "增加" })
}

fn direction(document: &mut Document, scene: &Scene<'_>, random: &mut Random, word: &'static str) -> Option<Spot> {
    turned(document, scene, random, |_| word)
}

fn placeholder(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let mut all = scene.printings(document);
    all.retain(|p| matches!(p.at, super::scene::At::Run(..)) && p.figure.measure == Measure::Amount);
    let printing = pick(random, &all)?;
    *super::scene::text_at(document, printing.at)? = "XX".to_owned();
    super::scene::spot(document, printing.at)
}

fn without_cause(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let mut all = paragraphs(document);
    all.retain(|(_, _, text)| scene.texts && text.contains("万元，增长") && text.contains("主要原因是"));
    let (part, block, text) = pick(random, &all)?;
    let kept = text.split("主要原因是").next()?.trim_end_matches(['，', '。']).to_owned() + "。";
    put(document, part, block, kept.clone())?;
    Some(Spot::Text { words: kept })
}

fn other_vehicles(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let from = "，其他用车主要是";
    let all = paragraphs(document);
    let found = all.into_iter().find(|(_, _, text)| scene.texts && text.contains(from))?;
    let rest = found.2.split(from).nth(1)?;
    let gone = rest.split('；').next()?;
    replaced(document, scene, random, &format!("{from}{gone}"), from)
}

/// An item that the table of basic expenditure does not have, among those that it has.
fn without_money(document: &mut Document, scene: &Scene<'_>, random: &mut Random) -> Option<Spot> {
    let named = paragraphs(document).iter().any(|(_, _, text)| text.contains("咨询费"));
    if named || !scene.tables {
        return None;
    }
    replaced(document, scene, random, "主要包括：办公费", "主要包括：咨询费、办公费")
}
