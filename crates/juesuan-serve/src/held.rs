//! The last few things that were computed, by what they were computed from.

use std::sync::{Arc, Mutex, PoisonError};

/// A few of them; nothing is lost with it but time.
pub struct Held<T> {
    most: usize,
    held: Mutex<Vec<(String, Arc<T>)>>,
}

impl<T> Held<T> {
    /// Room for so many.
    pub fn new(most: usize) -> Held<T> {
        Held { most, held: Mutex::default() }
    }

    /// One that is held.
    pub fn find(&self, key: &str) -> Option<Arc<T>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(own, _)| own == key).map(|(_, one)| Arc::clone(one))
    }

    /// Holds one more in the place of the oldest.
    pub fn keep(&self, key: String, one: T) -> Arc<T> {
        let one = Arc::new(one);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(0, (key, Arc::clone(&one)));
        held.truncate(self.most);
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_and_the_newest_of_a_key_is_found() {
        let held = Held::new(2);
        for (key, value) in [("a", 1), ("b", 2), ("b", 3)] {
            held.keep(key.to_owned(), value);
        }
        assert_eq!((held.find("a"), held.find("b").as_deref()), (None, Some(&3)));
    }
}
