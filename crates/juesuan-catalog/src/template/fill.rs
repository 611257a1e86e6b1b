//! Pieces and values → what is printed.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use super::{Directive, Name, Piece, Template};

/// What a place is worth: the pieces of its value, or, where it is not known, what stands in its place if it is marked
/// (nothing for a text that may be left out).
pub type Filling<P> = Result<Vec<P>, Vec<P>>;

/// Where the values of a template come from.
pub trait Values {
    /// What the filled text is made of: text, figures, claims.
    type Filled: for<'t> From<&'t str>;

    /// The value of a name. Names that the catalogue does not allow here do not come.
    fn value(&self, name: &Name) -> Filling<Self::Filled>;

    /// Words that only people know.
    fn directive(&self, directive: &Directive) -> Filling<Self::Filled> {
        let _ = directive;
        Err(Vec::new())
    }
}

/// What becomes of a value that is not known. In brackets the stretch around it vanishes, whatever is said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack<'w> {
    /// It is marked as the values say, and the document is a draft.
    Marked,
    /// This word stands in its place.
    Word(&'w str),
    /// Nothing is filled, and the caller is told which value it was: the whole text vanishes, or that is an error.
    Refused,
}

/// The place of which the value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown<'t>(pub &'t Piece);

impl Template {
    /// The text with its places filled. Fails only under [`Lack::Refused`].
    pub fn fill<V: Values + ?Sized>(&self, values: &V, lack: Lack) -> Result<Vec<V::Filled>, Unknown<'_>> {
        let mut out = Vec::new();
        walk(&self.pieces, values, lack, &mut out)?;
        Ok(out)
    }

    /// The same as text.
    pub fn text<V: Values<Filled = String> + ?Sized>(&self, values: &V, lack: Lack) -> Result<String, Unknown<'_>> {
        self.fill(values, lack).map(|pieces| pieces.concat())
    }
}

fn walk<'t, V: Values + ?Sized>(
    pieces: &'t [Piece],
    values: &V,
    lack: Lack,
    out: &mut Vec<V::Filled>,
) -> Result<(), Unknown<'t>> {
    for piece in pieces {
        let given = match piece {
            Piece::Text(text) => Ok(vec![V::Filled::from(text)]),
            Piece::Value(name) => values.value(name),
            Piece::Asked(directive) => values.directive(directive),
            Piece::Optional(inside) => {
                let before = out.len();
                if walk(inside, values, Lack::Refused, out).is_err() {
                    out.truncate(before);
                }
                continue;
            }
        };
        match (given, lack) {
            (Ok(known), _) => out.extend(known),
            (Err(mark), Lack::Marked) => out.extend(mark),
            (Err(_), Lack::Word(word)) => out.push(V::Filled::from(word)),
            (Err(_), Lack::Refused) => return Err(Unknown(piece)),
        }
    }
    Ok(())
}

/// Names without properties that print as these texts; what has no entry is not known.
impl<K: Borrow<str> + Ord> Values for BTreeMap<K, String> {
    type Filled = String;

    fn value(&self, name: &Name) -> Filling<String> {
        let known = if name.property.is_empty() { self.get(name.name.as_str()) } else { None };
        known.map(|text| vec![text.clone()]).ok_or_else(|| vec![format!("【{name}】")])
    }
}

impl fmt::Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Piece::Value(name) => write!(f, "{{{name}}}"),
            Piece::Asked(Directive::Cause { key, .. } | Directive::Text { key, .. }) => f.write_str(key.source()),
            Piece::Text(text) => f.write_str(text),
            Piece::Optional(_) => f.write_str("[…]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn a_stretch_without_its_value_vanishes_whatever_becomes_of_the_rest() {
        let values = BTreeMap::from([("甲", "1".to_owned())]);
        let text = template("有{甲}项[，其中{乙}项[，共{甲}]][，共{甲}]。");
        for lack in [Lack::Marked, Lack::Word("—"), Lack::Refused] {
            assert_eq!(text.text(&values, lack).unwrap(), "有1项，共1。");
        }
    }

    #[test]
    fn a_value_that_is_demanded_is_marked_replaced_or_refused() {
        let values = BTreeMap::from([("甲", "1".to_owned())]);
        let text = template("{甲}和{乙}");
        assert_eq!(text.text(&values, Lack::Marked).unwrap(), "1和【乙】");
        assert_eq!(text.text(&values, Lack::Word("—")).unwrap(), "1和—");
        assert_eq!(text.text(&values, Lack::Refused).unwrap_err().to_string(), "{乙}");
    }
}
