//! What reads the inputs.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use juesuan_catalog::{Catalog, Rulebook, Source};
use juesuan_model::{Place, Printed, Unit};
use juesuan_recognize::text::{EntityContext, TextSection};

use crate::shape;

/// Names of the targets.
pub const NAMES: [&str; 10] =
    ["pdf", "docx", "xlsx", "xls", "html", "text", "numbers", "sentences", "rules", "documents"];

/// One target with what it needs.
pub enum Target {
    /// Any document.
    Pages(&'static str),
    /// A printed number.
    Numbers,
    /// Running text of a document.
    Sentences(Box<Catalog>),
    /// Rules with their formulas.
    Rules(Box<Catalog>, PathBuf),
    /// A document that is read, recognised and checked.
    Documents(Box<Catalog>),
}

impl Target {
    pub fn new(name: &str) -> Result<Target> {
        let catalog = || Catalog::load(&[]).map(Box::new).map_err(|problems| anyhow!("{problems:?}"));
        Ok(match name {
            "pdf" => Target::Pages("a.pdf"),
            "docx" => Target::Pages("a.docx"),
            "xlsx" => Target::Pages("a.xlsx"),
            "xls" => Target::Pages("a.xls"),
            "html" => Target::Pages("a.html"),
            "text" => Target::Pages("a.csv"),
            "numbers" => Target::Numbers,
            "sentences" => Target::Sentences(catalog()?),
            "rules" => {
                let folder = std::env::temp_dir().join(format!("juesuan-fuzz-{}", std::process::id()));
                std::fs::create_dir_all(folder.join("rules"))?;
                Target::Rules(catalog()?, folder)
            }
            "documents" => Target::Documents(catalog()?),
            other => return Err(anyhow!("no target {other}: {}", NAMES.join(", "))),
        })
    }

    /// Reads an input; the shape of the answer.
    pub fn run(&mut self, input: &[u8]) -> u64 {
        match self {
            Target::Pages(name) => {
                let read = juesuan_read::pages_of(name, input);
                let grids = juesuan_read::grids_of(name, input).map_or(0, |grids| grids.len());
                shape::pages(&read).rotate_left(u32::try_from(grids % 60).unwrap_or(0))
            }
            Target::Numbers => {
                let text = String::from_utf8_lossy(input);
                let mut answer = Vec::new();
                for unit in [Unit::Yuan, Unit::WanYuan, Unit::Percent, Unit::Piece] {
                    let read = Printed::parse(&text, unit);
                    if let Ok(printed) = read {
                        let interval = printed.interval();
                        // What is read prints as itself.
                        assert_eq!(Printed::parse(&printed.digits(), unit), Ok(printed));
                        answer.push(usize::from(interval.low <= interval.high) + usize::from(printed.decimals));
                    }
                }
                shape::counts(&answer)
            }
            Target::Sentences(catalog) => {
                let text = String::from_utf8_lossy(input);
                let place = || Place::default();
                let (heading, rest) = text.split_once('\n').unwrap_or(("", &text));
                let paragraphs = rest.lines().map(|line| (line.to_owned(), place())).collect();
                let section = TextSection { heading: heading.to_owned(), paragraphs };
                let entity = EntityContext { year: 2023, variant: "hubei".to_owned(), ..EntityContext::default() };
                let read = juesuan_recognize::text(&[section], &entity, catalog);
                shape::counts(&[read.figures.len(), read.claims.len(), read.unread.len()])
            }
            Target::Rules(catalog, folder) => {
                let text = String::from_utf8_lossy(input);
                if std::fs::write(folder.join("rules/a.toml"), &*text).is_err() {
                    return 0;
                }
                let (mut source, mut problems) = (Source::default(), Vec::new());
                source.overlay(folder, &mut problems);
                catalog.rulebook = Rulebook::load(&source, &catalog.trees, &mut problems);
                shape::problems(&problems)
            }
            Target::Documents(catalog) => {
                let Ok(pages) = juesuan_read::pages_of("a", input) else { return 0 };
                let read = juesuan_recognize::document(&pages, catalog);
                let report = juesuan_check::check(&read.package, catalog, &[]);
                shape::counts(&[read.package.figures.len(), read.unread.len(), report.findings.len()])
            }
        }
    }
}
