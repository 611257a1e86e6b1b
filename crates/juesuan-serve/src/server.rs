//! Starts the window, and waits until somebody ends it.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use juesuan_catalog::Catalog;
use juesuan_office::Program;
use juesuan_store::Store;
use tokio::net::TcpListener;

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
    /// The system gives no port, no thread, no random numbers, or takes no file.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

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
    private(&folder)?;
    let store = match Store::open(&folder).await {
        Err(taken @ juesuan_store::Error::Taken { .. }) => {
            let Ok(address) = fs::read_to_string(folder.join(ADDRESS)) else {
                return Err(taken.into());
            };
            shown(&folder, &address, browser, told);
            return Ok(());
        }
        opened => opened?,
    };
    // Whom a program that was killed had let in: nobody any more.
    let _ = fs::remove_file(folder.join(ADDRESS));
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let port = listener.local_addr()?.port();
    let door = token::secret().map_err(io::Error::other)?;
    let address = door::address(port, &door);
    door::keep(&folder, &address)?;
    let interpreter = Arc::new(Program::this());
    let catalog = Arc::new(catalog);
    let setting = Setting { store, catalog, interpreter, folder: folder.clone(), port, door };
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
