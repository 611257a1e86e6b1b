//! What files of strangers are read with.

use std::sync::Arc;

use juesuan_read::Means;

use crate::program::Program;

/// PDF is interpreted by this program in a process of its own, with limits; pictures are read where the models are installed
/// ([`juesuan_write::places::usual`], `scripts/models.sh`).
pub fn usual() -> Means {
    let means = Means { interpreter: Arc::new(Program::this()), ..Means::default() };
    #[cfg(feature = "sight")]
    for folder in juesuan_write::places::usual(MODELS).into_iter().filter(|_| has_room()) {
        if let Ok(eyes) = juesuan_sight::Eyes::new(&folder) {
            return Means { sight: Arc::new(eyes), ..means };
        }
    }
    means
}

/// The name of folders of models.
#[cfg(feature = "sight")]
const MODELS: &str = "models";
/// Address space in which there is room for the model, its threads and a page at 400 dpi; with less, pictures stay unread and the rest is read.
#[cfg(feature = "sight")]
const ROOM_MIN: u64 = 1 << 30;

#[cfg(feature = "sight")]
fn has_room() -> bool {
    crate::apart::address_space().is_none_or(|limit| limit >= ROOM_MIN)
}
