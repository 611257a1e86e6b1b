//! What a phrase means in its context: the coordinates it names, laid over those of the section or of what was said before.

use std::collections::BTreeSet;

use juesuan_catalog::names::{fund, item, nature};
use juesuan_catalog::{Catalog, Reach};
use juesuan_model::{Dimension, Meaning};

use super::lexicon::is_money;

/// The words of one phrase, joined: 财政拨款 + 基本支出.
#[derive(Clone, Debug, Default)]
pub struct Phrase {
    /// Coordinates; several where it names several things.
    pub means: Vec<Meaning>,
    /// How much of the context it keeps.
    pub reach: Reach,
    /// The count noun, if one stands in it.
    pub count: Option<Counted>,
    /// True if a word of it stands behind text that is in no list, so that it may mean something else.
    pub doubtful: bool,
    /// True if it begins an item of a list: 2、支出.
    pub fresh: bool,
    /// True if it begins directly behind a year.
    pub dated: bool,
    /// True if it can only speak of what was really received or spent (实际到位资金).
    pub spent: bool,
}

/// A noun for things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Item, and theme if it names one.
    pub means: Meaning,
    /// True if it takes the theme of what was last named.
    pub inherits: bool,
}

impl Phrase {
    /// The phrase with one more word. Of two nodes of a dimension the narrower counts, else the later.
    pub fn add(&mut self, catalog: &Catalog, means: &[Meaning], reach: Reach) {
        self.reach = if self.means.is_empty() { reach } else { self.reach.max(reach) };
        if self.means.is_empty() {
            self.means = means.to_vec();
            return;
        }
        let (many, few) =
            if means.len() > 1 { (means.to_vec(), self.means.clone()) } else { (self.means.clone(), means.to_vec()) };
        let few_is_later = means.len() <= 1;
        let Some(one) = few.first() else { return };
        self.means = many
            .iter()
            .map(|each| if few_is_later { merged(catalog, each, one) } else { merged(catalog, one, each) })
            .collect();
    }
}

fn merged(catalog: &Catalog, first: &Meaning, later: &Meaning) -> Meaning {
    let mut out = first.overlaid_by(later);
    for (dimension, node) in first.coordinates() {
        let other = later.get(dimension);
        if other.is_some_and(|other| other != node && catalog.trees.contains(dimension, other, node)) {
            out = out.with(dimension, node);
        }
    }
    out
}

/// The coordinates of `own` over those of `base`, without those that cannot stand together: a theme has no fund, a source
/// no nature, an item other than the base's none of its parts.
pub fn within(catalog: &Catalog, base: &Meaning, own: &Meaning) -> Meaning {
    use Dimension::{Economic, Function, Fund, Item, Nature, Project, Source, Theme};
    let names = |dimension| own.get(dimension).is_some();
    let drop = |meaning: Meaning, dimensions: &[Dimension]| {
        dimensions.iter().fold(meaning, |m, d| if names(*d) { m } else { m.without(*d) })
    };
    let mut base = base.clone();
    if own.get(Item).is_some_and(|item| base.get(Item).is_some_and(|before| before != item)) {
        base = drop(base, &[Source, Nature, Function, Economic, Theme, Project]);
    }
    let mut out = base.overlaid_by(own);
    let theme = own.get(Theme).and_then(|theme| catalog.trees.node(Theme, theme));
    let by_fund = theme.is_some_and(|node| node.by_fund);
    let apart = theme.is_some_and(|node| node.funds_apart) && own.get(Fund).is_some_and(|own| own != fund::GENERAL);
    if by_fund || apart {
        out = [Source, Nature, Function, Economic, Project].iter().fold(out, |m, d| m.without(*d));
    } else if names(Theme) {
        out = [Fund, Source, Nature, Function, Economic, Project].iter().fold(out, |m, d| m.without(*d));
    } else if names(Project) {
        out = [Fund, Source, Function, Economic, Theme].iter().fold(out, |m, d| m.without(*d));
        out = out.with(Nature, nature::PROJECT);
    } else if names(Source) {
        out = [Fund, Nature, Function, Economic, Theme, Project].iter().fold(out, |m, d| m.without(*d));
        out = out.with(Item, item::INCOME);
    } else if names(Economic) {
        out = drop(out, &[Theme, Source, Project]);
        let defined = out.get(Nature).and_then(|nature| catalog.trees.node(Nature, nature));
        if let Some([one]) = defined.and_then(|node| node.defined.get(&Nature)).map(Vec::as_slice) {
            out = out.with(Nature, one.as_str());
        }
    } else if names(Function) {
        out = drop(out, &[Theme, Economic, Project]);
    } else if names(Nature) || names(Fund) {
        out = drop(out, &[Theme, Source, Economic, Project]);
    }
    let spends = [Nature, Function, Economic, Theme, Project].iter().any(|d| names(*d));
    let item = out.get(Item);
    let income = item == Some(item::INCOME) && names(Function);
    let open = item.is_none_or(|item| is_money(catalog, item));
    if spends && !names(Item) && open && !income {
        out = out.with(Item, item::EXPENSE);
    }
    out
}

