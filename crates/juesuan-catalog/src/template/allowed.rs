//! Whether every name of a template is one that may stand where it stands.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use juesuan_model::Problem;

use super::{Directive, Key, Name, Template};
use crate::near::nearest;
use crate::source::Source;

/// The names that templates may use at a place of the catalogue. Cheap to copy and to put together.
#[derive(Clone, Debug, Default)]
pub struct Allowed<'a> {
    groups: Vec<Rc<Group<'a>>>,
    /// Names of which `{@cause}` may tell; `None`: no directives here.
    causes: Option<BTreeSet<&'a str>>,
}

/// Names with the same properties.
#[derive(Clone, Debug, Default)]
struct Group<'a> {
    names: Cow<'a, BTreeSet<&'a str>>,
    /// What may stand behind each of the names and is part of the name; empty: nothing.
    endings: &'a [&'a str],
    properties: Cow<'a, BTreeSet<&'a str>>,
    alone: Alone,
}

impl Group<'_> {
    fn has(&self, name: &str) -> bool {
        let ended = |ending: &&str| name.strip_suffix(*ending).is_some_and(|name| self.names.contains(name));
        self.names.contains(name) || self.endings.iter().any(ended)
    }

    fn written(&self) -> impl Iterator<Item = String> {
        let endings = self.endings.iter().copied().filter(|ending| !ending.is_empty());
        let all =
            move |name: &str| std::iter::once("").chain(endings.clone()).map(|end| format!("{name}{end}")).collect();
        self.names.iter().flat_map(move |name| -> Vec<String> { all(name) })
    }
}

/// Whether a name means something without a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Alone {
    #[default]
    Yes,
    No,
}

impl<'a> Allowed<'a> {
    /// Adds names without properties.
    #[must_use]
    pub fn names(self, names: impl IntoIterator<Item = &'a str>) -> Allowed<'a> {
        self.group(names, [], Alone::Yes)
    }

    /// Adds names that may stand alone or with one of these properties.
    #[must_use]
    pub fn with(
        self,
        names: impl IntoIterator<Item = &'a str>,
        properties: impl IntoIterator<Item = &'a str>,
    ) -> Allowed<'a> {
        self.group(names, properties, Alone::Yes)
    }

    /// Adds a name that means something only with one of these properties: `{文字.目标}`.
    #[must_use]
    pub fn only_with(self, name: &'a str, properties: impl IntoIterator<Item = &'a str>) -> Allowed<'a> {
        self.group([name], properties, Alone::No)
    }

    /// Allows `{@text}`, and `{@cause}` of these names.
    #[must_use]
    pub fn narrated(mut self, slots: impl IntoIterator<Item = &'a str>) -> Allowed<'a> {
        self.causes.get_or_insert_default().extend(slots);
        self
    }

    /// What may stand here or there.
    #[must_use]
    pub fn and(mut self, other: &Allowed<'a>) -> Allowed<'a> {
        self.groups.extend(other.groups.iter().cloned());
        if let Some(causes) = &other.causes {
            self.causes.get_or_insert_default().extend(causes);
        }
        self
    }

    /// Adds names, each alone or with one of these endings, that may have one of these properties. Sets that are the same for
    /// many templates are made once.
    #[must_use]
    pub fn of_sets(
        mut self,
        names: &'a BTreeSet<&'a str>,
        endings: &'a [&'a str],
        properties: &'a BTreeSet<&'a str>,
    ) -> Allowed<'a> {
        let (names, properties) = (Cow::Borrowed(names), Cow::Borrowed(properties));
        self.groups.push(Rc::new(Group { names, endings, properties, alone: Alone::Yes }));
        self
    }

    fn group(
        mut self,
        names: impl IntoIterator<Item = &'a str>,
        properties: impl IntoIterator<Item = &'a str>,
        alone: Alone,
    ) -> Allowed<'a> {
        let (names, properties) = (names.into_iter().collect(), properties.into_iter().collect());
        let (names, properties) = (Cow::Owned(names), Cow::Owned(properties));
        self.groups.push(Rc::new(Group { names, endings: &[], properties, alone }));
        self
    }

    /// Everything in the template that may not stand here, in words that say what may.
    pub fn faults(&self, template: &Template) -> Vec<String> {
        let names = template.names().into_iter().filter_map(|name| self.name(name));
        let directives = template.directives().into_iter().filter_map(|directive| self.directive(directive));
        names.chain(directives).map(|fault| format!("“{template}”：{fault}")).collect()
    }

    /// The same as problems of the file `path`, each with the line on which the template stands.
    pub fn check(&self, template: &Template, path: &str, source: &Source, problems: &mut Vec<Problem>) {
        let faults = self.faults(template).into_iter();
        problems.extend(faults.map(|fault| source.fault(path, &[template.source()], fault)));
    }

    /// What is wrong with a name outside of a template, as in conditions.
    pub fn fault_of(&self, name: &str) -> Option<String> {
        self.name(&Name::new(name))
    }

    fn name(&self, name: &Name) -> Option<String> {
        let own = self.groups.iter().map(Rc::as_ref).filter(|group| group.has(&name.name));
        let own: Vec<&Group> = own.collect();
        if own.is_empty() {
            return Some(self.strange(&name.to_string(), &name.name));
        }
        let stands = |group: &Group| match name.property.as_str() {
            "" => group.alone == Alone::Yes,
            property => group.properties.contains(property),
        };
        if own.iter().any(|group| stands(group)) {
            return None;
        }
        let properties: BTreeSet<&str> = own.iter().flat_map(|group| group.properties.iter()).copied().collect();
        Some(match (properties.is_empty(), name.property.as_str()) {
            (true, property) => format!("“{}”后面不能写“.{property}”，只写 {{{}}}", name.name, name.name),
            (false, "") => {
                let listed = properties.into_iter().collect::<Vec<_>>().join("、");
                format!("“{}”后面要写点和 {listed} 中的一个", name.name)
            }
            (false, property) => {
                format!("“{}”没有“{property}”{}", name.name, listed(property, "点后面可以写", &properties))
            }
        })
    }

    fn directive(&self, directive: &Directive) -> Option<String> {
        let Some(causes) = &self.causes else {
            return Some("这里不能用 {@cause} 和 {@text}，只能用名称".to_owned());
        };
        if let Directive::Cause { slot, .. } = directive
            && !causes.contains(slot.as_str())
        {
            return Some(format!("{{@cause}} 里没有“{slot}”这个数{}", listed(slot, "可以用", causes)));
        }
        let (Directive::Cause { key, .. } | Directive::Text { key, .. }) = directive;
        self.key(key)
    }

    fn key(&self, key: &Key) -> Option<String> {
        key.words().find_map(|word| self.name(&Name { name: word.to_owned(), property: String::new() }))
    }

    fn strange(&self, written: &str, name: &str) -> String {
        let all: BTreeSet<String> = self.groups.iter().flat_map(|group| group.written()).collect();
        let all: BTreeSet<&str> = all.iter().map(String::as_str).collect();
        match all.is_empty() {
            true => format!("这里不能用 {{{written}}}：没有可以用的名称"),
            false => format!("这里没有“{name}”这个名称{}", listed(name, "可以用", &all)),
        }
    }
}

