//! What people say stands in pictures, between the store, which knows words only, and whoever reads with it.

use juesuan_model::{InPicture, Stretch};
use juesuan_office::{Correction, Corrections};
use juesuan_read::Means;
use juesuan_store::{Corrected, Spot};

use crate::desk::Desk;

/// What documents are read with at this desk: pictures as people say.
///
/// # Errors
/// A store that gives nothing.
pub async fn means(desk: &Desk) -> Result<Means, juesuan_store::Error> {
    let corrections: Corrections = all(desk.store.corrections().await?).into_iter().collect();
    Ok(corrections.with(desk.means.clone()))
}

/// Corrections of the store for those who read; what is no place of a picture is none.
pub fn all(standing: Vec<Corrected>) -> Vec<Correction> {
    let one = |own: Corrected| {
        let (picture, at) = (own.spot.picture.parse().ok()?, parsed(&own.spot.place)?);
        let juesuan_store::Correction { read, text } = own.correction;
        Some(Correction { picture, at, read, text, person: own.by })
    };
    standing.into_iter().filter_map(one).collect()
}

/// A place of a picture as the store keeps it.
pub fn spot_of(picture: &InPicture) -> Spot {
    let place: Vec<String> = picture.at.iter().map(ToString::to_string).collect();
    Spot { picture: picture.picture.to_string(), place: place.join("-") }
}

/// The places under which something is said of this place: readers of other versions cut a little otherwise, or told the place of its line
/// for each of its figures.
pub fn at(standing: &[Corrected], picture: &InPicture) -> Vec<Spot> {
    let digest = picture.picture.to_string();
    let own = standing.iter().filter(|own| own.spot.picture == digest);
    let own = own.filter_map(|own| Some((own, parsed(&own.spot.place)?)));
    let (here, elsewhere): (Vec<_>, Vec<_>) = own.partition(|(_, at)| Correction::is_same_place(*at, picture.at));
    let read = picture.corrected.as_ref().map(|by| by.read.as_str());
    let of_line = |(own, at): &(&Corrected, Stretch)| {
        Some(own.correction.read.as_str()) == read && Correction::is_inside(picture.at, *at)
    };
    let of_line = elsewhere.into_iter().filter(of_line);
    let found: Vec<_> = if here.is_empty() { of_line.collect() } else { here };
    found.into_iter().map(|(own, _)| own.spot.clone()).collect()
}

/// Those of pictures that are seen at these places of which nothing stands there: another reader found nothing, or several, where they should.
pub fn idle<'s>(standing: &'s [Corrected], places: &[&InPicture]) -> Vec<&'s Corrected> {
    let used: Vec<Spot> =
        places.iter().filter(|known| known.corrected.is_some()).flat_map(|known| at(standing, known)).collect();
    let is_seen = |own: &&Corrected| places.iter().any(|known| known.picture.to_string() == own.spot.picture);
    standing.iter().filter(is_seen).filter(|own| !used.contains(&own.spot)).collect()
}

fn parsed(place: &str) -> Option<Stretch> {
    let numbers: Vec<u32> = place.split('-').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use juesuan_model::PictureDigest;

    use super::*;

    #[test]
    fn a_place_comes_back_from_the_store_and_is_found_where_readers_cut_otherwise() {
        let picture = InPicture { picture: PictureDigest::new([9; 32]), at: [10, 20, 110, 40], ..InPicture::default() };
        let correction = juesuan_store::Correction { read: "1".into(), text: "7".into() };
        let kept = Corrected { spot: spot_of(&picture), at: 1, by: "张三".into(), correction };
        let back = all(vec![kept.clone()]);
        assert_eq!((back[0].picture, back[0].at, back[0].text.as_str()), (picture.picture, picture.at, "7"));
        let near = InPicture { at: [12, 19, 113, 42], ..picture.clone() };
        let far = InPicture { at: [12, 60, 113, 80], ..picture.clone() };
        let other = InPicture { picture: PictureDigest::new([8; 32]), ..picture.clone() };
        let one = std::slice::from_ref(&kept);
        assert_eq!(at(one, &near), std::slice::from_ref(&kept.spot));
        assert!(at(one, &far).is_empty() && at(one, &other).is_empty());
        // A figure of a line for whose whole something was said.
        let by = |read: &str| Some(juesuan_model::CorrectedBy { person: "张三".into(), read: read.into() });
        let figure = |corrected| InPicture { at: [20, 21, 30, 39], corrected, ..near.clone() };
        assert_eq!(at(one, &figure(by("1"))), std::slice::from_ref(&kept.spot));
        assert!(at(one, &figure(by("2"))).is_empty() && at(one, &figure(None)).is_empty());
        assert_eq!((idle(one, &[&figure(by("1"))]).len(), idle(one, &[&figure(None)]).len()), (0, 1));
        let spot = Spot { place: "1-2-x-4".into(), ..kept.spot.clone() };
        assert!(all(vec![Corrected { spot, ..kept }]).is_empty());
    }
}