/// What a phrase means after `before` (what was last named), inside `base`.
pub fn resolve(catalog: &Catalog, phrase: &Phrase, base: &Meaning, before: Option<&[Meaning]>) -> Vec<Meaning> {
    let keeps_fund = |meaning: &Meaning| {
        let only = meaning.get(Dimension::Fund).map(|fund| Meaning::new().with(Dimension::Fund, fund));
        only.unwrap_or_default()
    };
    let last = before.and_then(<[Meaning]>::first);
    // 收、支总计 86 万元。…收支各增加 6 万元: one number for both is that of the totals.
    let both = |means: &[Meaning]| means.len() > 1 && is_grand(means);
    if phrase.reach == Reach::Year && phrase.means.len() > 1 && before.is_some_and(both) {
        return before.unwrap_or_default().to_vec();
    }
    if phrase.means.is_empty() {
        return before.map_or_else(|| vec![base.clone()], <[Meaning]>::to_vec);
    }
    let means = phrase.means.iter().map(|own| match phrase.reach {
        Reach::Own | Reach::Whole => within(catalog, base, own),
        Reach::Year => keeps_fund(last.unwrap_or(base)).overlaid_by(own),
        // 公务接待 after 国内公务接待支出 speaks of the latter.
        Reach::Weak if own.get(Dimension::Theme).is_some() => {
            let theme = own.get(Dimension::Theme).unwrap_or_default();
            let part = |last: &&Meaning| {
                last.get(Dimension::Theme).is_some_and(|part| catalog.trees.contains(Dimension::Theme, theme, part))
            };
            last.filter(part).cloned().unwrap_or_else(|| within(catalog, base, own))
        }
        Reach::Weak => {
            let last = last.unwrap_or(base);
            let same = last.get(Dimension::Item).is_none_or(|item| own.get(Dimension::Item) == Some(item));
            if same { last.overlaid_by(own) } else { keeps_fund(last).overlaid_by(own) }
        }
    });
    let mut means: Vec<Meaning> = means.collect();
    // Several things were named last (收、支总计) and the word repeats one kind of them: it speaks of all.
    if phrase.reach == Reach::Weak
        && before.is_some_and(|before| before.len() > 1 && means.first().is_some_and(|first| before.contains(first)))
    {
        means = before.unwrap_or_default().to_vec();
    }
    means
}

/// The dimensions along which names that stand in a row can be parts of a whole.
const PARTED: [Dimension; 3] = [Dimension::Theme, Dimension::Fund, Dimension::Nature];

/// True if meanings name each another node on the same dimension. Items of a classification are listed without their amounts
/// between others that have one.
pub fn is_row(row: &[Meaning]) -> bool {
    let dimensions = |meaning: &Meaning| meaning.coordinates().map(|(dimension, _)| dimension).collect::<Vec<_>>();
    let mut kinds = row.iter().map(dimensions);
    let first = kinds.next().unwrap_or_default();
    let coded = [Dimension::Function, Dimension::Economic].iter().any(|dimension| first.contains(dimension));
    !coded && kinds.all(|kind| kind == first) && row.first() != row.get(1)
}

/// What the meanings of a row are all parts of, each once, if there is such a thing.
pub fn whole_of(catalog: &Catalog, row: &[Meaning]) -> Option<Meaning> {
    let first = row.first()?;
    PARTED.into_iter().find_map(|dimension| {
        let bare = first.clone().without(dimension);
        let named: Option<BTreeSet<&str>> = row
            .iter()
            .map(|meaning| meaning.get(dimension).filter(|_| meaning.clone().without(dimension) == bare))
            .collect();
        let named = named.filter(|named| named.len() == row.len())?;
        let whole = catalog.trees.nodes(dimension).find(|node| parts_are(catalog, dimension, &node.name, &named))?;
        Some(bare.with(dimension, whole.name.as_str()))
    })
}

/// True if these names are the parts of a node, or parts of its parts instead of some.
fn parts_are(catalog: &Catalog, dimension: Dimension, whole: &str, named: &BTreeSet<&str>) -> bool {
    let below = named.iter().all(|name| *name != whole && catalog.trees.contains(dimension, whole, name));
    below && is_covered(catalog, dimension, whole, named)
}

fn is_covered(catalog: &Catalog, dimension: Dimension, whole: &str, named: &BTreeSet<&str>) -> bool {
    let parts = catalog.trees.partition(dimension, Some(whole));
    let inside = |part: &String| named.contains(part.as_str()) || is_covered(catalog, dimension, part, named);
    !parts.is_empty() && parts.iter().all(inside)
}

/// True for 收入总计 and 支出总计, which have everything in them.
pub fn is_grand(means: &[Meaning]) -> bool {
    let of = |meaning: &Meaning| meaning.get(Dimension::Item).map(str::to_owned);
    means.iter().filter_map(of).all(|own| [item::INCOME_TOTAL, item::EXPENSE_TOTAL].contains(&own.as_str()))
}
