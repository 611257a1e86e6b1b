//! `seen MODELS FILE`: the lines and tables of a file as JSON, before anybody knows what they mean; for `scripts/pictures.py`.

use std::path::Path;
use std::sync::Arc;

use juesuan_read::{Means, Piece, file, pages_with};
use juesuan_sight::Eyes;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(models), Some(name)) = (words.next(), words.next()) else { return Err("seen MODELS FILE".into()) };
    let eyes = Eyes::new(Path::new(&models)).map_err(|lacking| lacking.lacks.display().to_string())?;
    let means = Means { sight: Arc::new(eyes), ..Means::default() };
    let read = file::bytes(Path::new(&name), &name).and_then(|bytes| pages_with(&name, &bytes, &means));
    let pages = read.map_err(|problem| problem.to_string())?;
    let pieces: Vec<Value> = pages
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Line(line) => json!({"kind": "line", "page": line.place.page, "text": line.text}),
            Piece::Grid(grid) => {
                let rows: Vec<Vec<&str>> =
                    grid.rows.iter().map(|row| row.cells.iter().map(juesuan_read::Value::as_str).collect()).collect();
                json!({"kind": "grid", "page": grid.rows.first().and_then(|row| row.page), "rows": rows})
            }
            Piece::Picture(picture) => json!({"kind": "picture", "page": picture.place.page}),
        })
        .collect();
    println!("{}", json!({ "pieces": pieces }));
    Ok(())
}
