//! From a written value to what it should be, with every fault.
//!
//! Serde stops at the first fault. Here the faulty entry is taken out and the rest read again, until nothing is wrong: one run
//! names all faults of a file.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::{Fault, What};
use super::written::{Entry, Value, Written};

/// Faults of one file that are named in one run; who has more begins with these.
const MOST: usize = 100;

/// The value, without what is faulty in it if it can be had so, and the faults.
pub(super) fn decode<T: DeserializeOwned>(written: &Written<'_>) -> (Option<T>, Vec<Fault>) {
    match T::deserialize(written) {
        Ok(value) => (Some(value), Vec::new()),
        Err(_) => repaired(written.clone()),
    }
}

fn repaired<T: DeserializeOwned>(mut written: Written<'_>) -> (Option<T>, Vec<Fault>) {
    let mut faults: Vec<Fault> = Vec::new();
    let mut cut = Vec::new();
    loop {
        let fault = match T::deserialize(&written) {
            Ok(value) => return (Some(value), faults),
            Err(fault) => fault,
        };
        // What was cut is missing: that is no fault of its own.
        let own = matches!(&fault.what, What::Missing(key) if cut.iter().any(|c| c == key));
        let at = fault.at;
        let key = matches!(fault.what, What::UnknownKey { .. });
        if !own {
            faults.push(fault);
        }
        let done = at.is_some_and(|at| without(&mut written, at, key, &mut cut));
        if !done || faults.len() >= MOST {
            return (None, faults);
        }
    }
}

/// What became of a fault below.
enum Cut {
    /// It is not here.
    Elsewhere,
    /// It is here; what holds it has to take it out.
    Here,
    /// It was taken out.
    Done,
}

/// Takes out what is faulty at a position: the entry of the innermost table or list. Where a table cannot do without it, it is
/// the table that is faulty next.
fn without(file: &mut Written<'_>, at: usize, key: bool, cut: &mut Vec<String>) -> bool {
    matches!(cut_value(file, at, key, cut), Cut::Done)
}

fn cut_value(value: &mut Written<'_>, at: usize, key: bool, gone: &mut Vec<String>) -> Cut {
    let found = match &mut value.value {
        Value::Table(entries) => cut_entry(entries, at, key, gone),
        Value::List(items) => cut_item(items, at, key, gone),
        _ => Cut::Elsewhere,
    };
    match found {
        Cut::Elsewhere if value.at == at => Cut::Here,
        found => found,
    }
}

fn cut_entry(entries: &mut Vec<Entry<'_>>, at: usize, key: bool, gone: &mut Vec<String>) -> Cut {
    for index in 0..entries.len() {
        let Some(entry) = entries.get_mut(index) else { break };
        let here = if entry.at == at { Cut::Here } else { cut_value(&mut entry.value, at, key, gone) };
        match here {
            Cut::Elsewhere => {}
            Cut::Done => return Cut::Done,
            Cut::Here => {
                let entry = entries.remove(index);
                // A key that nobody reads is missed by nobody.
                gone.extend((!key).then(|| entry.key.into_owned()));
                return Cut::Done;
            }
        }
    }
    Cut::Elsewhere
}

fn cut_item(items: &mut Vec<Written<'_>>, at: usize, key: bool, gone: &mut Vec<String>) -> Cut {
    for index in 0..items.len() {
        let Some(item) = items.get_mut(index) else { break };
        match cut_value(item, at, key, gone) {
            Cut::Elsewhere => {}
            Cut::Done => return Cut::Done,
            Cut::Here => {
                items.remove(index);
                return Cut::Done;
            }
        }
    }
    Cut::Elsewhere
}

impl<'de> Deserializer<'de> for &Written<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Whole(number) => visitor.visit_i64(*number),
            Value::Truth(truth) => visitor.visit_bool(*truth),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
            Value::Other(text) => Err(Fault::new(What::Said(format!("目录里不用“{text}”这样的值")))),
        }
        .map_err(|fault| fault.at(self.at))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self).map_err(|fault| fault.at(self.at))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// A word that stands for a variant, or a table with one key that does.
impl<'de> EnumAccess<'de> for &Written<'_> {
    type Error = Fault;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content), Fault> {
        match &self.value {
            Value::Text(text) => {
                let word: &str = text;
                Ok((seed.deserialize(word.into_deserializer())?, Content))
            }
            _ => Err(Fault::new(What::Said("这里应是一个词".to_owned()))),
        }
    }
}

/// What goes with a variant: nothing.
pub(crate) struct Content;

impl<'de> VariantAccess<'de> for Content {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Fault> {
        Err(one_word())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Fault> {
        Err(one_word())
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Fault> {
        Err(one_word())
    }
}

struct Items<'t, 'a>(std::slice::Iter<'t, Written<'a>>);

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.0.next().map(|item| seed.deserialize(item).map_err(|fault| fault.at(item.at))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'t, 'a> {
    entries: std::slice::Iter<'t, Entry<'a>>,
    value: Option<&'t Written<'a>>,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(&entry.value);
        let key: &str = &entry.key;
        seed.deserialize(key.into_deserializer()).map(Some).map_err(|fault: Fault| fault.at(entry.at))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(|fault| fault.at(value.at)),
            None => Err(Fault::new(What::Said("缺少值".to_owned()))),
        }
    }
}

/// Where more than a word is asked for.
fn one_word() -> Fault {
    Fault::new(What::Said("这里不能只写一个词".to_owned()))
}
