//! Documents of a run, taken up one at a time: of a thousand no two are held at once.

use std::borrow::Cow;

use serde::ser::{Error as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use super::Checked;
use crate::error::Error;

/// Checked documents in their order, each as often as a report needs it.
pub trait Documents {
    /// How many.
    fn count(&self) -> usize;

    /// One of them, by its number from 0.
    ///
    /// # Errors
    /// A number that none has, or a disk that does not give it back.
    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, Error>;
}

impl Documents for [Checked] {
    fn count(&self) -> usize {
        self.len()
    }

    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, Error> {
        self.get(number).map(Cow::Borrowed).ok_or(Error::NoDocument(number))
    }
}

impl<const N: usize> Documents for [Checked; N] {
    fn count(&self) -> usize {
        N
    }

    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, Error> {
        self.as_slice().document(number)
    }
}

impl Documents for Vec<Checked> {
    fn count(&self) -> usize {
        self.len()
    }

    fn document(&self, number: usize) -> Result<Cow<'_, Checked>, Error> {
        self.as_slice().document(number)
    }
}

/// All of them, one after the other.
pub fn each<D: Documents + ?Sized>(documents: &D) -> impl Iterator<Item = Result<Cow<'_, Checked>, Error>> {
    (0..documents.count()).map(|number| documents.document(number))
}

/// A list that is made while it is written: of each document so many entries.
pub struct Listed<'d, D: ?Sized, F> {
    /// The documents.
    pub documents: &'d D,
    /// The entries of one.
    pub entries: F,
}

impl<D: Documents + ?Sized, T: Serialize, F: Fn(&Checked) -> Vec<T>> Serialize for Listed<'_, D, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for document in each(self.documents) {
            let document = document.map_err(S::Error::custom)?;
            for entry in (self.entries)(&document) {
                list.serialize_element(&entry)?;
            }
        }
        list.end()
    }
}
