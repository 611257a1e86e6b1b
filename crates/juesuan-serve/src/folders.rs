//! A department's folder as it stands in the store, and how far it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use juesuan_office::standing::Share;
use juesuan_office::{Job, Standing};
use juesuan_store::{Digest, Entry, Folder, FolderFace, FolderId};
use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::stored::{Sent, Stored};
use crate::worker::apart;

/// How many folders' standings are held at once.
const HELD: usize = 8;
/// Most standings on the disk: what is above goes, whichever was written first.
const BRIEFS_MAX: usize = 2_000;
/// How often they are cleared.
const CLEARED: Duration = Duration::from_secs(60 * 60);
/// How their files end.
const ENDING: &str = ".json";

/// A folder with its files.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What is said of it.
    pub folder: Folder,
    /// Its files by path.
    pub entries: BTreeMap<String, Entry>,
}

impl Opened {
    /// A folder that is in sight.
    pub async fn of(desk: &Desk, id: FolderId) -> Result<Opened, Fault> {
        let folder = desk.store.folder(id).await?;
        if folder.removed.is_some() {
            return Err(Fault::Missing);
        }
        let entries = desk.store.entries(id).await?.into_iter();
        Ok(Opened { folder, entries: entries.map(|entry| (entry.path.clone(), entry)).collect() })
    }

    /// Its files as a tree.
    pub fn sent(&self) -> Sent {
        let files = self.entries.iter().map(|(path, entry)| (path.clone(), entry.content.clone()));
        Sent { name: self.folder.face.title.clone(), files: files.collect() }
    }

    /// The version of a file that is there.
    pub fn version(&self, path: &str) -> Option<i64> {
        self.entries.get(path).map(|entry| entry.version)
    }

    /// By what these files are known, all together.
    pub fn digest(&self) -> String {
        self.digest_of(|_| true)
    }

    /// The same of those with such a path.
    pub fn digest_of(&self, counts: impl Fn(&str) -> bool) -> String {
        let mut all = String::from(env!("CARGO_PKG_VERSION"));
        for (path, entry) in self.entries.iter().filter(|(path, _)| counts(path)) {
            all.extend(["\n", path, "\n", entry.content.as_str()]);
        }
        Digest::of(all.as_bytes()).as_str().to_owned()
    }
}

/// What a list says of how far a folder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// Faults of the inputs keep anything from being made.
    pub is_stopped: bool,
    /// Questions that must be answered.
    pub musts: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Relations that were judged, of those that apply.
    pub judged: (usize, usize),
    /// Nothing is in the way of publishing.
    pub is_publishable: bool,
}

impl From<&Standing> for Brief {
    fn from(standing: &Standing) -> Brief {
        let Share { done, of } = standing.judged();
        Brief {
            is_stopped: standing.is_stopped,
            musts: standing.musts(),
            errors: standing.errors,
            judged: (done, of),
            is_publishable: standing.is_publishable(),
        }
    }
}

/// Standings that were computed. They can be computed again: nothing is lost with their folder.
pub struct Standings {
    folder: PathBuf,
    held: Mutex<Vec<(String, Arc<Standing>)>>,
    turn: tokio::sync::Mutex<()>,
}

impl Standings {
    /// Those for lists in this folder.
    pub fn new(folder: PathBuf) -> Standings {
        Standings { folder, held: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    fn find(&self, digest: &str) -> Option<Arc<Standing>> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(own, _)| own == digest).map(|(_, standing)| Arc::clone(standing))
    }

