//! Pages of PDF documents as pictures: drawn when somebody looks, some neighbours along with each, and kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use juesuan_read::{Interpreter, pdf};
use juesuan_store::{Contents, Digest};
use tokio::sync::{Mutex, Semaphore};

/// Dots an inch: small print is legible, and a page is no larger than 200 KB.
const DPI: u16 = 110;
/// Pages that are drawn in one go: starting the process costs as much as a page.
const GROUP: u32 = 6;
/// Bytes of the pictures of a group.
const BYTES_MAX: usize = 16 << 20;
/// How a PDF begins.
const PDF: [u8; 4] = *b"%PDF";
/// Documents whose pages wait for each other no more often than by chance.
const LOCKS: usize = 16;

/// Pictures that were drawn. They can be drawn again: nothing is lost with their folder.
pub struct Pictures {
    folder: PathBuf,
    locks: [Mutex<()>; LOCKS],
    /// How many groups are drawn at once.
    turns: Semaphore,
}

/// What pages are drawn with.
#[derive(Clone)]
pub struct Means {
    /// Where the documents lie.
    pub contents: Contents,
    /// Where PDF is interpreted.
    pub interpreter: Arc<dyn Interpreter>,
}

impl Pictures {
    /// In this folder, drawn on so many cores at once.
    pub fn new(folder: PathBuf, cores: usize) -> Pictures {
        Pictures { folder, locks: std::array::from_fn(|_| Mutex::new(())), turns: Semaphore::new(cores) }
    }

    /// The file of a page, which is there if the page could be drawn.
    ///
    /// # Errors
    /// A disk that gives or takes no file.
    pub async fn page(&self, means: Means, content: &Digest, page: u32) -> std::io::Result<PathBuf> {
        let path = self.path(content, page);
        if path.exists() {
            return Ok(path);
        }
        let _one = self.lock(content).lock().await;
        if !path.exists() {
            let _turn = self.turns.acquire().await.map_err(std::io::Error::other)?;
            let (content, folder) = (content.clone(), self.folder.join(content.as_str()));
            let drawn = tokio::task::spawn_blocking(move || draw(&means, &content, page, &folder));
            drawn.await.map_err(std::io::Error::other)??;
        }
        Ok(path)
    }

    fn path(&self, content: &Digest, page: u32) -> PathBuf {
        self.folder.join(content.as_str()).join(name(page))
    }

    /// One after the other for one document: the next finds what the first has drawn.
    fn lock(&self, content: &Digest) -> &Mutex<()> {
        let number: usize = content.as_str().bytes().map(usize::from).sum();
        let [first, ..] = &self.locks;
        self.locks.get(number % LOCKS).unwrap_or(first)
    }
}

fn name(page: u32) -> String {
    format!("{page}.png")
}

/// Whether the pages of a content can be drawn: it is a PDF.
pub fn is_drawn(contents: &Contents, content: &Digest) -> bool {
    let mut start = [0; PDF.len()];
    let opened = contents.open(content);
    opened.is_ok_and(|mut file| std::io::Read::read_exact(&mut file, &mut start).is_ok() && start == PDF)
}

/// Draws the group of a page. A page that cannot be drawn has no picture.
fn draw(means: &Means, content: &Digest, page: u32, folder: &Path) -> std::io::Result<()> {
    if !is_drawn(&means.contents, content) {
        return Ok(());
    }
    let first = page.saturating_sub(1) / GROUP * GROUP + 1;
    let pages: Vec<u32> = (first..first.saturating_add(GROUP)).collect();
    let bytes = Arc::new(means.contents.read(content).map_err(std::io::Error::other)?);
    let drawn = pdf::draw(means.interpreter.as_ref(), &bytes, &pages, DPI, BYTES_MAX);
    std::fs::create_dir_all(folder)?;
    for (page, png) in pages.into_iter().zip(drawn) {
        if let Ok(png) = png {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            std::io::Write::write_all(&mut file, &png)?;
            file.persist(folder.join(name(page))).map_err(|error| error.error)?;
        }
    }
    Ok(())
}
