//! Folders from which accounts are made: trees of files of which every version is kept, with undo that survives the window.

mod edit;
mod entry;
mod folder;
mod path;
mod undo;

pub use edit::Edit;
pub use entry::{Cause, Entry};
pub(crate) use folder::folder;
pub use folder::{Folder, FolderFace};
pub(crate) use path::demand;
pub use undo::Undone;
