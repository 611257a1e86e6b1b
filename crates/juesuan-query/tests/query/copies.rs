//! Passages that were copied: planted among passages of their own and official wording, and counted.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_query::{Engine, Limits, copies, out};

use crate::made::{self, Row, Tables};

/// Numbers that follow from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below).unwrap()
    }

    /// A text of ideographs; real words are more alike than that, which is what the official wording below is for.
    fn text(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from_u32(0x4e00 + u32::try_from(self.next(2500)).unwrap()).unwrap()).collect()
    }

    /// The text as somebody copies it: other numbers, and here and there other words.
    fn copied(&mut self, text: &str, changes: usize) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..changes {
            let at = self.next(chars.len() as u64);
            chars[at] = self.text(1).chars().next().unwrap();
        }
        let number = self.next(90_000).to_string();
        chars.splice(20..20, number.chars());
        chars.into_iter().collect()
    }
}

const DOCUMENTS: usize = 300;
const OWN: usize = 12;
const PLANTED: usize = 400;

fn row(cells: &[(&str, String)]) -> Row {
    cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect()
}

/// Rows, and the pairs of passages (`document/passage`) of which one was copied from the other.
fn planted() -> (Tables, BTreeSet<(String, String)>) {
    let mut dice = Dice(7);
    let mut tables = Tables::new();
    let official: Vec<String> = (0..30).map(|_| dice.text(80)).collect();
    let year = |document: usize| if document.is_multiple_of(2) { "2023" } else { "2024" };
    let mut texts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for document in 0..DOCUMENTS {
        let body = format!("丙市第{document}局");
        let name = format!("d{document:04}");
        tables.entry("documents".into()).or_default().push(row(&[
            ("document", name.clone()),
            ("year", year(document).into()),
            ("province", "hubei".into()),
            ("kind", "final".into()),
            ("body", body.clone()),
        ]));
        // Official wording stands in every document, with its name and numbers of its own; half of it goes on in own words.
        let mut own: Vec<String> = official.iter().map(|text| format!("{body}{text}{}万元", dice.next(9999))).collect();
        own.extend((0..OWN).map(|_| dice.text(60)));
        texts.insert(document, own);
    }
    let mut pairs = BTreeSet::new();
    for _ in 0..PLANTED {
        let (from, to) = (dice.next(DOCUMENTS as u64), dice.next(DOCUMENTS as u64));
        if from == to {
            continue;
        }
        let at = official.len() + dice.next(OWN as u64);
        let changes = dice.next(3);
        let copy = dice.copied(&texts[&from][at].clone(), changes);
        let own = texts.get_mut(&to).unwrap();
        pairs.insert((format!("d{from:04}/{at}"), format!("d{to:04}/{}", own.len())));
        own.push(copy);
    }
    for (document, own) in texts {
        for (passage, text) in own.into_iter().enumerate() {
            tables.entry("passages".into()).or_default().push(row(&[
                ("document", format!("d{document:04}")),
                ("passage", passage.to_string()),
                ("year", year(document).into()),
                ("province", "hubei".into()),
                ("kind", if passage.is_multiple_of(3) { "evaluation" } else { "paragraph" }.into()),
                ("text", text),
            ]));
        }
    }
    (tables, pairs)
}

#[test]
fn planted_copies_are_found_and_official_wording_is_not() {
    let (tables, pairs) = planted();
    let folder = made::archive(&tables);
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let ask = || {
        let answer =
            copies(&engine, Some("SELECT chain, document, passage FROM copies ORDER BY chain, document, passage"));
        out::rows(answer.unwrap()).map(|row| row.unwrap().into_iter().flatten().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let rows = ask();
    let mut chains: BTreeMap<String, String> = BTreeMap::new();
    for row in &rows {
        chains.insert(format!("{}/{}", row[1], row[2]), row[0].clone());
    }
    let found = pairs.iter().filter(|(a, b)| chains.contains_key(a) && chains.get(a) == chains.get(b)).count();
    let right: BTreeSet<&String> = pairs.iter().flat_map(|(a, b)| [a, b]).collect();
    let correct = chains.keys().filter(|key| right.contains(key)).count();
    println!("{} planted, {found} found; {} passages told, {correct} of them rightly", pairs.len(), chains.len());
    assert!(found * 100 >= pairs.len() * 98, "recall {found} of {}", pairs.len());
    assert!(correct * 100 >= chains.len() * 98, "precision {correct} of {}", chains.len());
    assert_eq!(ask(), rows, "the same whatever the order in which threads read");
}

#[test]
fn who_published_first_is_told_where_it_is_known() {
    let text = "为切实解决辖区群众饮水安全问题我单位组织实施了城乡供水一体化管网改造并建立长效管护机制";
    let mut tables = Tables::new();
    for (document, year, body, day) in [
        ("a", "2022", "甲局", ""),
        ("b", "2023", "乙局", "2024-08-01"),
        ("c", "2023", "丙局", "2024-09-01"),
        ("d", "2023", "甲局", "2024-07-01"),
    ] {
        let shared = [("document", document.to_owned()), ("year", year.to_owned()), ("province", "hubei".to_owned())];
        let with = |more: &[(&str, &str)]| {
            let more = more.iter().map(|(name, cell)| (*name, (*cell).to_owned()));
            row(&shared.iter().cloned().chain(more).collect::<Vec<_>>())
        };
        tables.entry("documents".into()).or_default().push(with(&[("kind", "final"), ("body", body)]));
        tables.entry("files".into()).or_default().push(with(&[("file", document), ("published", day)]));
        let passage = with(&[("kind", "paragraph"), ("section", "概况"), ("text", &format!("{body}{text}"))]);
        tables.entry("passages".into()).or_default().push(passage);
    }
    let folder = made::archive(&tables);
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let rows: Vec<Vec<String>> = out::rows(copies(&engine, None).unwrap())
        .map(|row| row.unwrap().into_iter().map(Option::unwrap_or_default).collect())
        .collect();
    let told: Vec<[&str; 4]> = rows.iter().map(|row| [row[2].as_str(), &row[3], &row[6], &row[5]]).collect();
    assert_eq!(
        told,
        [
            ["单位之间", "最早", "甲局", ""],
            ["单位之间", "后出", "甲局", "2024-07-01"],
            ["单位之间", "后出", "乙局", "2024-08-01"],
            ["单位之间", "后出", "丙局", "2024-09-01"],
        ]
    );
}
