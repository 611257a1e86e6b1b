//! Figures of findings that were read in pictures: the stretch of the picture beside the reading, and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use juesuan_catalog::report::PageWords;
use juesuan_model::{InPicture, Place, Seen, Spot};

use super::super::{Checked, Crops, PagePictures, words};
use super::View;
use super::spots::ordered;
use crate::markup::{Push, escape};

/// Stretches that are shown of a document at most, those of the graver findings first.
const CROPS_MAX: usize = 150;

/// What is shown of pictures beside the findings of a document.
pub(super) fn crops(checked: &Checked, pictures: &dyn PagePictures) -> Crops {
    let waived = checked.waived.iter().map(|waived| &waived.finding);
    let spots = ordered(checked).chain(waived).flat_map(|finding| &finding.spots);
    let mut known = BTreeSet::new();
    let mut by_file: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for (place, picture) in spots.filter_map(pictured) {
        if known.len() < CROPS_MAX && known.insert((picture.picture, picture.at)) {
            let own = place.file.as_deref().filter(|file| !words::is_file(checked, file));
            by_file.entry(own.unwrap_or(&checked.file)).or_default().push(place);
        }
    }
    by_file.into_iter().flat_map(|(file, places)| pictures.crops(file, &places)).collect()
}

/// The place of a spot whose figure was read in a picture.
fn pictured(spot: &Spot) -> Option<(&Place, &InPicture)> {
    let figure = spot.figure.as_ref().filter(|figure| !figure.seen.is_text())?;
    let place = spot.place.as_ref().unwrap_or(&figure.place);
    Some((place, place.picture.as_deref()?))
}

/// What is said and shown of a spot whose figure was read in a picture; nothing of any other.
pub(super) fn shown(view: &View<'_>, spot: &Spot) -> String {
    let Some((_, picture)) = pictured(spot) else { return String::new() };
    let Some(figure) = &spot.figure else { return String::new() };
    let words = &view.catalog.report.page;
    let mut out = String::from("<div class=\"seen\">");
    if let Some(png) = view.crops.get(&(picture.picture, picture.at)) {
        out.put(format_args!(
            "<img class=\"crop\" src=\"data:image/png;base64,{}\" alt=\"{}\">",
            STANDARD.encode(png),
            escape(&words.crop)
        ));
    }
    out.put(format_args!("<span class=\"sure\">{}</span></div>", escape(&told(figure.seen, picture, words))));
    out
}

/// How a figure of a picture was seen, in words.
fn told(seen: Seen, picture: &InPicture, words: &PageWords) -> String {
    let mut out = match (&picture.corrected, seen) {
        (Some(by), _) => words.seen_corrected.replace("{person}", &by.person).replace("{read}", &by.read),
        (None, Seen::Picture(sure)) => {
            // Nobody who reads pictures is certain.
            let percent = (u16::from(sure) / 10).min(99);
            words.seen_picture.replace("{percent}", &percent.to_string())
        }
        (None, Seen::Text | Seen::Proven | Seen::Corrected) => words.seen_proven.clone(),
    };
    if let Some(differs) = &picture.differs {
        out.push('；');
        out.push_str(&words.seen_differs.replace("{layer}", &differs.layer).replace("{seen}", &differs.seen));
    }
    out
}

#[cfg(test)]
mod tests {
    use juesuan_catalog::Catalog;
    use juesuan_model::{
        Cell, Confidence, CorrectedBy, FigureId, Finding, FindingKey, Message, PictureDigest, Reading, Role, Severity,
        ShownFigure,
    };

    use super::super::super::NoPictures;
    use super::*;

    fn document(seen: Seen, picture: Option<InPicture>) -> Checked {
        let place = Place { page: Some(2), picture: picture.map(Box::new), ..Place::default() };
        let (cell, reads) = (Cell::Blank, Reading::Absent);
        let figure = ShownFigure { id: FigureId(0), body: None, subject: None, cell, reads, seen, place };
        let mut checked = Checked { file: "a.pdf".into(), ..Checked::default() };
        checked.report.findings.push(Finding {
            code: "LW001".into(),
            key: FindingKey::default(),
            severity: Severity::Warning,
            message: Message::title(),
            spots: vec![Spot::figure(Role::Wrong, figure)],
            difference: None,
            cause: None,
            evidence: Vec::new(),
        });
        checked
    }

    /// Has a crop of everything.
    struct Everything;

    impl PagePictures for Everything {
        fn crops(&self, file: &str, places: &[&Place]) -> Crops {
            assert_eq!(file, "a.pdf");
            let at = |place: &&Place| place.picture.as_ref().map(|known| ((known.picture, known.at), b"PNG".to_vec()));
            places.iter().filter_map(at).collect()
        }

        fn pictures(
            &self,
            _: &str,
            _: &BTreeSet<u32>,
        ) -> BTreeMap<u32, Result<super::super::super::PagePicture, &'static str>> {
            BTreeMap::new()
        }
    }

    fn page(checked: Checked, pictures: &dyn PagePictures) -> String {
        super::super::html(&[checked], &Catalog::load(&[]).unwrap(), pictures)
    }

    #[test]
    fn beside_a_reading_stands_the_stretch_of_the_picture_and_how_sure_it_is() {
        let at = InPicture { picture: PictureDigest::new([1; 32]), at: [1, 2, 3, 4], ..InPicture::default() };
        let seen = Seen::Picture(Confidence::thousandths(870));
        let html = page(document(seen, Some(at.clone())), &Everything);
        assert!(html.contains("src=\"data:image/png;base64,UE5H\" alt=\"图片上的这一处\""), "{html}");
        assert!(html.contains("把握87%"));
        let without = page(document(seen, Some(at.clone())), &NoPictures);
        assert!(!without.contains("class=\"crop\"") && without.contains("把握87%"));
        let corrected = Some(CorrectedBy { person: "<张三>".into(), read: "128.45".into() });
        let by = page(document(Seen::Corrected, Some(InPicture { corrected, ..at.clone() })), &Everything);
        assert!(by.contains("由&lt;张三&gt;对照图片更正，识别成“128.45”"), "{by}");
        let text = page(document(Seen::Text, Some(at)), &Everything);
        assert!(!text.contains("class=\"seen\""));
    }
}
