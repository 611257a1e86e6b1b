//! The documents of a load, one by one and in any order: each follows from the seed and its number alone.

use juesuan_model::{Block, Document, Package};

use crate::fault::scene::Scene;
use crate::fault::structure::OTHER;
use crate::fault::{self, Spot};
use crate::load::books::Slot;
use crate::load::budget::budget;
use crate::load::cast::{Casting, cast};
use crate::load::fate::{self, Fate, Format, Issue, Shares};
use crate::load::mould::{Mould, Pattern};
use crate::load::pdf::pdf;
use crate::load::words::{Kind, Words, below};
use crate::load::world::{Body, Size, bodies};
use crate::messy::{text, web};
use crate::random::Random;

/// How often another document is looked for to copy from, before it is left.
const TRIES: usize = 40;

/// Everything that a load is made of.
#[derive(Debug)]
pub struct Load {
    /// What is wanted.
    pub size: Size,
    /// How often what happens.
    pub shares: Shares,
    /// Names and wording.
    pub words: Words,
    /// Moulds.
    pub moulds: Vec<Mould>,
    /// Bodies.
    pub bodies: Vec<Body>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Made {
    /// Path below the folder of documents.
    pub path: String,
    /// In what it is published.
    pub format: Format,
    /// What it says. What is planted stands in its `document` only.
    pub package: Package,
    /// The fault that was planted.
    pub planted: Option<Planted>,
    /// What it took from another one.
    pub copied: Option<Copied>,
    /// The budget that the body published for this year.
    pub budget: Option<Budget>,
}

/// A budget, a web page.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Path below the folder of documents.
    pub path: String,
    /// What it says.
    pub document: Document,
    /// It is not that of which the final accounts tell.
    pub other: bool,
}

/// A planted fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// Name of the kind.
    pub name: &'static str,
    /// Codes of the rules of which one must find it; empty: any may.
    pub codes: &'static [&'static str],
    /// Where it stands.
    pub spot: Spot,
    /// All documents of the county and year have it.
    pub template: bool,
}

/// A passage that another document had first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Path of the other document.
    pub from: String,
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub passage: String,
}

impl Load {
    /// A load of these moulds.
    pub fn new(size: Size, shares: Shares, words: Words, moulds: Vec<Mould>) -> Load {
        let bodies = bodies(&size, &words, &moulds);
        Load { size, shares, words, moulds, bodies }
    }

    /// The numbers of all documents, also of those that are missing: body by body, year by year.
    pub fn issues(&self) -> impl Iterator<Item = Issue> {
        let years = self.size.years;
        (0..self.bodies.len()).flat_map(move |body| (0..years).map(move |year| Issue { body, year }))
    }

    /// Fiscal year of a document.
    pub fn year(&self, issue: Issue) -> u16 {
        self.size.first_year.saturating_add(u16::try_from(issue.year).unwrap_or(u16::MAX))
    }

    /// What happens to a document.
    pub fn fate(&self, issue: Issue) -> Fate {
        fate::fate(&self.size, &self.shares, issue)
    }

    /// Path of a document below the folder of documents.
    pub fn path(&self, issue: Issue) -> String {
        let Some(body) = self.bodies.get(issue.body) else { return String::new() };
        let year = self.year(issue);
        let county = body.region.strip_prefix(body.province.as_str()).unwrap_or_default();
        let ending = match fate::format(&self.size, &self.shares, issue) {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Text => "txt",
        };
        format!("{}/{county}/{year}/{}-{year}.{ending}", body.province, body.name)
    }

    /// A document; `None` if it is missing.
    pub fn document(&self, issue: Issue) -> Option<Made> {
        let fate = self.fate(issue);
        let body = self.bodies.get(issue.body).filter(|_| fate != Fate::Missing)?;
        let (season, pattern) = self.moulds.get(body.mould)?.pattern(issue.year, body.member)?;
        let mut texts = self.texts(issue, &season.slots);
        let copied = (fate == Fate::Copying).then(|| self.copy(issue, &season.slots, pattern, &mut texts)).flatten();
        let casting = Casting {
            per_mille: fate::per_mille(&self.size, &self.shares, body, issue),
            region: (&self.words.base.county, &body.region),
            texts: &texts,
        };
        let mut package = cast(&pattern.package, &casting);
        let format = fate::format(&self.size, &self.shares, issue);
        let budget = self.budget(issue, &pattern.package, &casting);
        let planted = self.plant(issue, body, fate, format, pattern, &mut package);
        Some(Made { path: self.path(issue), format, package, planted, copied, budget })
    }

    /// The budget of a body that publishes it.
    fn budget(&self, issue: Issue, pattern: &Package, casting: &Casting<'_>) -> Option<Budget> {
        let other = fate::budget(&self.size, &self.shares, issue)?;
        let accounts = cast(pattern, &Casting { per_mille: casting.per_mille + other, ..casting.clone() });
        let document = budget(&accounts, &self.words.budget)?;
        let accounts = self.path(issue);
        let stem = accounts.rsplit_once('.').map_or(accounts.as_str(), |(stem, _)| stem);
        let path = format!("{stem}-{}.html", self.words.budget.file);
        Some(Budget { path, document, other: other != 0 })
    }

