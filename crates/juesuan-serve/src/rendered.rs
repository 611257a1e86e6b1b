//! Pages that were written, kept in memory as long as there is room. Each is known by a digest of everything that it is written from:
//! what has changed has another digest, and what nobody asks for any more goes first. They can be written again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use juesuan_store::Digest;

use crate::fault::Fault;
use crate::sheet::Sheet;
use crate::token;

/// Pages that wait for each other no more often than by chance.
const LOCKS: usize = 16;

/// Pages that were written.
pub struct Rendered {
    mark: String,
    bytes_max: usize,
    held: Mutex<Held>,
    locks: [tokio::sync::Mutex<()>; LOCKS],
}

#[derive(Default)]
struct Held {
    /// By what each was written from, with the number of the last time it was asked for.
    pages: BTreeMap<Digest, (u64, Arc<Sheet>)>,
    bytes: usize,
    asked: u64,
    /// As which pages were known when so many writes had been: what was read then is still so while there is no other.
    still: (u64, BTreeMap<String, Digest>),
}

impl Held {
    fn find(&mut self, key: &Digest) -> Option<Arc<Sheet>> {
        self.asked += 1;
        let (last, sheet) = self.pages.get_mut(key)?;
        *last = self.asked;
        Some(Arc::clone(sheet))
    }

    /// Keeps a page, unless it alone takes all the room there is; what was asked for longest ago makes room.
    fn keep(&mut self, key: Digest, sheet: &Arc<Sheet>, most: usize) {
        if sheet.bytes() > most {
            return;
        }
        self.asked += 1;
        self.bytes += sheet.bytes();
        if let Some((_, before)) = self.pages.insert(key, (self.asked, Arc::clone(sheet))) {
            self.bytes -= before.bytes();
        }
        while self.bytes > most {
            let oldest = self.pages.iter().min_by_key(|(_, (last, _))| *last).map(|(key, _)| key.clone());
            let Some((_, gone)) = oldest.and_then(|key| self.pages.remove(&key)) else { return };
            self.bytes -= gone.bytes();
        }
    }
}

impl Rendered {
    /// None yet, and never more than so many bytes.
    ///
    /// # Errors
    /// A system without random numbers.
    pub fn new(bytes_max: usize) -> Result<Rendered, getrandom::Error> {
        let locks = std::array::from_fn(|_| tokio::sync::Mutex::default());
        // Nobody can write the mark into a document: it is as secret as what will stand there.
        Ok(Rendered { mark: token::secret()?, bytes_max, held: Mutex::default(), locks })
    }

    /// What stands in a page where the secret of the visitor is to stand.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// The page that is known by this digest; `written` only begins where it is not there. Who asks for one that is being written waits.
    ///
    /// # Errors
    /// What `written` says.
    pub async fn page(
        &self,
        key: Digest,
        written: impl Future<Output = Result<String, Fault>>,
    ) -> Result<Arc<Sheet>, Fault> {
        if let Some(sheet) = self.find(&key) {
            return Ok(sheet);
        }
        let _one = self.lock(&key).lock().await;
        if let Some(sheet) = self.find(&key) {
            return Ok(sheet);
        }
        let sheet = Arc::new(Sheet::cut(&written.await?, &self.mark)?);
        self.held.lock().unwrap_or_else(PoisonError::into_inner).keep(key, &sheet, self.bytes_max);
        Ok(sheet)
    }

    /// The page that was written under this name when the store had this generation.
    pub fn still(&self, generation: u64, name: &str) -> Option<Arc<Sheet>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let key = held.still.1.get(name).filter(|_| held.still.0 == generation)?.clone();
        held.find(&key)
    }

    /// Notes under which digest the page of this name is known: what it is written from was read after the store had this generation.
    pub fn note(&self, generation: u64, name: String, key: Digest) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.still.0 != generation {
            held.still = (generation, BTreeMap::new());
        }
        held.still.1.insert(name, key);
    }

    /// The page that is known by this digest, if it is there.
    pub fn find(&self, key: &Digest) -> Option<Arc<Sheet>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).find(key)
    }

    fn lock(&self, key: &Digest) -> &tokio::sync::Mutex<()> {
        let number: usize = key.as_str().bytes().map(usize::from).sum();
        let [first, ..] = &self.locks;
        self.locks.get(number % LOCKS).unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(length: usize) -> Arc<Sheet> {
        Arc::new(Sheet::cut(&"x".repeat(length), "¤").unwrap())
    }

    #[test]
    fn what_nobody_asks_for_any_more_makes_room_and_what_is_too_large_is_not_kept() {
        let key = |name: &str| Digest::of(name.as_bytes());
        let (mut held, one) = (Held::default(), sheet(1_000));
        let most = one.bytes() * 2;
        held.keep(key("a"), &one, most);
        held.keep(key("b"), &one, most);
        assert!(held.find(&key("a")).is_some());
        held.keep(key("c"), &one, most);
        assert!(held.find(&key("b")).is_none(), "a was asked for after b");
        assert!(held.find(&key("a")).is_some() && held.find(&key("c")).is_some());
        held.keep(key("d"), &sheet(100_000), most);
        assert!(held.find(&key("d")).is_none() && held.find(&key("a")).is_some());
        held.keep(key("a"), &one, most);
        assert_eq!((held.pages.len(), held.bytes), (2, most), "what takes the place of another counts once");
    }

    #[tokio::test]
    async fn what_was_noted_of_a_page_counts_for_one_generation_only() {
        let rendered = Rendered::new(1 << 20).unwrap();
        let key = Digest::of(b"key");
        rendered.page(key.clone(), async { Ok("a".to_owned()) }).await.unwrap();
        rendered.note(7, "1/1".to_owned(), key.clone());
        assert!(rendered.still(7, "1/1").is_some());
        assert!(rendered.still(7, "1/2").is_none() && rendered.still(8, "1/1").is_none());
        rendered.note(8, "1/2".to_owned(), key);
        assert!(rendered.still(8, "1/1").is_none() && rendered.still(7, "1/1").is_none());
    }

    #[tokio::test]
    async fn a_page_that_many_ask_for_at_once_is_written_once() {
        let rendered = Arc::new(Rendered::new(1 << 20).unwrap());
        let written = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let all: Vec<_> = (0..20)
            .map(|_| {
                let (rendered, written) = (Arc::clone(&rendered), Arc::clone(&written));
                tokio::spawn(async move {
                    let write = async {
                        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                        written.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        Ok(format!("a{}b", rendered.mark()))
                    };
                    let sheet = rendered.page(Digest::of(b"key"), write).await;
                    sheet.map(|sheet| sheet.plain("1")).map_err(|_| ())
                })
            })
            .collect();
        for one in all {
            assert_eq!(one.await.unwrap(), Ok(b"a1b".to_vec()));
        }
        assert_eq!(written.load(std::sync::atomic::Ordering::SeqCst), 1);
        let failed = rendered.page(Digest::of(b"other"), async { Err(Fault::Missing) }).await;
        assert!(failed.is_err(), "what could not be written is not kept");
    }
}
