//! Documents are put out of sight and brought back; nothing is deleted.

use serde_json::json;

use super::document::document;
use crate::chain::Note;
use crate::error::Result;
use crate::ids::DocumentId;
use crate::stamp::Stamp;
use crate::store::Store;

impl Store {
    /// Puts a document out of sight, with all that belongs to it. One that is out of sight already stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn remove_document(&self, stamp: &Stamp, id: DocumentId) -> Result<()> {
        self.move_document(stamp, id, Some(stamp.at), "document.removed").await
    }

    /// Brings a document back.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound), and a database that fails.
    pub async fn restore_document(&self, stamp: &Stamp, id: DocumentId) -> Result<()> {
        self.move_document(stamp, id, None, "document.restored").await
    }

    async fn move_document(&self, stamp: &Stamp, id: DocumentId, removed: Option<i64>, what: &str) -> Result<()> {
        let mut write = self.database().write().await?;
        let before = document(&mut write, id).await?.removed;
        if before.is_some() != removed.is_some() {
            let update = sqlx::query("UPDATE document SET removed = ? WHERE id = ?").bind(removed).bind(id.0);
            update.execute(&mut *write).await?;
            let (before, after) = (json!({ "removed": before }), json!({ "removed": removed }));
            let note = Note { what, subject: &id.subject(), before: Some(&before), after: Some(&after) };
            write.note(stamp, note).await?;
        }
        write.commit().await
    }
}
