//! Work that blocks, kept from the threads of the runtime.

use std::io;

use crate::error::{Error, Result};

/// Does work that blocks on a thread where that is allowed.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    // The runtime ends, or the work panicked: both end this call.
    let lost = |error| Error::Machine { what: "work was cut short".to_owned(), source: io::Error::other(error) };
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}
