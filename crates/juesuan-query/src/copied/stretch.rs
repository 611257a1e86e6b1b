//! A text as the stretches by which it is compared.

use std::hash::Hasher;

use juesuan_catalog::Copied;
use juesuan_text::{characters, plain};
use rustc_hash::FxHasher;

/// Reads texts, one after the other.
pub(super) struct Reading {
    stretch: usize,
    shortest: usize,
    /// Name of the body last met, in the form in which texts are compared.
    body: (String, String),
    stretches: Vec<u64>,
}

impl Reading {
    /// By the bounds of the catalogue.
    pub fn new(rules: &Copied) -> Reading {
        let size = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
        Reading {
            stretch: size(rules.stretch).max(1),
            shortest: size(rules.shortest),
            body: (String::new(), String::new()),
            stretches: Vec::new(),
        }
    }

    /// The stretches of a text, sorted, each once; none of a text that is too short. Signs of numbers and the name of the body fall out:
    /// who copies changes those.
    pub fn stretches(&mut self, text: &str, body: &str) -> &[u64] {
        self.stretches.clear();
        if self.body.0 != body {
            self.body = (body.to_owned(), plain(body));
        }
        let own = &self.body.1;
        let kept: Vec<char> = if own.is_empty() {
            characters(text).into_iter().filter(|c| !is_of_number(*c)).collect()
        } else {
            plain(text).replace(own.as_str(), "").chars().filter(|c| !is_of_number(*c)).collect()
        };
        if kept.len() >= self.shortest {
            self.stretches.extend(kept.windows(self.stretch).map(hashed));
            self.stretches.sort_unstable();
            self.stretches.dedup();
        }
        &self.stretches
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '%' | '-')
}

fn hashed(stretch: &[char]) -> u64 {
    let mut hasher = FxHasher::default();
    for c in stretch {
        hasher.write_u32(u32::from(*c));
    }
    mixed(hasher.finish())
}

/// Spreads a hash over all bits (SplitMix64).
pub(super) const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
