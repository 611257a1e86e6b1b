//! Whether two documents speak of the same body.

use juesuan_model::{DocumentKind, Entity, Package, Scope};
use juesuan_text::plain;

/// A name shorter than this is no sign by its end: 财政局 ends many names.
const TELLING: usize = 5;

/// A name without what tells a body apart from its own department: white space, kinds of brackets, and the words of
/// `own` (本级, 机关) at its end.
pub(crate) fn base(name: &str, own: &[String]) -> String {
    let mut out = plain(name);
    loop {
        let Some(short) = own.iter().find_map(|word| out.strip_suffix(word.as_str())) else { return out };
        if short.is_empty() {
            return out;
        }
        out = short.to_owned();
    }
}

/// True if the names are the same, or one is the other with its region before it.
pub(crate) fn same(a: &str, b: &str, own: &[String]) -> bool {
    let (a, b) = (base(a, own), base(b, own));
    let (long, short) = if a.len() >= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && (long == short || long.ends_with(short.as_str()) && short.chars().count() >= TELLING)
}

/// True if both documents are of one body and of the same scope.
pub(crate) fn same_body(a: &Entity, b: &Entity, own: &[String]) -> bool {
    a.scope == b.scope && same(&a.name, &b.name, own)
}

/// True unless the documents are of two bodies or scopes; a name that could not be read is not another.
pub(crate) fn may_be_prior(prior: &Package, package: &Package, own: &[String]) -> bool {
    let unread = |entity: &Entity| !entity.name.chars().any(char::is_alphanumeric);
    prior.entity.scope == package.entity.scope
        && (unread(&prior.entity) || unread(&package.entity) || same(&prior.entity.name, &package.entity.name, own))
}

/// True if `earlier` is the document of the year before, of the same body and kind.
pub(crate) fn is_year_before(earlier: &Package, later: &Package, own: &[String]) -> bool {
    matches!(later.kind, DocumentKind::Final | DocumentKind::Budget)
        && earlier.kind == later.kind
        && earlier.entity.year > 0
        && earlier.entity.year + 1 == later.entity.year
        && same_body(&earlier.entity, &later.entity, own)
}

/// Of `candidates`, the one that a department lists under `name`: the same name, else the only one whose end fits.
pub(crate) fn listed<'c>(
    name: &str,
    candidates: &[(usize, &'c Package)],
    own: &[String],
) -> Option<(usize, &'c Package)> {
    let units = || candidates.iter().filter(|(_, package)| package.entity.scope == Scope::Unit);
    if let Some(exact) = units().find(|(_, package)| base(&package.entity.name, own) == base(name, own)) {
        return Some(*exact);
    }
    let mut near = units().filter(|(_, package)| same(&package.entity.name, name, own));
    let first = near.next()?;
    near.next().is_none().then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accounts_of_another_body_or_scope_are_no_prior() {
        let of = |name: &str, scope| Package {
            entity: Entity { name: name.to_owned(), scope, ..Entity::default() },
            ..Package::default()
        };
        let own = of("甲县林业局", Scope::Department);
        assert!(may_be_prior(&of("甲县林业局", Scope::Department), &own, &[]));
        assert!(may_be_prior(&of("", Scope::Department), &own, &[]));
        assert!(!may_be_prior(&of("甲县教育局", Scope::Department), &own, &[]));
        assert!(!may_be_prior(&of("甲县林业局", Scope::Unit), &own, &[]));
    }

    #[test]
    fn a_body_is_known_by_its_name_with_or_without_region_and_headquarters() {
        let own = ["(本级)".to_owned(), "本级".to_owned()];
        assert!(same("云岭市林业局（本级）", "云岭市林业局", &own));
        assert!(same("云岭市林业局(本级)", "云岭市林业局本级", &own));
        assert!(same("云岭市青溪区规划局", "青溪区规划局", &own));
        assert!(!same("青溪区财政局", "财政局", &own), "many names end so");
        assert!(!same("云岭市林业局", "云岭市林业科学研究院", &own));
        assert!(!same("本级", "", &own));
    }
}
