//! The program to double-click: `juesuan serve` without a console, for people who have none.
//!
//! In: nothing; it takes no arguments. Out: the window in the browser, or a page that says why there is none. A second start opens the window that
//! is there. Deliberately not here: anything that `juesuan-serve` could do.
#![windows_subsystem = "windows"]

use std::panic::{catch_unwind, set_hook};
use std::process::ExitCode;

use juesuan_catalog::Catalog;
use juesuan_serve::{Options, said, unopened, usual_folder};

fn main() -> ExitCode {
    if let Some(code) = juesuan_office::program::served() {
        return code;
    }
    // What a panic says may hold texts of documents, and nobody reads it here.
    set_hook(Box::new(|_| {}));
    match catch_unwind(open).unwrap_or_else(|_| Err(said::broken())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Where not even a page can be shown, there is nobody left to tell.
            let _ = unopened::show(&why);
            ExitCode::FAILURE
        }
    }
}

/// Opens the window and keeps it open until somebody ends it from its page; or why there is none, in words.
fn open() -> Result<(), String> {
    let folder = usual_folder().ok_or_else(said::homeless)?;
    let catalog = Catalog::load(&[]).map_err(|problems| said::listed(&problems))?;
    let options = Options { folder, port: 0, catalog, browser: true };
    juesuan_serve::run(options, |_| {}).map_err(|error| error.to_string())
}
