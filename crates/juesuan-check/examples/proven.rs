//! `proven MODELS FILE`: the figures of a document as JSON, those of pictures proven as far as arithmetic does; for `scripts/proven.py`.

use std::path::Path;
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_check::prove;
use juesuan_model::Seen;
use juesuan_read::{Means, file, pages_with};
use juesuan_recognize::document;
use juesuan_sight::Eyes;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(models), Some(name)) = (words.next(), words.next()) else { return Err("proven MODELS FILE".into()) };
    let eyes = Eyes::new(Path::new(&models)).map_err(|lacking| lacking.lacks.display().to_string())?;
    let means = Means { sight: Arc::new(eyes), ..Means::default() };
    let read = file::bytes(Path::new(&name), &name).and_then(|bytes| pages_with(&name, &bytes, &means));
    let pages = read.map_err(|problem| problem.to_string())?;
    let catalog = Catalog::load(&[]).map_err(|problems| format!("{problems:?}"))?;
    let mut package = document(&pages, &catalog).package;
    let changed = prove(&mut package, &catalog);
    let seen = |seen: Seen| match seen {
        Seen::Text => json!("text"),
        Seen::Proven => json!("proven"),
        Seen::Corrected => json!("corrected"),
        Seen::Picture(sure) => json!(sure),
    };
    let figures: Vec<Value> = package
        .figures
        .iter()
        .map(|figure| {
            json!({
                "page": figure.place.page,
                "box": figure.place.bounds,
                "table": figure.place.table,
                "row": figure.place.row,
                "column": figure.place.column,
                "read": figure.cell.number().map(|number| number.digits()),
                "seen": seen(figure.seen),
            })
        })
        .collect();
    println!("{}", json!({ "changed": changed, "figures": figures }));
    Ok(())
}
