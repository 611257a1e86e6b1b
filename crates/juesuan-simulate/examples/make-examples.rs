//! Writes the made parts of the examples: `cargo run -p juesuan-simulate --example make-examples -- examples`.

use std::path::Path;

use juesuan_simulate::profile::Profile;
use juesuan_simulate::{department, published};

/// Seed of the example `consolidated`.
const SEED: u64 = 2024;

fn main() -> anyhow::Result<()> {
    let root = std::env::args().nth(1).unwrap_or_else(|| "examples".to_owned());
    published::zengdu()?.write(&Path::new(&root).join("zengdu-2023"))?;
    let mut folder = department::folder(&Profile::full(SEED));
    // The example's performance is written by people.
    folder.files.retain(|path, _| !path.contains("performance/"));
    folder.write(&Path::new(&root).join("consolidated"))?;
    Ok(())
}
