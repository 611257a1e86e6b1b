//! Texts: numbers, sentences, rules, waivers, header words.

use anyhow::Result;
use juesuan_catalog::{Catalog, Rulebook, Source};
use juesuan_model::{Printed, Unit};
use juesuan_office::check::{Request, Waivers};
use juesuan_office::{Job, check};
use juesuan_read::Memory;
use juesuan_recognize::text::{EntityContext, Paragraph, Passage, Vocabulary, passages};
use juesuan_text::Day;

use super::Target;
use crate::scratch::Scratch;
use crate::{seeds, shape};

/// A printed number.
pub fn numbers(input: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(input);
    let mut answer = Vec::new();
    for unit in [Unit::Yuan, Unit::WanYuan, Unit::Percent, Unit::Piece] {
        if let Ok(printed) = Printed::parse(&text, unit) {
            let interval = printed.interval();
            assert_eq!(Printed::parse(&printed.digits(), unit), Ok(printed), "what is read prints as itself");
            answer.push(usize::from(interval.low <= interval.high) + usize::from(printed.decimals));
        }
    }
    shape::counts(&answer)
}

/// Running text of a document.
pub fn sentences(catalog: Catalog) -> Target {
    // Lives as long as the process, as its vocabulary does, which would else be made anew for every input.
    let vocabulary = Vocabulary::new(Box::leak(Box::new(catalog)));
    let entity = EntityContext { year: 2023, variant: "hubei".to_owned(), ..EntityContext::default() };
    Box::new(move |input| {
        let text = String::from_utf8_lossy(input);
        let (heading, rest) = text.split_once('\n').unwrap_or(("", &text));
        let paragraphs = rest.lines().map(|line| Paragraph { text: line.to_owned(), ..Paragraph::default() });
        let passage = Passage { heading: heading.to_owned(), paragraphs: paragraphs.collect() };
        let read = passages(&[passage], &entity, &vocabulary, None);
        shape::counts(&[read.figures.len(), read.claims.len(), read.unread.len()])
    })
}

/// Rules with their formulas.
pub fn rules(catalog: Catalog) -> Result<Target> {
    let scratch = Scratch::new("rules")?;
    Ok(Box::new(move |input| {
        let text = String::from_utf8_lossy(input);
        if scratch.put("rules/a.toml", text.as_bytes()).is_err() {
            return 0;
        }
        let (mut source, mut problems) = (Source::default(), Vec::new());
        source.overlay(scratch.folder(), &mut problems);
        Rulebook::load(&source, &catalog.trees, &mut problems);
        shape::problems(&problems)
    }))
}

/// Waivers, and what they take out of the findings of a document.
pub fn waivers(catalog: Catalog) -> Target {
    let document = Memory::file("a.txt", seeds::ACCOUNT);
    Box::new(move |input| {
        let Ok(waivers) = Waivers::parse("waivers.toml", &String::from_utf8_lossy(input)) else { return 0 };
        let request = Request {
            documents: &[&document],
            waivers: Some(&waivers),
            today: Day::parse_iso("2025-06-30"),
            ..Request::default()
        };
        let Ok(outcome) = check(&request, &catalog, Job::default()) else { return 1 };
        let counts: Vec<usize> =
            outcome.documents.iter().flat_map(|one| [one.report.findings.len(), one.waived.len()]).collect();
        shape::counts(&counts)
    })
}

/// Header words of a department, used on its sheets.
pub fn mappings(catalog: Catalog) -> Target {
    Box::new(move |input| {
        let mut folder = Memory::folder("部门");
        for (path, text) in seeds::DEPARTMENT_FILES {
            folder.put(path, text);
        }
        folder.put("mapping.toml", input);
        match juesuan_inputs::read(&folder, &catalog) {
            Ok(inputs) => shape::problems(&inputs.problems),
            Err(problems) => shape::problems(&problems).rotate_left(1),
        }
    })
}
