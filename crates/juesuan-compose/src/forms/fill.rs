//! Facts → the statutory tables of a variant, every figure bound to its meaning.

use juesuan_catalog::{Catalog, Variant};
use juesuan_facts::{Department, Facts};
use juesuan_model::{Ask, Claim, Package, Place, Problem, Seen, Statement, Table};

use super::answer::{Answer, Answers};
use super::filled::Filled;
use super::lines::{self, Names};
use super::print::Printer;
use super::tail;

/// The tables of a variant in the order of publication, each with the key of its form. Their figures, sums and
/// claims go into `package`, and why it is a draft if codes have no name; what is missing or has no name goes into `problems`,
/// what can be entered for it into `asks`.
pub fn tables(
    facts: &Facts,
    department: &Department,
    catalog: &Catalog,
    variant: &Variant,
    package: &mut Package,
    problems: &mut Vec<Problem>,
    asks: &mut Vec<Ask>,
) -> Vec<(String, Table)> {
    let mut names = Names::new(catalog, department.year, facts);
    let style = &variant.tables;
    let mut out = Vec::new();
    for form in &variant.forms {
        let answers = Answers::new(facts, catalog, &department.print, style, form);
        let lines = lines::lines(form, &answers, &mut names, problems);
        let mut filled = Filled::new(form, &lines, &answers);
        problems.extend(filled.missing(form));
        asks.extend(filled.asks(form));
        if department.print.close_tail {
            tail::close(&mut filled.answers, &filled.sums);
        }
        let empty = !form.empty.is_empty() && filled.answers.iter().all(Answer::is_nothing);
        if empty {
            filled.clear();
        }
        filled.push(package);
        let printer = Printer { form, style, department, lines: &lines, filled: &filled, package };
        let table = printer.table(empty);
        if empty && !form.absent.is_empty() {
            let quote = table.notes.last().cloned();
            let place = Place { table: Some(form.name.clone()), quote, ..Place::default() };
            package.claims.push(Claim {
                meanings: form.absent.clone(),
                statement: Statement::Absent,
                place,
                seen: Seen::Text,
            });
        }
        out.push((form.key.clone(), table));
    }
    package.document.draft_reasons.extend(names.reason());
    problems.extend(names.problems());
    out
}
