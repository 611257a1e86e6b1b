//! Words of units.

use juesuan_model::Unit;

/// Words of units of money, the longest first.
pub const OF_MONEY: [(&str, Unit); 3] = [("亿元", Unit::YiYuan), ("万元", Unit::WanYuan), ("元", Unit::Yuan)];

/// Words of the other units in their compared form. Counts have classifiers of their own, which are data.
const OTHERS: [(&str, Unit); 2] = [("%", Unit::Percent), ("分", Unit::Point)];

/// What stands before a unit and multiplies it, the longest first.
const MULTIPLES: [(&str, i64); 3] = [("万亿", 1_000_000_000_000), ("亿", 100_000_000), ("万", 10_000)];

/// All words of units, the longest first.
pub fn words() -> impl Iterator<Item = (&'static str, Unit)> {
    OF_MONEY.into_iter().chain(OTHERS)
}

/// The unit that a word names: 万元.
pub fn named(word: &str) -> Option<Unit> {
    words().find(|(own, _)| *own == word).map(|(_, unit)| unit)
}

/// The word of a unit with which a text begins, and the unit.
pub fn leading(text: &str) -> Option<(&'static str, Unit)> {
    words().find(|(word, _)| text.starts_with(word))
}

/// A unit without what multiplies it, and by how much it does: 万元 is 元 and 10,000.
pub fn multiple(unit: &str) -> (&str, i64) {
    let multiple = MULTIPLES.iter().find_map(|(word, factor)| Some((unit.strip_prefix(word)?, *factor)));
    multiple.unwrap_or((unit, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_names_the_unit() {
        assert_eq!(leading("万元）"), Some(("万元", Unit::WanYuan)));
        assert_eq!(leading("元，其中"), Some(("元", Unit::Yuan)));
        assert_eq!((named("%"), named("个")), (Some(Unit::Percent), None));
        for (word, unit) in words() {
            assert_eq!(unit.word(), word, "printed as it is read");
        }
    }

    #[test]
    fn multiples_come_off() {
        assert_eq!(multiple("万亿元"), ("元", 1_000_000_000_000));
        assert_eq!(multiple("万人"), ("人", 10_000));
        assert_eq!(multiple("个"), ("个", 1));
    }
}