    fn keep(&self, digest: String, standing: &Arc<Standing>) -> std::io::Result<()> {
        {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            held.insert(0, (digest.clone(), Arc::clone(standing)));
            held.truncate(HELD);
        }
        std::fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, &Brief::from(standing.as_ref()))?;
        file.persist(self.brief_path(&digest)).map(drop).map_err(|error| error.error)
    }

    fn brief_path(&self, digest: &str) -> PathBuf {
        self.folder.join(format!("{digest}{ENDING}"))
    }

    /// Removes files that are none of `known`, those that were cut off among them; of the known the newest `most` stay.
    fn clear(&self, known: &BTreeSet<String>, most: usize) -> std::io::Result<()> {
        let mut stay = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.strip_suffix(ENDING).is_some_and(|digest| known.contains(digest)) {
                stay.push((entry.metadata()?.modified()?, entry.path()));
            } else {
                std::fs::remove_file(entry.path())?;
            }
        }
        stay.sort();
        let over = stay.len().saturating_sub(most);
        stay.into_iter().take(over).try_for_each(|(_, path)| std::fs::remove_file(path))
    }

    /// What is known of how far a folder is; `None` if nobody has looked since it was changed.
    pub fn brief(&self, opened: &Opened) -> Option<Brief> {
        serde_json::from_slice(&std::fs::read(self.brief_path(&opened.digest())).ok()?).ok()
    }
}

/// Removes standings of files as no folder has them any more, again and again until the program ends. They can be computed again:
/// a fault here costs nothing but room.
pub async fn clear(desk: Arc<Desk>) {
    loop {
        let _ = cleared(&desk).await;
        tokio::time::sleep(CLEARED).await;
    }
}

async fn cleared(desk: &Arc<Desk>) -> Result<(), Fault> {
    let _turn = desk.standings.turn.lock().await;
    let mut known = BTreeSet::new();
    for folder in desk.store.folders().await?.into_iter().filter(|folder| folder.removed.is_none()) {
        known.insert(Opened::of(desk, folder.id).await?.digest());
    }
    let own = Arc::clone(desk);
    Ok(apart(move || own.standings.clear(&known, BRIEFS_MAX)).await??)
}

/// How far a folder is. One is computed at a time.
pub async fn standing(desk: &Arc<Desk>, opened: &Opened) -> Result<Arc<Standing>, Fault> {
    let digest = opened.digest();
    if let Some(standing) = desk.standings.find(&digest) {
        return Ok(standing);
    }
    let _turn = desk.standings.turn.lock().await;
    if let Some(standing) = desk.standings.find(&digest) {
        return Ok(standing);
    }
    let (own, sent) = (Arc::clone(desk), opened.sent());
    let standing = apart(move || {
        let stored = Stored::new(&sent, own.store.contents());
        let job = Job::default().with_means(&own.means);
        let standing = Arc::new(juesuan_office::standing(&stored, &own.catalog, job)?);
        // What a list does not know is computed when somebody opens the folder.
        let _ = own.standings.keep(digest, &standing);
        Ok::<_, Fault>(standing)
    })
    .await??;
    Ok(standing)
}

/// Writes down whose folder it is, where its files say it otherwise than what was known.
pub async fn describe(desk: &Arc<Desk>, opened: &Opened, standing: &Standing) -> Result<(), Fault> {
    let (entity, face) = (standing.entity(), &opened.folder.face);
    let said = FolderFace {
        body: entity.name.clone(),
        year: Some(entity.year).filter(|year| *year > 0),
        variant: entity.variant.clone(),
        title: entity.name.clone(),
    };
    if !entity.name.is_empty() && said != *face {
        desk.store.describe_folder(&desk.stamp().await?, opened.folder.id, &said).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standings_that_no_folder_has_are_cleared_and_of_the_others_no_more_stay_than_there_is_room_for() {
        let folder = tempfile::tempdir().unwrap();
        let standings = Standings::new(folder.path().to_owned());
        for (number, name) in ["a.json", "b.json", "c.json", "old.json", ".tmpCut"].into_iter().enumerate() {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            let at = std::time::UNIX_EPOCH + Duration::from_secs(number as u64);
            file.set_modified(at).unwrap();
        }
        let left = || -> BTreeSet<String> {
            let all = std::fs::read_dir(folder.path()).unwrap();
            all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let known = ["a", "b", "c"].map(str::to_owned).into();
        standings.clear(&known, 9).unwrap();
        assert_eq!(left(), ["a.json", "b.json", "c.json"].map(str::to_owned).into());
        standings.clear(&known, 2).unwrap();
        assert_eq!(left(), ["b.json", "c.json"].map(str::to_owned).into(), "the first that was written goes");
    }
}
