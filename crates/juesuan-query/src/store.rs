//! The files that the engine may see: the parts that the manifest names, to be read and nothing else.
//!
//! The engine lists folders and opens paths by itself. Given this instead of a disk, a file that lies beside the parts is none of
//! the archive, and no question, however it is written, opens or writes any other file.

use std::collections::BTreeMap;
use std::fmt;

use async_trait::async_trait;
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

use crate::archive::Archive;

/// The parts of an archive.
#[derive(Debug)]
pub struct PartStore {
    disk: LocalFileSystem,
    parts: BTreeMap<Path, ObjectMeta>,
}

impl PartStore {
    /// Those that the manifest names.
    ///
    /// # Errors
    /// A path that no store can have, or a folder that is none.
    pub fn new(archive: &Archive) -> Result<PartStore> {
        let mut parts = BTreeMap::new();
        for part in &archive.manifest.parts {
            let location = Path::parse(&part.path)?;
            let meta = ObjectMeta {
                location: location.clone(),
                // Parts are never changed: one moment is as good as another.
                last_modified: Default::default(),
                size: part.bytes,
                e_tag: Some(part.sha256.clone()),
                version: None,
            };
            parts.insert(location, meta);
        }
        Ok(PartStore { disk: LocalFileSystem::new_with_prefix(&archive.folder)?, parts })
    }
}

impl fmt::Display for PartStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} parts of {}", self.parts.len(), self.disk)
    }
}

/// What is said where something would be written.
fn read_only(operation: &str) -> Error {
    Error::NotSupported { source: format!("{operation}: an archive is read only").into() }
}

#[async_trait]
impl ObjectStore for PartStore {
    async fn put_opts(&self, _: &Path, _: PutPayload, _: PutOptions) -> Result<PutResult> {
        Err(read_only("put"))
    }

    async fn put_multipart_opts(&self, _: &Path, _: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        Err(read_only("put"))
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let Some(meta) = self.parts.get(location) else {
            return Err(Error::NotFound { path: location.to_string(), source: "no part of the archive".into() });
        };
        let mut found = self.disk.get_opts(location, options).await?;
        found.meta = meta.clone();
        Ok(found)
    }

    fn delete_stream(&self, _: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        stream::iter([Err(read_only("delete"))]).boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let below = |location: &Path| prefix.is_none_or(|prefix| location.prefix_matches(prefix));
        let found: Vec<_> = self.parts.values().filter(|meta| below(&meta.location)).cloned().map(Ok).collect();
        stream::iter(found).boxed()
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let root = Path::default();
        let prefix = prefix.unwrap_or(&root);
        let (mut folders, mut objects) = (Vec::new(), Vec::new());
        for meta in self.parts.values() {
            let Some(mut below) = meta.location.prefix_match(prefix) else { continue };
            let Some(first) = below.next() else { continue };
            if below.next().is_some() {
                let folder = prefix.clone().join(first);
                if folders.last() != Some(&folder) {
                    folders.push(folder);
                }
            } else {
                objects.push(meta.clone());
            }
        }
        Ok(ListResult { common_prefixes: folders, objects })
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        Err(read_only("copy"))
    }
}
