//! What follows from the files of the catalogue, made when it is first asked for, and then once for all documents.

use std::sync::OnceLock;

/// Something that is made once. It says nothing that its owner does not say: owners that are alike stay so.
#[derive(Clone, Debug)]
pub struct Kept<T>(OnceLock<T>);

impl<T> Kept<T> {
    /// It, made by `make` if nobody asked before; whoever asks gives a `make` that comes to the same.
    pub fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept(OnceLock::new())
    }
}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, _other: &Kept<T>) -> bool {
        true
    }
}
