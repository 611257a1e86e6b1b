//! Time of one check: `cargo run --release -p juesuan-check --example speed -- examples/zengdu-2023`.

use std::time::Instant;

use juesuan_catalog::Catalog;
use juesuan_compose::accounts::{Tail, accounts};
use juesuan_model::Package;
use juesuan_read::Disk;

/// Checks that are timed; the median counts.
const ROUNDS: usize = 21;

fn main() {
    let Ok(catalog) = Catalog::load(&[]) else { return };
    for folder in std::env::args().skip(1) {
        let Ok(made) = accounts(&Disk::new(&folder), &catalog, Tail::Keep) else { continue };
        let prior: Vec<&Package> = made.prior.iter().collect();
        let mut times = Vec::new();
        let mut relations = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            relations = juesuan_check::check(&made.department, &catalog, &prior).relations.len();
            times.push(start.elapsed());
        }
        times.sort();
        if let Some(median) = times.get(ROUNDS / 2) {
            println!("{folder}: {} figures, {relations} relations, {median:?}", made.department.figures.len());
        }
    }
}
