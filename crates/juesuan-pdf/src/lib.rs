//! The document as PDF: tagged for screen readers, with bookmarks, a text layer and embedded fonts.
//!
//! In: a [`juesuan_model::Package`] (its document is the plan), charts as SVG, and fonts. Out: the bytes of the file, the
//! same for the same input. Deliberately not here: drawing charts, writing files, shipping fonts (they are found on the
//! machine; `scripts/fonts.sh` fetches free ones).
//!
//! How: the plan becomes data (JSON) that a fixed template sets. Text never becomes markup, so no text of a document can
//! steer the typesetting.
//!
//! In reading order:
//! - [`role`] which faces are preferred for which role: `catalog/fonts.toml`
//! - [`names`] the names inside a font file, without reading all of it
//! - [`shelf`] the font files on this machine
//! - [`fonts`] the faces taken, by role
//! - [`unbroken`] numbers stay on one line with their unit
//! - [`columns`] size of type and widths of columns, so that no figure is cut
//! - [`layout`] the plan as the template reads it: pages upright and on their side, headings, tables
//! - [`world`] all that the typesetter may see: template, data, fonts
//! - [`render`] sets, looks for missing glyphs, writes the file

mod columns;
mod fonts;
mod layout;
mod names;
mod render;
mod role;
mod shelf;
mod unbroken;
mod world;

pub use fonts::{FontError, Fonts};
pub use render::{Error, Page, Pdf, pdf};
pub use role::Role;
