//! Reads the books of a folder and makes the leaves of every unit and of the department; prints how long it took.
//! Called by `benches/books/run.sh`.

use std::path::PathBuf;
use std::time::Instant;

use juesuan_catalog::Catalog;
use juesuan_facts::Department;
use juesuan_inputs::{LedgerScope, books};
use juesuan_read::Disk;

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: books_bench FOLDER");
        std::process::exit(2);
    };
    let text = std::fs::read_to_string(folder.join("department.toml")).unwrap_or_default();
    let department: Department = match toml::from_str(&text) {
        Ok(department) => department,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| {
        for problem in problems {
            eprintln!("{problem}");
        }
        std::process::exit(1);
    });
    let start = Instant::now();
    let mut problems = Vec::new();
    let Some(ledger) = books::read(&Disk::new(&folder), &department, &catalog, &mut problems) else {
        eprintln!("no books: {problems:#?}");
        std::process::exit(1);
    };
    let read = start.elapsed();
    let mut leaves = 0;
    for unit in ledger.units() {
        leaves += ledger.facts(LedgerScope::Unit(&unit), &catalog).leaves().count();
    }
    let of_department = ledger.facts(LedgerScope::Department, &catalog).leaves().count();
    let all = start.elapsed();
    let reading = ledger.reading();
    println!(
        "juesuan: {} lines, {leaves} leaves of units, {of_department} of the department, {} closing vouchers, {} problems",
        reading.entries,
        reading.closing_vouchers,
        problems.len()
    );
    for problem in problems.iter().take(3) {
        println!("{problem}");
    }
    let per_second = u128::from(reading.entries) * 1_000_000 / all.as_micros().max(1);
    println!("juesuan: read {read:.3?}, leaves {:.3?}, all {all:.3?}, {per_second} lines/s", all - read);
}
