//! What is said to a finding: it will be corrected, it is explained, it is a false alarm. Answers are kept by the finding's key
//! over new versions, and leave as the file of waivers that `check` takes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use juesuan_store::{Answer, AnswerKind, DocumentId};
use juesuan_text::Day;
use serde::{Deserialize, Serialize};

use crate::desk::{Desk, PERSON};
use crate::fault::{Fault, Refusal};
use crate::pages::reports::anchor;
use crate::posted::Posted;
use crate::versions;

/// An answer as it is sent.
#[derive(Deserialize)]
pub struct Said {
    number: u32,
    key: String,
    code: String,
    /// `corrected`, `explained`, `false-alarm`; `withdraw` takes the answer back.
    kind: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    until: String,
}

/// Takes an answer, and leads back to the finding.
pub async fn answer(
    State(desk): State<Arc<Desk>>,
    Path(document): Path<i64>,
    Posted(said): Posted<Said>,
) -> Result<Redirect, Fault> {
    let back = format!("/documents/{document}/{}#{}", said.number, anchor(&said.key));
    let kind = match said.kind.as_str() {
        "corrected" => AnswerKind::Corrected,
        "explained" => AnswerKind::Explained,
        "false-alarm" => AnswerKind::FalseAlarm,
        "withdraw" => {
            desk.store.withdraw(&desk.stamp().await?, DocumentId(document), &said.key).await?;
            return Ok(Redirect::to(&back));
        }
        _ => return Err(Fault::Refused(Refusal::Form)),
    };
    let [reason, person, until] = [&said.reason, &said.person, &said.until].map(|text| text.trim().to_owned());
    // Whoever answers for a finding says who, why, and until when: without these a waiver does not count.
    let is_whole = !reason.is_empty() && Day::parse_iso(&until).is_some();
    if person.is_empty() || (kind != AnswerKind::Corrected && !is_whole) {
        return Err(Fault::Refused(Refusal::Form));
    }
    let mut stamp = desk.stamp().await?;
    if stamp.person != person {
        stamp.person.clone_from(&person);
        desk.store.set(&stamp, PERSON, &serde_json::Value::String(person.clone())).await?;
    }
    let until = Some(until).filter(|until| !until.is_empty());
    let answer = Answer { kind, reason, person, until, code: said.code, place: String::new() };
    desk.store.answer(&stamp, DocumentId(document), &said.key, &answer).await?;
    Ok(Redirect::to(&back))
}

/// The file of waivers.
#[derive(Serialize)]
struct File {
    waiver: Vec<Waiver>,
}

#[derive(Serialize)]
struct Waiver {
    code: String,
    document: String,
    place: String,
    reason: String,
    person: String,
    until: String,
}

/// Findings of a document that somebody answers for, as `check --waivers` takes them. What will be corrected is not waived.
pub async fn waivers(State(desk): State<Arc<Desk>>, Path(document): Path<i64>) -> Result<Response, Fault> {
    let row = desk.store.document(DocumentId(document)).await?;
    let answers = desk.store.answers(DocumentId(document)).await?;
    let body = row.identity.body;
    let document = if body.is_empty() { versions::newest(&desk, DocumentId(document)).await?.name } else { body };
    let waived = answers.into_iter().filter(|(_, answered)| answered.answer.kind != AnswerKind::Corrected);
    let waiver = waived.map(|(key, answered)| Waiver {
        code: answered.answer.code,
        document: document.clone(),
        place: key,
        reason: answered.answer.reason,
        person: answered.answer.person,
        until: answered.answer.until.unwrap_or_default(),
    });
    let text = toml::to_string(&File { waiver: waiver.collect() }).map_err(|_| Fault::Broken)?;
    let headers = [
        (CONTENT_TYPE, "application/toml; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"waivers.toml\""),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use juesuan_office::check::Waivers;

    #[test]
    fn what_leaves_is_a_file_of_waivers_whatever_was_typed() {
        let text = "“引号\"、\n换行'''和 ]] #".to_owned();
        let waiver = Waiver {
            code: "LW001".into(),
            document: text.clone(),
            place: text.clone(),
            reason: text.clone(),
            person: text,
            until: "2027-12-31".into(),
        };
        let file = toml::to_string(&File { waiver: vec![waiver] }).unwrap();
        assert!(Waivers::parse("waivers.toml", &file).is_ok(), "{file}");
        assert!(Waivers::parse("waivers.toml", &toml::to_string(&File { waiver: Vec::new() }).unwrap()).is_ok());
    }
}