    /// The body's own text of each slot in a year.
    fn texts(&self, issue: Issue, slots: &[Slot]) -> Vec<String> {
        slots.iter().map(|slot| self.text(issue, slot)).collect()
    }

    fn text(&self, issue: Issue, slot: &Slot) -> String {
        self.words.text(slot.wording, &mut fate::chance(&self.size, issue, &slot.key))
    }

    /// What a slot holds, if it can be copied: causes, goals, paragraphs that the pattern prints.
    fn copyable<'s>(&'s self, slots: &'s [Slot], pattern: &'s Pattern) -> Vec<(usize, &'s Slot, Kind)> {
        let kind = |slot: &Slot| self.words.wordings.get(slot.wording).map(|wording| wording.kind);
        let printed = pattern.printed.iter().filter_map(|at| Some((*at, slots.get(*at)?)));
        let all = printed.filter_map(|(at, slot)| Some((at, slot, kind(slot)?)));
        all.filter(|(_, _, kind)| kind.name().is_some()).collect()
    }

    /// Puts a text of an earlier document, which is its own there, into a slot of this one.
    fn copy(&self, issue: Issue, slots: &[Slot], pattern: &Pattern, texts: &mut [String]) -> Option<Copied> {
        let mut random = fate::chance(&self.size, issue, "copy");
        let own = self.copyable(slots, pattern);
        for _ in 0..TRIES {
            let (at, _, kind) = own.get(below(&mut random, own.len())).copied()?;
            // From one's own last year, or from another body.
            let from = match issue.year.checked_sub(1) {
                Some(year) if random.between(0, 1) == 1 => Issue { year, ..issue },
                _ => Issue { body: below(&mut random, issue.body.max(1)), year: below(&mut random, issue.year + 1) },
            };
            if from == issue || matches!(self.fate(from), Fate::Missing | Fate::Copying) {
                continue;
            }
            let body = self.bodies.get(from.body)?;
            let (season, source) = self.moulds.get(body.mould)?.pattern(from.year, body.member)?;
            let alike: Vec<_> =
                self.copyable(&season.slots, source).into_iter().filter(|(_, _, other)| *other == kind).collect();
            let Some((_, slot, _)) = alike.get(below(&mut random, alike.len())) else { continue };
            let passage = self.text(from, slot);
            *texts.get_mut(at)? = passage.clone();
            return Some(Copied { from: self.path(from), kind, passage });
        }
        None
    }

    /// Plants the fault of the county's template, or one by chance.
    fn plant(
        &self,
        issue: Issue,
        body: &Body,
        fate: Fate,
        format: Format,
        pattern: &Pattern,
        package: &mut Package,
    ) -> Option<Planted> {
        let faults: Vec<fault::Fault> = fault::all().collect();
        let template = fate::template(&self.size, &self.shares, body, issue.year, faults.len());
        let first = match (template, fate, format) {
            (_, _, Format::Text) => return None,
            (Some(one), _, _) => one,
            (None, Fate::Faulty, _) => below(&mut fate::chance(&self.size, issue, "fault"), faults.len()),
            (None, _, _) => return None,
        };
        // All documents of a template have the same fault or none.
        let tried = if template.is_some() { 1 } else { faults.len() };
        let mut document = package.document.clone();
        let scene = Scene { package, compared: &pattern.compared, tables: true, texts: true };
        let found = faults.iter().cycle().skip(first).take(tried).find_map(|fault| {
            let mut random: Random = fate::chance(&self.size, issue, fault.name);
            let spot = (fault.plant)(&mut document, &scene, &mut random)?;
            Some(Planted { name: fault.name, codes: fault.codes, spot, template: template.is_some() })
        })?;
        self.name_neighbour(body, &mut document);
        package.document = document;
        Some(found)
    }

    /// Where a document names another body, that is one of the same county.
    fn name_neighbour(&self, body: &Body, document: &mut Document) {
        let own = self.moulds.get(body.mould).map(|mould| mould.trade);
        let others = self.words.trades.iter().enumerate().filter(|(trade, _)| Some(*trade) != own);
        let organ = others.map(|(_, trade)| trade.organ()).next().unwrap_or_default();
        let neighbour = format!("{}{organ}", body.region);
        for part in &mut document.parts {
            part.title = part.title.replace(OTHER, &neighbour);
            for block in &mut part.blocks {
                if let Block::Table(table) = block {
                    table.entity = table.entity.replace(OTHER, &neighbour);
                }
            }
        }
    }
}

impl Budget {
    /// The bytes of the file.
    pub fn bytes(&self, size: &Size, issue: Issue) -> Vec<u8> {
        web::web(&self.document, &mut fate::chance(size, issue, "budget bytes"))
    }
}

impl Made {
    /// The bytes of the file; `None` for Word, which is written by the crate of all formats.
    pub fn bytes(&self, size: &Size, issue: Issue) -> Option<Vec<u8>> {
        let document = &self.package.document;
        let mut random = fate::chance(size, issue, "bytes");
        match self.format {
            Format::Html => Some(web::web(document, &mut random)),
            Format::Text => Some(text::unbroken(document, &mut random)),
            Format::Pdf => Some(pdf(document)),
            Format::Docx => None,
        }
    }
}
