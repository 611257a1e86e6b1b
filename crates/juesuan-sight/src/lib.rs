//! What is written on a picture: letters and lines of tables, each with its place and how sure it is.
//!
//! In: a picture of a document, behind the handle that [`juesuan_read`] keeps of it. Out: the lines and tables on it, in its own
//! reading order, as [`juesuan_read`] puts them together. Models lie in a folder ([`models`]) and are loaded when the first picture
//! comes; nothing is fetched. Deliberately not here: where in a document pictures are, which rows are a header, what any of it means,
//! whether a figure is right.
//!
//! In reading order:
//! - `plane` rectangles of dots; `picture` files of pictures, unpacked within bounds
//! - `shades` colours to ink and paper: shadows and stamps go
//! - `shapes` what hangs together; `warp` where dots of a straight picture come from; `straight` how a picture lies
//! - `rulings` lines of tables; `words` stretches of writing
//! - `net` one model; `reader` stretches to letters, by models; `trust` whether the swift one is believed
//! - `look` all of it in order; `boxes` letters with their boxes; [`eyes`] the door
//! - [`crop`] stretches cut out of a picture, for people

#![expect(clippy::float_arithmetic, reason = "geometry and probabilities of pictures; no money")]

mod boxes;
pub mod crop;
pub mod eyes;
mod look;
mod net;
mod picture;
mod plane;
mod reader;
mod rulings;
mod shades;
mod shapes;
mod straight;
mod trust;
mod warp;
mod words;

pub use crop::crops;
pub use eyes::{Eyes, Unequipped};
