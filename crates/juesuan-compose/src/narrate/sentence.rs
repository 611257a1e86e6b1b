//! One sentence: its places filled, or the information that something has no value.

use std::cmp::Ordering;

use juesuan_catalog::section::{Condition, ELEMENT, Phrase, Predicate, Slot, SlotMeasure, SlotPath, Version};
use juesuan_catalog::template::{Directive, Filling, Key, Lack, Name, Need, Template, Values};
use juesuan_catalog::{Announced, Section};
use juesuan_model::measure::Against;
use juesuan_model::{Meaning, Measure, Printed, Statement, Unit};

use super::Narrator;
use super::asked::asked_text;
use super::element::{Element, clause};
use super::line::{Bit, Draft};
use super::value::{Comparison, Value, share};

/// Where a sentence stands.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Section.
    pub section: &'a Section,
    /// Element of the list around it, with the number of the list in the section.
    pub element: Option<(&'a Element, usize)>,
}

/// What sentences of a scene may name.
pub struct Told<'a> {
    /// Who knows the values.
    pub narrator: &'a Narrator<'a>,
    /// Where the sentence stands.
    pub scene: Scene<'a>,
}

/// What a phrase may name: a slot beside what it is compared with.
struct Compared<'a> {
    narrator: &'a Narrator<'a>,
    named: &'a Named<'a>,
    against: Against,
    comparison: Comparison,
    decimals: u8,
}

/// A slot with its coordinates.
pub(super) struct Named<'a> {
    pub(super) slot: &'a Slot,
    pub(super) meanings: Vec<Meaning>,
    /// Words that name it to people.
    pub(super) label: String,
    /// Name in the section, to tie sums to it.
    key: &'a str,
}

