//! A fuzzer for everything that reads, and for what is written of it: seeds, changed at random, until the time is over.
//!
//! `cargo run --release -p juesuan-fuzz -- TARGET [--seconds N] [--seed N] [--keep]`; `scripts/fuzz.sh` runs all targets (`--list`). Failures are inputs
//! on which code of this repository panics, also where the program would go on without that document, and those that take
//! longer than [`SLOW`]; each is written to `fuzz/corpus/TARGET/failed-…`. An input that ends the whole process (memory,
//! stack) is the file `juesuan-fuzz-TARGET` in the folder for temporary files. With `--keep` small inputs that led to answers of a new shape are kept as
//! further seeds. The same seed makes the same inputs. Run it under `ulimit -v` to bound memory.
//!
//! In reading order: [`seeds`] what is changed; [`mutate`] how; [`target`] what reads it; [`sound`] whether what is written is well formed;
//! [`shape`] when an answer is new.

#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a fuzzer that hits its own fault has failed"
)]

mod mutate;
mod random;
mod scratch;
mod seeds;
mod shape;
mod sound;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use random::Random;

/// No input of the sizes made here may take longer on a processor.
const SLOW: Duration = Duration::from_secs(5);
/// Largest input that is kept as a seed.
const KEPT_BYTES_MAX: usize = 4096;
/// Most seeds held, and their bytes.
const SEEDS_MAX: usize = 2000;
const SEEDS_BYTES_MAX: usize = 64 << 20;

/// Where code of this repository panicked since that was asked last; whoever catches the panic does not undo it.
static PANICKED: Mutex<Option<String>> = Mutex::new(None);

/// Paths in this repository; libraries lie at absolute ones. A library that panics on a document is expected and kept apart.
const OWN: [&str; 2] = ["crates/", "fuzz/"];

fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if OWN.iter().any(|folder| place.starts_with(folder)) {
            let why = panic.payload_as_str().unwrap_or_default();
            PANICKED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(format!("{place}: {why}"));
        }
    }));
}

fn panicked() -> Option<String> {
    PANICKED.lock().unwrap_or_else(PoisonError::into_inner).take()
}

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

/// Time of processors that all threads have had, in hundredths of a second: what else the machine does makes no input slow. Where the system does
/// not tell it in this way, no input is.
fn worked() -> Duration {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the process, in brackets, may hold blanks; behind it, utime and stime are the twelfth and thirteenth.
    let fields = told.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn main() -> Result<()> {
    if std::env::args().any(|argument| argument == "--list") {
        println!("{}", target::NAMES.join(" "));
        return Ok(());
    }
    let options = options()?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(&options.target);
    fs::create_dir_all(&folder)?;
    let mut target = target::named(&options.target)?;
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
    note_panics();
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let first = seeds.len();
    let mut held = 0;
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
        let start = worked();
        let answer = catch_unwind(AssertUnwindSafe(|| target(&input)));
        let took = worked().saturating_sub(start);
        let name = shape::hash(&input);
        slowest = slowest.max((took, input.len()));
        let failed = match panicked() {
            Some(why) => Some(("panicked", why)),
            None if took > SLOW => Some(("slow", format!("{took:?}"))),
            None => answer.is_err().then(|| ("panicked", "in a library".to_owned())),
        };
        if let Some((how, why)) = failed {
            failures += 1;
            fs::write(folder.join(format!("failed-{how}-{name:016x}")), &input)?;
            println!("{how} ({why}): failed-{how}-{name:016x}, {} bytes", input.len());
        }
        if let Ok(answer) = answer
            && shapes.insert(answer)
            && runs > first as u64
        {
            if options.keep && input.len() <= KEPT_BYTES_MAX {
                fs::write(folder.join(format!("{name:016x}")), &input)?;
            }
            if seeds.len() < SEEDS_MAX && held + input.len() < SEEDS_BYTES_MAX {
                held += input.len();
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
