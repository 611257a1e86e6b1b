//! A file that was made.

/// One file of an output folder. Nothing is written to disk here; that is the caller's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Relative path with forward slashes, ASCII.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Output {
    /// A file with this content.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Output {
        Output { path: path.into(), bytes: bytes.into() }
    }
}
