//! The examples in rule files, as packages; they are the tests of the rules, also of a bureau's own.

use juesuan_catalog::formula::bracketed;
use juesuan_catalog::names::{LAST_YEAR, stage};
use juesuan_catalog::{Catalog, Example, ExampleClaim, ExampleDocument, ExampleFigure, Rule};
use juesuan_model::package::{LaidOutSum, Report};
use juesuan_model::{
    Against, Block, BudgetUnit, Cell, Claim, Confidence, Differing, DocumentKind, Entity, Figure, InPicture, Meaning,
    Measure, Package, Part, Place, Printed, Run, Scope, Seen, Statement, Table, TableCell, TableRow, Unit, UnitKind,
    Verdict,
};

use crate::check::check_rule;
use crate::example_performance as performance;
use crate::links::{self, Named};
use crate::outline;
use crate::waiver::{self, Desk};

/// The year of the examples.
const YEAR: u16 = 2023;

/// An example that does not come out as its file says.
#[derive(Debug)]
pub struct Miss<'c> {
    /// Its rule.
    pub rule: &'c Rule,
    /// The example.
    pub example: &'c Example,
    /// What its file says of it.
    pub wanted: Verdict,
    /// What came out.
    pub outcome: Outcome,
}

/// What came out of an example.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing: it is not written as an example can be. In words for whoever wrote it.
    Refused(String),
    /// The package that was made of it, and what its rule says of that.
    Judged(Box<(Package, Report)>),
}

/// Runs every example of every rule and gives those that do not come out as their files say.
pub fn misses(catalog: &Catalog) -> Vec<Miss<'_>> {
    let mut misses = Vec::new();
    for rule in catalog.rulebook.rules() {
        for (wanted, example) in rule.judged() {
            let outcome = match report(catalog, rule, example) {
                Ok((_, report)) if comes_out(&report, wanted) => continue,
                Ok(judged) => Outcome::Judged(Box::new(judged)),
                Err(message) => Outcome::Refused(message),
            };
            misses.push(Miss { rule, example, wanted, outcome });
        }
    }
    misses
}

/// What every example of every rule comes to, for whoever shows what the rules say: the code, the package, the report.
pub fn reports(catalog: &Catalog) -> Vec<(&str, Package, Report)> {
    let rules = catalog.rulebook.rules().iter();
    let examples = rules.flat_map(|rule| rule.examples().map(move |example| (rule, example)));
    examples
        .filter_map(|(rule, example)| {
            let (package, report) = report(catalog, rule, example).ok()?;
            Some((rule.code.as_str(), package, report))
        })
        .collect()
}

/// What the examples of one rule come to, in their order; in words what is not written as an example can be. None for a law.
pub fn of_rule(catalog: &Catalog, code: &str) -> Vec<Result<(Package, Report), String>> {
    let rule = catalog.rulebook.rules().iter().find(|rule| rule.code == code);
    rule.into_iter().flat_map(|rule| rule.examples().map(|example| report(catalog, rule, example))).collect()
}

/// The package of an example, and what its rule says of it.
fn report(catalog: &Catalog, rule: &Rule, example: &Example) -> Result<(Package, Report), String> {
    let package = package(catalog, example, &example.figures, YEAR)?;
    let earlier = package_of_year_before(catalog, example)?;
    let prior: Vec<&Package> = earlier.iter().collect();
    let report = if !example.beside.is_empty() {
        linked(catalog, rule, example, &package)?
    } else if !example.waivers.is_empty() {
        waived(catalog, rule, example, &package)?
    } else {
        check_rule(&package, catalog, &prior, &rule.code)
    };
    Ok((package, report))
}

fn comes_out(report: &Report, wanted: Verdict) -> bool {
    let count = |verdict| report.relations.iter().filter(|r| r.verdict == verdict).count();
    let (holds, broken, unreadable) = (count(Verdict::Holds), count(Verdict::Broken), count(Verdict::Unreadable));
    match wanted {
        Verdict::Holds => holds > 0 && broken == 0 && unreadable == 0,
        Verdict::Broken => broken > 0 && !report.findings.is_empty(),
        Verdict::Unreadable => unreadable > 0 && broken == 0,
        Verdict::NotApplicable => holds + broken + unreadable == 0,
    }
}

/// What a rule between documents says of all documents of an example.
fn linked(catalog: &Catalog, rule: &Rule, example: &Example, package: &Package) -> Result<Report, String> {
    let others = example.beside.iter().map(|other| beside(catalog, other)).collect::<Result<Vec<_>, String>>()?;
    let files: Vec<String> = (0..=others.len()).map(|number| format!("{number}.pdf")).collect();
    let packages = std::iter::once(package).chain(&others);
    let documents: Vec<Named<'_>> = files.iter().zip(packages).map(|(file, package)| Named { file, package }).collect();
    let mut report = Report::default();
    for found in links::link_all(&documents, catalog, &rule.code) {
        found.put(&mut report);
    }
    Ok(report)
}

