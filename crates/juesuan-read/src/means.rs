//! What a document is read with.

use std::sync::Arc;

use crate::interpreter::Interpreter;
use crate::sight::Sight;

/// Whom a reader may call on. What it needs none of is never called. By default PDF is interpreted in a thread, and nobody reads pictures.
#[derive(Clone)]
pub struct Means {
    /// Who reads what stands in pictures.
    pub sight: Arc<dyn Sight>,
    /// Where the foreign interpreter of PDF runs.
    pub interpreter: Arc<dyn Interpreter>,
}
