//! A fuzzer for every reader and parser: seeds, changed at random, until the time is over.
//!
//! `cargo run --release -p juesuan-fuzz -- TARGET [--seconds N] [--seed N] [--keep]`. Failures are inputs that panic or take
//! longer than [`SLOW`]; each is written to `fuzz/corpus/TARGET/failed-…`. An input that crashes the whole process (memory,
//! stack) is the file `juesuan-fuzz-TARGET` in the folder for temporary files. With `--keep` small inputs that led to answers of a new shape are kept as
//! further seeds. The same seed makes the same inputs. Run it under `ulimit -v` to bound memory.
//!
//! In reading order: [`seeds`] what is changed; [`mutate`] how; [`target`] what reads it; [`shape`] when an answer is new.

#![allow(clippy::indexing_slicing, reason = "a fuzzer that hits its own fault has failed")]

mod mutate;
mod seeds;
mod shape;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mutate::Random;
use target::Target;

/// No input of the sizes made here may take longer.
const SLOW: Duration = Duration::from_secs(5);
/// Largest input that is kept as a seed.
const KEPT_BYTES_MAX: usize = 4096;
/// Most seeds held.
const SEEDS_MAX: usize = 2000;

struct Options {
    target: String,
    seconds: u64,
    seed: u64,
    keep: bool,
}

fn options() -> Result<Options> {
    let mut options = Options { target: String::new(), seconds: 20, seed: 1, keep: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<u64> { Ok(arguments.next().context("a number must follow")?.parse()?) };
        match argument.as_str() {
            "--seconds" => options.seconds = number()?,
            "--seed" => options.seed = number()?,
            "--keep" => options.keep = true,
            target => target.clone_into(&mut options.target),
        }
    }
    if options.target.is_empty() {
        bail!("name a target: {}", target::NAMES.join(", "));
    }
    Ok(options)
}

fn main() -> Result<()> {
    let options = options()?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(&options.target);
    fs::create_dir_all(&folder)?;
    let mut target = Target::new(&options.target)?;
    let mut seeds = seeds::of(&options.target)?;
    let mut kept: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    kept.sort();
    for path in kept {
        seeds.push(fs::read(path)?);
    }
    let mut random = Random::new(options.seed);
    let mut shapes = BTreeSet::new();
    let (mut runs, mut failures, mut slowest) = (0u64, 0u64, (Duration::ZERO, 0));
    let running = std::env::temp_dir().join(format!("juesuan-fuzz-{}", options.target));
    let mut record = fs::File::create(&running)?;
    std::panic::set_hook(Box::new(|_| {}));
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let first = seeds.len();
    while Instant::now() < end || runs < first as u64 {
        // Every seed once as it is.
        let input = match usize::try_from(runs).ok().filter(|run| *run < first) {
            Some(run) => seeds[run].clone(),
            None => mutate::change(&seeds, &mut random),
        };
        runs += 1;
        record.rewind()?;
        record.write_all(&input)?;
        record.set_len(input.len() as u64)?;
        let start = Instant::now();
        let answer = catch_unwind(AssertUnwindSafe(|| target.run(&input)));
        let took = start.elapsed();
        let name = shape::hash(&input);
        slowest = slowest.max((took, input.len()));
        let failed = match &answer {
            Err(_) => Some("panicked"),
            Ok(_) if took > SLOW => Some("slow"),
            Ok(_) => None,
        };
        if let Some(why) = failed {
            failures += 1;
            fs::write(folder.join(format!("failed-{why}-{name:016x}")), &input)?;
            println!("{why} after {took:?}: {name:016x}, {} bytes", input.len());
        }
        if let Ok(answer) = answer
            && shapes.insert(answer)
            && runs > first as u64
        {
            if options.keep && input.len() <= KEPT_BYTES_MAX {
                fs::write(folder.join(format!("{name:016x}")), &input)?;
            }
            if seeds.len() < SEEDS_MAX {
                seeds.push(input);
            }
        }
    }
    drop(record);
    fs::remove_file(&running)?;
    println!(
        "{}: {runs} inputs, {} shapes, {failures} failures, slowest {:?} for {} bytes",
        options.target,
        shapes.len(),
        slowest.0,
        slowest.1
    );
    if failures > 0 {
        bail!("{failures} inputs failed");
    }
    Ok(())
}
