//! Requests that were refused: counted, and written down as one event a minute, so that a flood of them fills no disk.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use juesuan_store::{Error, Refusals, Stamp};

use crate::desk::Desk;
use crate::moment;

/// How often they are written down.
const MINUTE: Duration = Duration::from_secs(60);

/// Requests that were refused and are not written down yet.
#[derive(Default)]
pub struct Refused {
    counted: Mutex<Refusals>,
}

impl Refused {
    /// Counts an answer that is a refusal.
    pub fn count(&self, status: StatusCode, is_entrance: bool) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        match status {
            StatusCode::FORBIDDEN => counted.foreign += 1,
            StatusCode::UNAUTHORIZED if is_entrance => counted.address += 1,
            StatusCode::UNAUTHORIZED => counted.stranger += 1,
            _ => {}
        }
    }

    fn take(&self) -> Refusals {
        std::mem::take(&mut *self.counted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes down what was refused since the last time, if anything was. Nobody is known who did it.
///
/// # Errors
/// A store that takes nothing.
pub async fn write_down(desk: &Desk) -> Result<(), Error> {
    let refusals = desk.refused.take();
    if refusals == Refusals::default() {
        return Ok(());
    }
    desk.store.note_refusals(&Stamp::new(moment::now(), ""), &refusals).await
}

/// Writes down each minute, until the program ends.
pub async fn watch(desk: Arc<Desk>) {
    loop {
        tokio::time::sleep(MINUTE).await;
        // A full disk says so to whoever writes; these are not worth more.
        let _ = write_down(&desk).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    #[tokio::test]
    async fn a_flood_of_refused_requests_is_one_line_of_the_log_that_counts_each_kind() {
        let window = Window::open().await;
        for _ in 0..200 {
            assert_eq!(window.as_stranger("/enter?token=0").await.status, StatusCode::UNAUTHORIZED);
        }
        window.as_stranger("/").await;
        window.as_foreigner("/desk").await;
        let before = window.desk.store.verify_chain().await.unwrap().count;
        write_down(&window.desk).await.unwrap();
        write_down(&window.desk).await.unwrap();
        assert_eq!(window.desk.store.verify_chain().await.unwrap().count, before + 1, "nothing new is nothing");
        window.get("/desk/log").await.says(&[
            "拒绝",
            "打开地址不对：<ins>200</ins>",
            "来自别处：<ins>1</ins>",
            "没有会话：<ins>1</ins>",
        ]);
    }
}
