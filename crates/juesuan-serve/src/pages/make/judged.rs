//! A table judged while it is typed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use juesuan_store::FolderId;
use serde::Serialize;

use super::sheet::Then;
use super::sheets::Sent;
use crate::cells::marks::{Mark, Marks};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::folders::Opened;
use crate::posted::Posted;
use crate::typing::before_held;
use crate::worker::apart;

/// What is wrong, and what stands beside it, for the script of the page.
#[derive(Serialize)]
struct Answer {
    /// At rows and cells.
    marks: Vec<Mark>,
    /// With no single row.
    others: Vec<String>,
    /// Last year, where it is known and at hand.
    then: Option<Vec<Beside>>,
}

/// Last year beside a cell.
#[derive(Serialize)]
struct Beside {
    row: usize,
    column: usize,
    says: String,
    value: String,
}

/// Judges a table as it would be if it were saved now: `file`, `version` and the cells row by row. Nothing is kept.
pub async fn judged(
    State(desk): State<Arc<Desk>>,
    Path((folder, key)): Path<(i64, String)>,
    Posted(form): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let sent = Sent::of(&form)?;
    let opened = Opened::of(&desk, FolderId(folder)).await?;
    let (table, _) = sent.table(&desk, &opened, &key).await?;
    let answer = apart(move || {
        let typed = table.cells.typed(sent.cells);
        let (judged, laid) = table.judged(&typed, &desk.catalog);
        let marks = Marks::of(&judged.problems, &table.cells, &laid.lines);
        let then = before_held(&desk, &opened).map(|before| {
            let then = Then::of(&before, &table, (&judged.records, &laid.lines), &desk.catalog);
            let beside = |((row, column), known): ((usize, usize), juesuan_office::before::Known)| Beside {
                row,
                column,
                says: known.says,
                value: known.value,
            };
            then.cells.into_iter().map(beside).collect()
        });
        Answer { marks: marks.at, others: marks.others.iter().map(|problem| problem.message.clone()).collect(), then }
    });
    let answer = serde_json::to_vec(&answer.await?).map_err(|_| Fault::Broken)?;
    Ok(([(CONTENT_TYPE, "application/json")], answer).into_response())
}
