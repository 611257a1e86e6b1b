//! Time to load the catalogue, all templates, formulas and patterns parsed and checked:
//! `cargo run --release -p juesuan-catalog --example load_speed`.

use std::time::Instant;

use juesuan_catalog::Catalog;

/// Loads that are timed; the median counts.
const ROUNDS: usize = 21;

fn main() {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let loaded = Catalog::load(&[]);
        // What a run frees at its end is not part of it.
        times.push(start.elapsed());
        if let Err(problems) = loaded {
            problems.iter().for_each(|problem| println!("{problem}"));
            return;
        }
    }
    times.sort();
    if let (Some(median), Some(longest)) = (times.get(ROUNDS / 2), times.last()) {
        println!("{median:?} to load the catalogue ({ROUNDS} times, the longest {longest:?})");
    }
}
