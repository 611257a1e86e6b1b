//! What people say to findings: per document, by the stable key of a finding, over all versions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::chain::Note;
use crate::documents::document;
use crate::error::{Error, Result};
use crate::ids::DocumentId;
use crate::stamp::Stamp;
use crate::store::Store;

/// What a person says to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// It is right and will be corrected.
    Corrected,
    /// It is right, and there is a reason.
    Explained,
    /// It is wrong.
    FalseAlarm,
}

/// An answer to a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What is said.
    pub kind: AnswerKind,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub person: String,
    /// Last day on which it holds, `2026-12-31`.
    pub until: Option<String>,
    /// Code of the rule.
    pub code: String,
    /// Place of the finding, as it was shown.
    pub place: String,
}

/// An answer that was given, or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T = Answer> {
    /// When, in ms since 1970 (UTC).
    pub at: i64,
    /// Who wrote it down.
    pub by: String,
    /// What was said; in a history `None` where an answer was withdrawn.
    pub answer: T,
}

impl AnswerKind {
    const ALL: [AnswerKind; 3] = [AnswerKind::Corrected, AnswerKind::Explained, AnswerKind::FalseAlarm];

    /// Its word, also in events: `corrected`, `explained`, `false-alarm`.
    pub const fn as_str(self) -> &'static str {
        match self {
            AnswerKind::Corrected => "corrected",
            AnswerKind::Explained => "explained",
            AnswerKind::FalseAlarm => "false-alarm",
        }
    }

    fn of(text: &str) -> Result<AnswerKind> {
        let known = AnswerKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| Error::Damaged(format!("{text:?} is no kind of answer")))
    }
}

impl Store {
    /// Answers a finding of a document, in place of what was answered before.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) of the document, and a database that fails.
    pub async fn answer(&self, stamp: &Stamp, document: DocumentId, key: &str, answer: &Answer) -> Result<()> {
        let mut write = self.database().write().await?;
        document::document(&mut write, document).await?;
        let before = newest(&mut write, document, key).await?.map(json);
        let insert = "INSERT INTO answer (document, finding, at, by_person, kind, reason, person, until, code, place) \
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(document.0).bind(key).bind(stamp.at).bind(&stamp.person);
        let insert = insert.bind(answer.kind.as_str()).bind(&answer.reason).bind(&answer.person);
        let insert = insert.bind(&answer.until).bind(&answer.code).bind(&answer.place);
        insert.execute(&mut *write).await?;
        let subject = subject(document, key);
        let after = json(answer.clone());
        let note = Note { what: "answer.given", subject: &subject, before: before.as_ref(), after: Some(&after) };
        write.note(stamp, note).await?;
        write.commit().await
    }

    /// Takes an answer back.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) where no answer stands, and a database that fails.
    pub async fn withdraw(&self, stamp: &Stamp, document: DocumentId, key: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        let subject = subject(document, key);
        let before = newest(&mut write, document, key).await?;
        let before = json(before.ok_or_else(|| Error::NotFound(subject.clone()))?);
        let insert = "INSERT INTO answer (document, finding, at, by_person, kind, reason, person, until, code, place) \
                      VALUES (?, ?, ?, ?, NULL, '', '', NULL, '', '')";
        let insert = sqlx::query(insert).bind(document.0).bind(key).bind(stamp.at).bind(&stamp.person);
        insert.execute(&mut *write).await?;
        let note = Note { what: "answer.withdrawn", subject: &subject, before: Some(&before), after: None };
        write.note(stamp, note).await?;
        write.commit().await
    }

    /// Answers that stand, by the key of the finding.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn answers(&self, document: DocumentId) -> Result<BTreeMap<String, Answered>> {
        let newest =
            "SELECT * FROM answer WHERE id IN (SELECT max(id) FROM answer WHERE document = ? GROUP BY finding)";
        let mut reader = self.database().read().await?;
        let mut out = BTreeMap::new();
        for row in sqlx::query(newest).bind(document.0).fetch_all(&mut *reader).await? {
            let Answered { at, by, answer } = given(&row)?;
            if let Some(answer) = answer {
                out.insert(row.try_get("finding")?, Answered { at, by, answer });
            }
        }
        Ok(out)
    }

    /// All that was ever said to a finding, newest first.
    ///
    /// # Errors
    /// A database that fails.
    pub async fn answer_history(&self, document: DocumentId, key: &str) -> Result<Vec<Answered<Option<Answer>>>> {
        let all = "SELECT * FROM answer WHERE document = ? AND finding = ? ORDER BY id DESC";
        let mut reader = self.database().read().await?;
        let rows = sqlx::query(all).bind(document.0).bind(key).fetch_all(&mut *reader).await?;
        rows.iter().map(given).collect()
    }
}

fn subject(document: DocumentId, key: &str) -> String {
    format!("{}/finding/{key}", document.subject())
}

fn json(answer: Answer) -> Value {
    serde_json::json!(answer)
}

async fn newest(connection: &mut SqliteConnection, document: DocumentId, key: &str) -> Result<Option<Answer>> {
    let newest = "SELECT * FROM answer WHERE document = ? AND finding = ? ORDER BY id DESC LIMIT 1";
    let row = sqlx::query(newest).bind(document.0).bind(key).fetch_optional(connection).await?;
    Ok(row.as_ref().map(given).transpose()?.and_then(|given| given.answer))
}

fn given(row: &SqliteRow) -> Result<Answered<Option<Answer>>> {
    let kind: Option<&str> = row.try_get("kind")?;
    let answer = match kind {
        Some(kind) => Some(Answer {
            kind: AnswerKind::of(kind)?,
            reason: row.try_get("reason")?,
            person: row.try_get("person")?,
            until: row.try_get("until")?,
            code: row.try_get("code")?,
            place: row.try_get("place")?,
        }),
        None => None,
    };
    Ok(Answered { at: row.try_get("at")?, by: row.try_get("by_person")?, answer })
}
