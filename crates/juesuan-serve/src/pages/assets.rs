//! Style and scripts, which are part of the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use juesuan_write::report::{SCRIPT, STYLE};

use crate::fault::Fault;

/// Every asset: its name, its kind, its content.
const ASSETS: &[(&str, &str, &str)] = &[
    ("report.css", "text/css; charset=utf-8", STYLE),
    ("report.js", "text/javascript; charset=utf-8", SCRIPT),
    ("desk.css", "text/css; charset=utf-8", include_str!("../../assets/desk.css")),
    ("print.css", "text/css; charset=utf-8", include_str!("../../assets/print.css")),
    ("look.css", "text/css; charset=utf-8", include_str!("../../assets/look.css")),
    ("look.js", "text/javascript; charset=utf-8", include_str!("../../assets/look.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg")),
    ("desk.js", "text/javascript; charset=utf-8", include_str!("../../assets/desk.js")),
    ("preview.js", "text/javascript; charset=utf-8", include_str!("../../assets/preview.js")),
    ("columns.css", "text/css; charset=utf-8", include_str!("../../assets/columns.css")),
    ("columns.js", "text/javascript; charset=utf-8", include_str!("../../assets/columns.js")),
    ("grid.js", "text/javascript; charset=utf-8", include_str!("../../assets/grid.js")),
    ("typing.js", "text/javascript; charset=utf-8", include_str!("../../assets/typing.js")),
];

/// One of them.
pub async fn asset(Path(name): Path<String>) -> Result<Response, Fault> {
    let (_, kind, content) = ASSETS.iter().find(|(own, _, _)| *own == name).ok_or(Fault::Missing)?;
    // Asked for again after each start: the program may be a newer one.
    Ok(([(CONTENT_TYPE, *kind), (CACHE_CONTROL, "no-cache")], *content).into_response())
}
