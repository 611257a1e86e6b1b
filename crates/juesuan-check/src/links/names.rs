//! Whether two documents speak of the same body.

use juesuan_model::Entity;
use juesuan_text::plain;

/// A name shorter than this is no sign by its end: 财政局 ends many names.
const TELLING: usize = 5;
/// Ends of a name that are looked at; no body has a longer one.
const ENDS_MAX: usize = 100;

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
    same_base(&base(a, own), &base(b, own))
}

/// The same of names as [`base`] gives them.
pub(crate) fn same_base(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && (long == short || long.ends_with(short) && short.chars().count() >= TELLING)
}

/// The ends of a name that are long enough to tell, the longest first; the whole is none of them.
pub(crate) fn telling_ends(base: &str) -> impl Iterator<Item = &str> {
    let ends = base.char_indices().skip(1).filter_map(|(at, _)| base.get(at..));
    ends.take(base.chars().count().saturating_sub(TELLING).min(ENDS_MAX))
}

/// True unless the documents are of two bodies or scopes; a name that could not be read is not another.
pub(crate) fn may_be_prior(prior: &Entity, entity: &Entity, own: &[String]) -> bool {
    let unread = |entity: &Entity| !entity.name.chars().any(char::is_alphanumeric);
    prior.scope == entity.scope && (unread(prior) || unread(entity) || same(&prior.name, &entity.name, own))
}

#[cfg(test)]
mod tests {
    use juesuan_model::Scope;

    use super::*;

    #[test]
    fn the_accounts_of_another_body_or_scope_are_no_prior() {
        let of = |name: &str, scope| Entity { name: name.to_owned(), scope, ..Entity::default() };
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