/// The nearest of the names that are allowed; all of them where they are few, else where they are described.
fn listed(name: &str, lead: &str, all: &BTreeSet<&str>) -> String {
    let near = nearest(name, all.iter().copied());
    if all.len() <= LISTED_MAX {
        return format!("{near}；{lead} {}", all.iter().copied().collect::<Vec<_>>().join("、"));
    }
    format!("{near}；{lead}的共{}个，见 catalog/README.md“哪里可以用哪些名称”", all.len())
}

/// Most names that a message lists.
const LISTED_MAX: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(allowed: &Allowed, text: &str) -> Vec<String> {
        allowed.faults(&Template::try_from(text.to_owned()).unwrap())
    }

    #[test]
    fn a_name_that_may_not_stand_there_is_told_with_those_that_may() {
        let allowed = Allowed::default().names(["单位", "年"]).with(["收入合计"], ["上年", "占比"]);
        assert!(faults(&allowed, "{年}年{单位}收入{收入合计}[，占{收入合计.占比}]").is_empty());
        let told = faults(&allowed, "{年}年[{收入总计}]");
        assert_eq!(
            told,
            ["“{年}年[{收入总计}]”：这里没有“收入总计”这个名称（像是“收入合计”）；可以用 单位、年、收入合计"]
        );
        assert!(faults(&allowed, "{收入合计.去年}")[0].contains("没有“去年”；点后面可以写 上年、占比"));
        assert!(faults(&allowed, "{年.上年}")[0].contains("只写 {年}"));
        assert!(faults(&allowed, "{@text 说明}")[0].contains("只能用名称"));
    }

    #[test]
    fn a_name_that_only_has_properties_needs_one_and_causes_name_what_differs() {
        let allowed = Allowed::default().only_with("文字", ["目标", "成效"]).names(["编码"]).narrated(["收入"]);
        assert!(faults(&allowed, "{文字.目标}{@cause 收入.<编码> 收入 上年}{@text? 说明}").is_empty());
        assert!(faults(&allowed, "{文字}")[0].contains("要写点和 成效、目标 中的一个"));
        assert!(faults(&allowed, "{@cause 支出.上年 支出 上年}")[0].contains("可以用 收入"));
        assert!(faults(&allowed, "{@text 说明.<代码>}")[0].contains("“代码”"));
    }
}
