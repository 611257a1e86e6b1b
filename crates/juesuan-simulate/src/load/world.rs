//! Which bodies there are: counties, their departments, and the units of these.

use crate::load::mould::Mould;
use crate::load::words::{Words, below};
use crate::random::Random;

/// What kind of load is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Seed of everything.
    pub seed: u64,
    /// Bodies.
    pub bodies: usize,
    /// Years.
    pub years: usize,
    /// First of them.
    pub first_year: u16,
}

/// A body that must publish in every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Province.
    pub province: String,
    /// Region as its name begins: province and county.
    pub region: String,
    /// Number of the county.
    pub county: usize,
    /// Full name.
    pub name: String,
    /// Number of the mould.
    pub mould: usize,
    /// Which document of the mould: 0 for the department.
    pub member: usize,
    /// Number of the body that is its department; its own where it is one.
    pub department: usize,
    /// What amounts of the mould are multiplied by, in thousandths.
    pub per_mille: i64,
}

/// Least and greatest factor: with more than this the cars of a mould would cost more than cars do, with less its small amounts would
/// print as nothing.
const PER_MILLE: (i64, i64) = (1_000, 1_600);

/// Of so many departments of a trade one county has none.
const TRADE_LACKS_ONE_IN: i64 = 8;

/// The bodies, county by county, each department before its units. Fewer than wanted if the names run out.
pub fn bodies(size: &Size, words: &Words, moulds: &[Mould]) -> Vec<Body> {
    let mut out: Vec<Body> = Vec::new();
    for county in 0..words.names() {
        let mut random = Random::named(size.seed, &format!("county {county}"));
        let province = words.provinces.get(county % words.provinces.len().max(1)).map_or("", String::as_str);
        // The moulds say 县: their county is a name and that.
        let suffix: String = words.base.county.chars().last().into_iter().collect();
        let region = format!("{province}{}{suffix}", words.name(county));
        for trade in 0..words.trades.len() {
            let able: Vec<usize> =
                (0..moulds.len()).filter(|at| moulds.get(*at).is_some_and(|m| m.trade == trade)).collect();
            let chosen = able.get(below(&mut random, able.len())).copied();
            let per_mille = random.between(PER_MILLE.0, PER_MILLE.1);
            let lacks = random.between(1, TRADE_LACKS_ONE_IN) == 1;
            let Some((mould, made)) = chosen.and_then(|at| Some((at, moulds.get(at)?))).filter(|_| !lacks) else {
                continue;
            };
            let department = out.len();
            for (member, name) in made.members().into_iter().enumerate() {
                if out.len() == size.bodies {
                    return out;
                }
                out.push(Body {
                    province: province.to_owned(),
                    region: region.clone(),
                    county,
                    name: name.replace(&words.base.county, &region),
                    mould,
                    member,
                    department,
                    per_mille,
                });
            }
        }
    }
    out
}
