//! Starts the window, and waits until somebody ends it.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use juesuan_catalog::Catalog;
use juesuan_office::{means, readings};
use juesuan_store::Store;
use juesuan_text::system_fault;
use tokio::net::{TcpListener, TcpStream};

use crate::desk::{Desk, Setting};
use crate::door::{self, ADDRESS};
use crate::{folders, refused, routes, said, token, worker};

/// Where and with what.
pub struct Options {
    /// The folder in which everything is kept.
    pub folder: PathBuf,
    /// The port; any that is free for 0.
    pub port: u16,
    /// The law.
    pub catalog: Catalog,
    /// Whether the browser is opened.
    pub browser: bool,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder with the state.
    #[error("{}", said::why(.0))]
    Store(#[from] juesuan_store::Error),
    /// The folder cannot be made.
    #[error("{}", said::unplaced(folder, source))]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no port, or not this one.
    #[error("{}", said::unbound(*port, source))]
    Port {
        /// Which; 0 for any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no thread, no random numbers, or takes no file.
    #[error("{}", system_fault(.0))]
    Machine(#[from] io::Error),
}

/// The folder of what was read in pictures: it can be read again.
const READINGS: &str = "readings";
/// How long a second start waits for the window of the first, which may just be opening, or ending: a disk may be slow.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);

/// Opens the window and keeps it open. `told` is called with what a person is to know, its address among it, once it can be asked. Where the same folder is served
/// already, only another browser window is opened.
///
/// # Errors
/// A folder that cannot be used, a port that is taken.
pub fn run(options: Options, told: impl FnOnce(&str)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(served(options, told))
}

async fn served(options: Options, told: impl FnOnce(&str)) -> Result<(), Error> {
    let Options { folder, port, catalog, browser } = options;
    let folder = std::path::absolute(folder)?;
    private(&folder).map_err(|source| Error::Folder { folder: folder.clone(), source })?;
    let store = match taken(&folder).await? {
        Taken::Here(store) => store,
        Taken::There(address) => {
            shown(&folder, &address, browser, told);
            return Ok(());
        }
    };
    // Whom a program that was killed had let in: nobody any more.
    let _ = fs::remove_file(folder.join(ADDRESS));
    let bound = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await;
    let listener = bound.map_err(|source| Error::Port { port, source })?;
    let port = listener.local_addr()?.port();
    let door = token::secret().map_err(io::Error::other)?;
    let address = door::address(port, &door);
    door::keep(&folder, &address)?;
    let catalog = Arc::new(catalog);
    let setting = Setting {
        store,
        catalog,
        means: readings::kept(means::usual(), folder.join(READINGS)),
        folder: folder.clone(),
        port,
        door,
    };
    let desk = Arc::new(Desk::new(setting)?);
    let behind = [
        tokio::spawn(worker::work(Arc::clone(&desk))),
        tokio::spawn(refused::watch(Arc::clone(&desk))),
        tokio::spawn(folders::clear(Arc::clone(&desk))),
    ];
    shown(&folder, &address, browser, told);
    let own = Arc::clone(&desk);
    let ended = async move {
        tokio::select! {
            () = own.end.notified() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    axum::serve(listener, routes::routes(Arc::clone(&desk))).with_graceful_shutdown(ended).await?;
    for work in behind {
        work.abort();
    }
    // What cannot be written down at the end was not worth more.
    let _ = refused::write_down(&desk).await;
    // What is left of the address leads nowhere; that it could not be removed changes nothing.
    let _ = fs::remove_file(folder.join(ADDRESS));
    Ok(())
}

/// Who has the folder.
enum Taken {
    /// This process, from now on.
    Here(Store),
    /// Another one, at this address.
    There(String),
}

/// Takes the folder, or finds the window that has it. Whoever has it without a window to show yet, or any more, is waited for: a program is
/// started twice within a second by a person who is used to double clicks.
async fn taken(folder: &Path) -> Result<Taken, Error> {
    let until = Instant::now() + PATIENCE;
    loop {
        match Store::open(folder).await {
            Err(juesuan_store::Error::Taken { .. }) if Instant::now() < until => {}
            opened => return Ok(Taken::Here(opened?)),
        }
        if let Some(address) = answering(folder).await {
            return Ok(Taken::There(address));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The address that is kept in the folder, if somebody listens there: a program that was killed leaves its own.
async fn answering(folder: &Path) -> Option<String> {
    let address = fs::read_to_string(folder.join(ADDRESS)).ok()?;
    let port = door::port(&address)?;
    let listens = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    tokio::time::timeout(PAUSE, listens).await.is_ok_and(|connected| connected.is_ok()).then_some(address)
}

/// A folder that is not there yet is made for this user alone: what is checked is not public yet.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn shown(folder: &Path, address: &str, browser: bool, told: impl FnOnce(&str)) {
    told(&said::opened(folder, address));
    if browser {
        // Where no browser can be opened, the address that was told can be typed.
        let _ = open::that_detached(address);
    }
}