fn beside(catalog: &Catalog, other: &ExampleDocument) -> Result<Package, String> {
    let example = Example {
        entity: other.entity.clone(),
        claims: other.claims.clone(),
        headings: other.headings.clone(),
        text: other.text.clone(),
        evaluations: other.evaluations.clone(),
        ..Example::default()
    };
    let mut package = package(catalog, &example, &other.figures, YEAR)?;
    package.kind = kind_of(&other.kind)?;
    package.entity.scope = match other.scope.as_str() {
        "" | "部门" => Scope::Department,
        "单位" => Scope::Unit,
        word => return Err(format!("“{word}”不是部门或单位")),
    };
    Ok(package)
}

fn kind_of(word: &str) -> Result<DocumentKind, String> {
    match word {
        "" | "决算" => Ok(DocumentKind::Final),
        "预算" => Ok(DocumentKind::Budget),
        word => Err(format!("“{word}”不是决算或预算")),
    }
}

/// What a rule about waivers says of the waivers of an example, applied to all that is found in it.
fn waived(catalog: &Catalog, rule: &Rule, example: &Example, package: &Package) -> Result<Report, String> {
    let waivers = waiver::parse(&example.waivers, "豁免.toml").map_err(|problem| problem.to_string())?;
    let mut report = crate::check(package, catalog, &[]);
    let today = juesuan_text::Day::parse_iso(&example.date);
    let document = std::iter::once(("0.pdf", package.entity.name.as_str()));
    let mut desk = Desk::new((&waivers, "豁免.toml"), document, today, catalog);
    desk.take(0, &mut report);
    desk.judge(0, &mut report);
    report.relations.retain(|relation| relation.code == rule.code);
    report.findings.retain(|finding| finding.code == rule.code);
    Ok(report)
}

fn package_of_year_before(catalog: &Catalog, example: &Example) -> Result<Option<Package>, String> {
    if example.prior.is_empty() && example.prior_text.is_empty() {
        return Ok(None);
    }
    let before = Example { text: example.prior_text.clone(), ..example.clone() };
    package(catalog, &before, &example.prior, YEAR - 1).map(Some)
}

fn package(catalog: &Catalog, example: &Example, figures: &[ExampleFigure], year: u16) -> Result<Package, String> {
    let kinds = if example.units.is_empty() { vec![UnitKind::Administrative] } else { example.units.clone() };
    let unit = |name: &str, kind| BudgetUnit { name: name.to_owned(), kind, note: String::new() };
    let units = if example.lists.is_empty() {
        kinds.into_iter().map(|kind| unit("示例单位", kind)).collect()
    } else {
        example.lists.iter().map(|name| unit(name, UnitKind::Administrative)).collect()
    };
    let name = example.entity.clone();
    let (variant, scope) = (example.variant.clone(), example.scope);
    let entity = Entity { name, year, variant, scope, units, ..Entity::default() };
    let mut package = Package { entity, ..Package::default() };
    for figure in figures {
        let figure = figure_of(catalog, figure)?;
        package.push(figure);
    }
    let of = |text: &String| {
        let at = figures.iter().position(|figure| figure.of == *text && figure.measure.is_empty());
        let id = at.and_then(|at| u32::try_from(at).ok()).map(juesuan_model::FigureId);
        id.ok_or(format!("“{text}”不在例子的数中"))
    };
    for sum in &example.sums {
        let parts = sum.parts.iter().map(of).collect::<Result<Vec<_>, String>>()?;
        let sum = LaidOutSum { total: of(&sum.total)?, parts, less: Vec::new(), law: "sum".to_owned() };
        package.sums.push(sum);
    }
    for claim in &example.claims {
        let claim = claim_of(catalog, claim)?;
        package.claims.push(claim);
    }
    let tables = example.tables.iter().map(|table| {
        let cells = (0u32..).zip(&package.figures).filter(|(_, f)| f.place.table.as_deref() == Some(&table.title));
        let cells =
            cells.map(|(id, _)| TableCell { figure: Some(juesuan_model::FigureId(id)), ..TableCell::default() });
        Block::Table(Table {
            form: "example".to_owned(),
            title: table.title.clone(),
            notes: table.notes.clone(),
            rows: vec![TableRow { cells: cells.collect(), total: false }],
            ..Table::default()
        })
    });
    let headings =
        example.headings.iter().map(|text| Block::Heading { level: 1, text: text.clone(), origin: Vec::new() });
    let text = example.text.iter().map(|text| {
        let run = Run { text: text.clone(), figure: None, mark: juesuan_model::Mark::Plain };
        Block::Paragraph { runs: vec![run], origin: Vec::new() }
    });
    let blocks: Vec<Block> = tables.chain(headings).chain(text).collect();
    package.document.parts.push(Part { title: "示例".to_owned(), blocks, ..Part::default() });
    if !example.document.is_empty() {
        let forms: Vec<_> = catalog.variants.iter().flat_map(|variant| &variant.forms).collect();
        let form = |title: &str| forms.iter().find(|f| f.titles.iter().any(|t| t == title)).map(|f| f.key.clone());
        package.document = outline::document(&example.document, |title| form(title).unwrap_or_default())?;
    }
    package.kind = kind_of(&example.kind)?;
    performance::add(&example.evaluations, &catalog.performance.values, &mut package)?;
    performance::add_cycle(example, &mut package);
    Ok(package)
}