impl Narrator<'_> {
    /// The sentence in pieces.
    pub fn sentence(&self, scene: Scene, sentence: &Template) -> Vec<Bit> {
        sentence.fill(&Told { narrator: self, scene }, Lack::Marked).unwrap_or_default()
    }

    /// The sentence as plain text.
    pub fn plain(&self, scene: Scene, sentence: &Template) -> String {
        self.sentence(scene, sentence).iter().map(Bit::shown).collect()
    }

    /// True if all conditions hold.
    pub fn all_hold(&self, scene: Scene, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.holds(scene, condition) == Some(true))
    }

    /// True if none of the conditions is known to fail.
    pub fn all_may_hold(&self, scene: Scene, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| self.holds(scene, condition) != Some(false))
    }

    /// `None` where it hangs on a value that nobody knows.
    fn holds(&self, scene: Scene, condition: &Condition) -> Option<bool> {
        let subject = condition.subject.as_str();
        match &condition.predicate {
            Predicate::Is(value) => Some(self.word_of(scene, subject).as_deref() == Some(value.as_str())),
            Predicate::Given => Some(match subject.strip_prefix('@') {
                Some(key) => self.free_text(key).is_some(),
                None => self.word_of(scene, subject).is_some(),
            }),
            predicate => match self.named(scene, subject) {
                Some(named) => self.compares(scene, &named, predicate, condition.version),
                None => Some(false),
            },
        }
    }

    fn compares(&self, scene: Scene, named: &Named, predicate: &Predicate, version: Version) -> Option<bool> {
        let value = |version| self.value(scene.section, named.slot, &named.meanings, version);
        // Counts are not compared.
        let is = |order: fn(Ordering) -> bool| {
            let (own, base) = (value(Version::Own)?, value(version)?);
            Some(Comparison::new(own, base).is_some_and(|comparison| order(comparison.order)))
        };
        // A body without a last year had nothing then, and is compared with nothing.
        if version == Version::Prior && !self.base.is_compared {
            return Some(matches!(predicate, Predicate::Zero));
        }
        match predicate {
            Predicate::Known => Some(value(version).is_some()),
            Predicate::Zero => value(version).map(Value::is_zero),
            Predicate::Nonzero => value(version).map(|value| !value.is_zero()),
            Predicate::Changed => is(Ordering::is_ne),
            Predicate::Level => is(Ordering::is_eq),
            Predicate::More => is(Ordering::is_gt),
            Predicate::Less => is(Ordering::is_lt),
            Predicate::Exceeds(other) => match self.named(scene, other) {
                Some(other) => {
                    let whole = self.value(scene.section, other.slot, &other.meanings, Version::Own);
                    let (own, whole) = value(Version::Own).zip(whole)?;
                    Some(Comparison::new(own, whole).is_some_and(|comparison| comparison.order.is_gt()))
                }
                None => Some(false),
            },
            Predicate::Is(_) | Predicate::Given => Some(false),
        }
    }

    fn word_of(&self, scene: Scene, name: &str) -> Option<String> {
        let own = scene.element.and_then(|(element, _)| element.words.get(name).cloned());
        own.or_else(|| self.word(name))
    }

    pub(super) fn named<'s>(&self, scene: Scene<'s>, name: &'s str) -> Option<Named<'s>> {
        if name == ELEMENT {
            let (element, _) = scene.element?;
            let label = ["项", "名称"].iter().find_map(|word| element.words.get(word)).cloned().unwrap_or_default();
            let slot = element.slot.as_ref()?;
            // An element of a list of slots is that slot: sums that name it mean this place.
            let mut slots = scene.section.slot.iter();
            let same = slots.find(|(_, other)| *other == slot && scene.section.meanings(other) == element.meanings);
            let key = same.map_or(ELEMENT, |(key, _)| key);
            return Some(Named { slot, meanings: element.meanings.clone(), label, key });
        }
        let (key, slot) = scene.section.slot.get_key_value(name)?;
        let label = if slot.name.is_empty() { name } else { &slot.name }.to_owned();
        Some(Named { slot, meanings: scene.section.meanings(slot), label, key })
    }

    fn figure(&self, scene: Scene, named: &Named, measure: SlotMeasure) -> Result<Vec<Bit>, Bit> {
        let value = |version| self.value(scene.section, named.slot, &named.meanings, version);
        match measure {
            SlotMeasure::Amount(version) => {
                let known = value(version).ok_or_else(|| self.unknown(scene, named, version))?;
                Ok(self.amount(scene, named, version, known))
            }
            SlotMeasure::Share => {
                let rate = || {
                    let whole = self.named(scene, &named.slot.of)?;
                    let all = self.value(scene.section, whole.slot, &whole.meanings, Version::Own)?;
                    let rate = share(value(Version::Own)?, all, self.percent_decimals(scene))?;
                    Some((rate, whole.meanings.into_iter().next()?))
                };
                let (rate, of) = rate().ok_or_else(|| self.unknown(scene, named, Version::Own))?;
                let measure = Measure::Share { of: Box::new(of) };
                Ok(self.percent(named.meanings.clone(), measure, rate))
            }
            SlotMeasure::Phrase(name) => {
                let lack = |version| self.unknown(scene, named, version);
                let phrase = self.wording.phrase.get(name).ok_or_else(|| lack(Version::Own))?;
                let now = value(Version::Own).ok_or_else(|| lack(Version::Own))?;
                let base = value(phrase.against).ok_or_else(|| lack(phrase.against))?;
                let comparison = Comparison::new(now, base).ok_or_else(|| lack(phrase.against))?;
                self.phrase(scene, named, phrase, comparison).ok_or_else(|| lack(phrase.against))
            }
        }
    }

    fn amount(&self, scene: Scene, named: &Named, version: Version, value: Value) -> Vec<Bit> {
        let counted = !named.slot.count.is_empty();
        let meanings = named.meanings.iter().map(|meaning| self.values.version(meaning, version)).collect();
        let draft = Draft {
            meanings,
            measure: if counted { Measure::Count } else { Measure::Amount },
            printed: value.printed,
            exact: value.exact,
            digits: self.digits(value.printed),
            path: Some(SlotPath { slot: named.key.to_owned(), version }),
            element: scene.element.map(|(_, list)| list),
        };
        let word = if counted { named.slot.count.as_str() } else { Unit::WanYuan.word() };
        vec![Bit::Figure(draft), Bit::Text(word.to_owned())]
    }

    /// The case of a phrase that fits, filled; what it says of the direction is a claim.
    fn phrase(&self, scene: Scene, named: &Named, phrase: &Phrase, comparison: Comparison) -> Option<Vec<Bit>> {
        let against = phrase.against.against()?;
        let (case, statement) = match (comparison.order, comparison.from_zero) {
            (Ordering::Greater, true) => (phrase.from_zero.as_ref(), Statement::Up(against)),
            (Ordering::Greater, false) => (phrase.up.as_ref().or(phrase.any.as_ref()), Statement::Up(against)),
            (Ordering::Less, _) => (phrase.down.as_ref().or(phrase.any.as_ref()), Statement::Down(against)),
            (Ordering::Equal, true) => (phrase.nothing.as_ref(), Statement::Level(against)),
            (Ordering::Equal, false) => (phrase.level.as_ref().or(phrase.any.as_ref()), Statement::Level(against)),
        };
        let mut bits = Vec::new();
        // A completion rate says nothing of a direction.
        if phrase.up.is_some() {
            bits.push(Bit::Claim(named.meanings.clone(), statement));
        }
        let decimals = self.percent_decimals(scene);
        let compared = Compared { narrator: self, named, against, comparison, decimals };
        bits.extend(case?.fill(&compared, Lack::Refused).ok()?);
        Some(bits)
    }

    fn change(&self, named: &Named, against: Against, change: Value) -> Vec<Bit> {
        let magnitude = change.printed.abs();
        let draft = Draft {
            meanings: named.meanings.clone(),
            measure: Measure::Change(against),
            printed: change.printed,
            exact: change.exact,
            digits: self.digits(magnitude),
            path: None,
            element: None,
        };
        vec![Bit::Figure(draft), Bit::Text(Unit::WanYuan.word().to_owned())]
    }

    fn percent(&self, meanings: Vec<Meaning>, measure: Measure, rate: Printed) -> Vec<Bit> {
        let printed = if self.wording.trimmed { without_trailing_zeros(rate) } else { rate };
        // A direction word stands before a growth; a share or completion shows its own sign.
        let shown = match measure {
            Measure::Growth(_) => printed.abs(),
            _ => printed,
        };
        let draft =
            Draft { meanings, measure, printed, exact: None, digits: shown.digits(), path: None, element: None };
        vec![Bit::Figure(draft), Bit::Text(Unit::Percent.word().to_owned())]
    }

    fn percent_decimals(&self, scene: Scene) -> u8 {
        let own = scene.element.and_then(|(element, _)| element.percent_decimals);
        own.unwrap_or(self.wording.percent_decimals)
    }

    /// Digits of an amount or a count in running text.
    pub fn digits(&self, printed: Printed) -> String {
        if self.wording.trimmed { printed.digits_trimmed() } else { printed.digits() }
    }

    fn cause(&self, scene: Scene, key: &Key, slot: &str, against: Against) -> Vec<Bit> {
        let key = self.key(scene, key);
        let Some(named) = self.named(scene, slot) else {
            return Vec::new();
        };
        match self.narrative.cause.get(&key).filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                let text = clause(text);
                let said = Bit::Claim(named.meanings, Statement::Cause(against, text.clone()));
                vec![said, Bit::Text(text), Bit::Used(key)]
            }
            None => {
                let asked = self.missing(self.asked_cause(scene, key, &named, against));
                vec![Bit::Claim(named.meanings, Statement::CauseMissing(against)), asked]
            }
        }
    }

    /// A key of narrative.toml with the words of the element.
    pub(super) fn key(&self, scene: Scene, key: &Key) -> String {
        let words = scene.element.map(|(element, _)| &element.words);
        key.filled(|word| words?.get(word).map(String::as_str))
    }

    fn unknown(&self, scene: Scene, named: &Named, version: Version) -> Bit {
        self.missing(self.asked_figure(scene, named, version))
    }
}

