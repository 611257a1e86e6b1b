//! The window in the browser: on one's own computer, without an account and without a network.
//!
//! In: requests of one browser, and the state that [`juesuan_store`] keeps. Out: pages, files, and jobs that run the use cases of
//! [`juesuan_office`]. Every page can be read and every form sent without JavaScript. Texts for people stand in `templates/`.
//! Deliberately not here: reading, checking and the wording of reports, which are below, and addresses other than this
//! computer's own.
//!
//! In reading order:
//! - [`copies`] whole copies of what is kept; [`said`] what the store says, in words
//! - [`run`] starts the window and waits until somebody ends it; [`Options`] where and with what; [`usual_folder`] where a user keeps it;
//!   [`unopened`] why there is none, for a person without a console
//! - `desk` what all requests share; `guard` who is let in, and what every answer carries; `token` secrets, `door` the address that lets one browser in; `posted` forms that are really ours
//! - `fault` why a request has no answer, as a page; `page` what stands around every page; `moment` the clock
//! - `upload` what was dropped, into the store; `stored` the same as trees of files
//! - `corrected` what people say stands in pictures
//! - `pictures` pages of documents; `versions` of documents by their numbers; `rendered` reports that were written, each a `sheet`
//! - `refused` requests that were refused, counted
//! - `worker` jobs, one after the other, with their `progress`, and why they `failed`; `checking` the job that checks documents, `making` the one that compiles
//! - `folders` a department's folder as it stands in the store, and how far it is; `cells` an input table of it; `typing` tables that are
//!   being typed, with `overlaid` folders as they would be, and what is `held` for the next keystroke; `previews` documents as they would be
//!   printed now
//! - `pages` one file for each thing that a person sees; `routes` their addresses

mod cells;
mod checking;
pub mod copies;
mod corrected;
mod desk;
mod door;
mod failed;
mod fault;
mod folders;
mod guard;
mod held;
mod home;
mod making;
mod moment;
mod overlaid;
mod page;
mod pages;
mod pictures;
mod posted;
mod previews;
mod progress;
mod refused;
mod rendered;
mod routes;
pub mod said;
mod server;
mod sheet;
mod stored;
mod token;
mod typing;
pub mod unopened;
mod upload;
mod versions;
#[cfg(test)]
mod window;
mod worker;

pub use home::usual_folder;
pub use server::{Error, Options, run};
