//! A copy of everything as one file, sent to the browser.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc::{Receiver, channel};
use tokio_stream::wrappers::ReceiverStream;

use crate::copies::packed;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::moment;
use crate::posted::{Nothing, Posted};
use crate::worker::apart;

/// Bytes that are sent at a time.
const PIECE_BYTES: usize = 256 << 10;
/// Pieces that wait to be sent.
const WAITING: usize = 4;

/// The copy.
pub async fn save(State(desk): State<Arc<Desk>>, _: Posted<Nothing>) -> Result<Response, Fault> {
    let scratch = tempfile::tempdir_in(&desk.incoming)?;
    let copy = scratch.path().join("copy");
    desk.store.backup(&copy).await?;
    // The file has no name any more: it goes with the answer, and with the program if that ends first.
    let to = tempfile::tempfile_in(&desk.incoming)?;
    let mut file = apart(move || {
        let packed = packed(&copy, to);
        drop(scratch);
        packed
    })
    .await??;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let name = format!("attachment; filename=\"juesuan-backup-{}.zip\"", moment::today());
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CONTENT_LENGTH, length.to_string()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces(file)))).into_response())
}

/// The content of a file piece by piece, as fast as they are taken.
fn pieces(mut file: File) -> Receiver<io::Result<Bytes>> {
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece);
            let (piece, ends) = match read {
                Ok(0) => return,
                Ok(length) => {
                    piece.truncate(length);
                    (Ok(Bytes::from(piece)), false)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => (Err(error), true),
            };
            if sender.blocking_send(piece).is_err() || ends {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use crate::copies;
    use crate::window::Window;

    #[tokio::test(flavor = "multi_thread")]
    async fn the_copy_that_is_sent_brings_everything_back() {
        let window = Window::open().await;
        window.post("/desk/person", &[("person", "李会计")]).await;
        let sent = window.post("/desk/backup", &[]).await;
        assert!(sent.bytes.starts_with(b"PK"), "{}", sent.status);
        let scratch = tempfile::tempdir().unwrap();
        let (file, back) = (scratch.path().join("sent.zip"), scratch.path().join("back"));
        std::fs::write(&file, &sent.bytes).unwrap();
        let restored = tokio::task::spawn_blocking(move || copies::restore(&file, &back).map(|made| (made, back)));
        let (made, back) = restored.await.unwrap().unwrap();
        assert_eq!(made.events, 2, "the name, and that somebody was let in");
        assert!(copies::is_data(&back));
    }
}