impl Values for Told<'_> {
    type Filled = Bit;

    fn value(&self, name: &Name) -> Filling<Bit> {
        let (narrator, scene) = (self.narrator, self.scene);
        if let Some(announced) = Announced::by(name) {
            return Ok(vec![Bit::Announced(announced)]);
        }
        if let Some(named) = narrator.named(scene, &name.name) {
            return narrator.figure(scene, &named, SlotMeasure::of(name)).map_err(|mark| vec![mark]);
        }
        let word = narrator.word_of(scene, &name.name).map(|word| vec![Bit::Text(word)]);
        word.ok_or_else(|| vec![narrator.missing(narrator.asked_word(scene, name))])
    }

    fn directive(&self, directive: &Directive) -> Filling<Bit> {
        let (narrator, scene) = (self.narrator, self.scene);
        let (key, need) = match directive {
            Directive::Cause { key, slot, against } => return Ok(narrator.cause(scene, key, slot, *against)),
            Directive::Text { key, need } => (narrator.key(scene, key), *need),
        };
        match (narrator.free_text(&key), need) {
            (Some(text), _) => Ok(vec![Bit::Text(clause(text)), Bit::Used(key)]),
            (None, Need::Demanded) => Err(vec![narrator.missing(asked_text(scene, key))]),
            // A text that may be left out leaves nothing behind.
            (None, Need::Optional) => Err(Vec::new()),
        }
    }
}

impl Values for Compared<'_> {
    type Filled = Bit;

    fn value(&self, name: &Name) -> Filling<Bit> {
        let Compared { narrator, named, against, comparison, decimals } = self;
        let percent = |measure, rate: Option<Printed>| {
            rate.map(|rate| narrator.percent(named.meanings.clone(), measure, rate)).ok_or_else(Vec::new)
        };
        match name.name.as_str() {
            "变动" => Ok(narrator.change(named, *against, comparison.change)),
            "变动率" => percent(Measure::Growth(*against), comparison.growth(*decimals)),
            _ => percent(Measure::Completion(*against), comparison.completion(*decimals)),
        }
    }
}

/// 155.0 as 155: a percentage keeps the decimals that it is printed with.
fn without_trailing_zeros(printed: Printed) -> Printed {
    let mut out = printed;
    while out.decimals > 0 && out.mantissa % 10 == 0 {
        out.mantissa /= 10;
        out.decimals -= 1;
    }
    out
}
