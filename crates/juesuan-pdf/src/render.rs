//! Sets the document, looks for missing glyphs, writes the file.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use juesuan_model::Package;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::Fonts;
use crate::layout::Layout;
use crate::role::Role;
use crate::world::Closed;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A chart of the plan was not drawn.
    #[error("图“{caption}”（{key}）没有图形，不能生成 PDF。")]
    MissingChart {
        /// Key of the chart.
        key: String,
        /// Its caption.
        caption: String,
    },
    /// No face has a character of the document.
    #[error("生成 PDF 缺字：{place}“{character}”（U+{code:04X}），{role}字体 {face} 里没有，后备字体里也没有。请{install}，或改用别的字。", code = u32::from(*character))]
    MissingGlyph {
        /// Where it stands: a page of the PDF or a chart.
        place: String,
        /// The character.
        character: char,
        /// The role whose face lacks it.
        role: String,
        /// The face, as asked for.
        face: String,
        /// What to do, in words.
        install: String,
    },
    /// The typesetter refused the document or warned; each line is one message.
    #[error("PDF 排版失败：{0}")]
    Typesetting(String),
}

/// A document that was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pdf {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// A page of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// The same for pages on which the same is seen.
    pub look: u128,
}

/// The package's document as PDF/UA-1.
///
/// `charts` holds SVG text by [`juesuan_model::Chart::key`]. The same arguments give the same bytes.
pub fn pdf(package: &Package, charts: &[(String, String)], fonts: &Fonts) -> Result<Pdf, Error> {
    let document = juesuan_write::upright(&package.document);
    let layout = Layout::new(&document, charts, fonts)?;
    missing_in_charts(charts, fonts)?;
    let data = serde_json::to_vec(&layout).map_err(|error| Error::Typesetting(error.to_string()))?;
    let world = Closed::new(data, fonts).map_err(Error::Typesetting)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    let document = compiled.output.map_err(|errors| Error::Typesetting(messages(&errors)))?;
    // What the layout left in the typesetter's memory helps the next document little, and is some seventy megabytes.
    typst::comemo::evict(0);
    for (page, number) in document.pages().iter().zip(1..) {
        missing_glyph(&page.frame, number, fonts)?;
    }
    // The template is ours: a warning (an unknown family, a layout that does not settle) is a fault of the output.
    if !compiled.warnings.is_empty() {
        return Err(Error::Typesetting(messages(&compiled.warnings)));
    }
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Error::Typesetting(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("juesuan".to_owned())),
        timestamp: None,
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| Error::Typesetting(messages(&errors)))?;
    Ok(Pdf { bytes, pages: document.pages().iter().map(|page| Page::of(&page.frame)).collect() })
}

impl Page {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "points of a sheet of paper; the cast keeps within the type"
    )]
    fn of(frame: &Frame) -> Page {
        Page {
            width: frame.width().to_pt().round() as u32,
            height: frame.height().to_pt().round() as u32,
            look: hash128(&Seen(frame)),
        }
    }
}

/// What is seen of a frame. What only says where something belongs changes with the pages before it, and is not seen.
struct Seen<'f>(&'f Frame);

impl Hash for Seen<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.size().hash(hasher);
        for (place, item) in self.0.items() {
            match item {
                FrameItem::Group(group) => (place, group.transform, &group.clip, Seen(&group.frame)).hash(hasher),
                FrameItem::Text(text) => (place, text).hash(hasher),
                FrameItem::Shape(shape, _) => (place, shape).hash(hasher),
                FrameItem::Image(image, size, _) => (place, image, size).hash(hasher),
                FrameItem::Link(..) | FrameItem::Tag(..) => {}
            }
        }
    }
}

fn messages(diagnostics: &[SourceDiagnostic]) -> String {
    let lines: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            let mut line = diagnostic.message.to_string();
            for hint in &diagnostic.hints {
                line.push_str(" / ");
                line.push_str(&hint.v);
            }
            line
        })
        .collect();
    lines.join("\n")
}

/// Looks for glyph 0, which viewers show as an empty box.
fn missing_glyph(frame: &Frame, page: usize, fonts: &Fonts) -> Result<(), Error> {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => missing_glyph(&group.frame, page, fonts)?,
            FrameItem::Text(text) => {
                let absent = text.glyphs.iter().find(|glyph| glyph.id == 0);
                let character =
                    absent.and_then(|glyph| text.text.get(glyph.range())).and_then(|text| text.chars().next());
                if let Some(character) = character {
                    let (role, face) = role_of(&text.font.font().info().family, fonts);
                    let install = fonts.install().to_owned();
                    return Err(Error::MissingGlyph { place: format!("第{page}页"), character, role, face, install });
                }
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(..) => {}
        }
    }
    Ok(())
}

/// Looks for characters that no face has in the charts: their text is drawn by the picture, which leaves such ones out.
fn missing_in_charts(charts: &[(String, String)], fonts: &Fonts) -> Result<(), Error> {
    for (key, svg) in charts {
        if let Some(character) = svg.chars().find(|character| !character.is_control() && !fonts.covers(*character)) {
            return Err(Error::MissingGlyph {
                place: format!("图形 {key} "),
                character,
                role: Role::Heading.name().to_owned(),
                face: fonts.roles().get(&Role::Heading).cloned().unwrap_or_default(),
                install: fonts.install().to_owned(),
            });
        }
    }
    Ok(())
}

/// The roles that this family serves, and its name.
fn role_of(family: &str, fonts: &Fonts) -> (String, String) {
    let roles: BTreeMap<Role, &String> = fonts
        .settings()
        .iter()
        .filter(|(_, setting)| setting.families.first().is_some_and(|first| first == family))
        .filter_map(|(role, _)| Some((*role, fonts.roles().get(role)?)))
        .collect();
    let names: Vec<&str> = roles.keys().map(|role| role.name()).collect();
    let role = if names.is_empty() { "后备".to_owned() } else { names.join("、") };
    (role, roles.values().next().map_or_else(|| family.to_owned(), |face| (*face).clone()))
}