fn named(catalog: &Catalog, text: &str) -> Result<Meaning, String> {
    bracketed(&catalog.trees, text).map_err(|error| format!("“{text}”{error}"))
}

fn figure_of(catalog: &Catalog, example: &ExampleFigure) -> Result<Figure, String> {
    let print = example.print.trim();
    let refuse = |error| format!("“{print}”：{error}");
    let number = |text: &str, unit| Printed::parse(text, unit).map(Cell::Number).map_err(refuse);
    let (cell, counted) = match print {
        "" => (Cell::Blank, false),
        "—" => (Cell::Dash, false),
        "?" => (Cell::Unreadable, false),
        _ => match (print.strip_suffix('%'), print.strip_suffix('个')) {
            (Some(digits), _) => (number(digits, Unit::Percent)?, false),
            (None, Some(digits)) => (number(digits, Unit::Piece)?, true),
            (None, None) => (number(print, Unit::WanYuan)?, false),
        },
    };
    let measure = match example.measure.as_str() {
        "" if counted => Measure::Count,
        "" => Measure::Amount,
        "增减额" => Measure::Change(against(&example.against)?),
        "增减率" => Measure::Growth(against(&example.against)?),
        "完成率" => Measure::Completion(against(&example.against)?),
        "占比" => Measure::Share { of: Box::new(named(catalog, &example.against)?) },
        other => return Err(format!("“{other}”不是增减额、增减率、完成率或占比")),
    };
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let picture = some(&example.seen).map(|seen| {
        let differing = Differing { layer: print.to_owned(), seen, sure: Confidence::CERTAIN };
        let differs = Some(differing).filter(|own| own.seen != own.layer);
        Box::new(InPicture { differs, ..InPicture::default() })
    });
    let seen = if picture.is_some() { Seen::Picture(Confidence::CERTAIN) } else { Seen::Text };
    let place = Place {
        table: some(&example.table),
        row: some(&example.row),
        section: some(&example.section),
        picture,
        ..Place::default()
    };
    // What stands in a row that was not understood has no meaning.
    let meanings = if example.of.is_empty() { Vec::new() } else { vec![named(catalog, &example.of)?] };
    Ok(Figure { meanings, measure, cell, exact_fen: None, seen, place })
}

fn claim_of(catalog: &Catalog, example: &ExampleClaim) -> Result<Claim, String> {
    let statement = match example.say.as_str() {
        "无" => Statement::Absent,
        "有" => Statement::Present,
        "增加" => Statement::Up(against(&example.against)?),
        "减少" => Statement::Down(against(&example.against)?),
        "持平" => Statement::Level(against(&example.against)?),
        "原因" => Statement::Cause(against(&example.against)?, example.text.clone()),
        "缺原因" => Statement::CauseMissing(against(&example.against)?),
        other => {
            return Err(format!("“{other}”不是无、有、增加、减少、持平、原因或缺原因"));
        }
    };
    let section = Some(example.section.clone()).filter(|section| !section.is_empty());
    let place = Place { section, ..Place::default() };
    Ok(Claim { meanings: vec![named(catalog, &example.of)?], statement, place, seen: Seen::Text })
}

fn against(word: &str) -> Result<Against, String> {
    match word {
        "" | LAST_YEAR => Ok(Against::PriorYear),
        stage::INITIAL => Ok(Against::InitialBudget),
        stage::FULL_YEAR => Ok(Against::FullYearBudget),
        other => Err(format!("“{other}”不是上年、年初预算或全年预算")),
    }
}
