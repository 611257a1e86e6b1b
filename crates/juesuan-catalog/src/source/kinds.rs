//! What files a catalogue has, and what names an entry of their lists.
//!
//! A list is given by its keys from the top; a file by its path, `*` for one name. Of several ways to name an entry the first
//! one that it has counts: a key, `.first` or `.last` of a key that is a list. Entries of one list with the same name are told
//! apart by nothing: the first is meant.

use super::written::Written;

/// One kind of file.
pub(super) struct Kind {
    /// Path.
    files: &'static str,
    /// Lists whose entries have names: keys, and what names an entry.
    named: &'static [(&'static str, &'static [&'static str])],
    /// Lists that are one value: they are replaced, not added to.
    whole: &'static [&'static str],
}

/// How two lists are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// The upper one is added.
    Added,
    /// The upper one takes the place of the lower one.
    Whole,
}

const FORM_LISTS: &[(&str, &[&str])] =
    &[("block", &["side", ""]), ("block.column", &["key", "head.last"]), ("block.row", &["key", "name", "by"])];
const FORM_WHOLE: &[&str] = &["block.column.head"];

const KINDS: &[Kind] = &[
    kind("accounts.toml", &[("account", &["code"]), ("elimination", &["name"])], &[]),
    kind("approval.toml", &[], &["more", "more-documents"]),
    kind(
        "archive.toml",
        &[("partition", &["name"]), ("table", &["name"]), ("table.column", &["name"])],
        &["table.key"],
    ),
    kind("asks.toml", &[], &["book.heads", "book.lines", "taken.heads"]),
    kind("batch.toml", &[], &[]),
    kind("codes/*.tsv", &[], &[]),
    kind("copied.toml", &[], &["kinds", "within"]),
    kind(
        "entry.toml",
        &[("profile", &["key"]), ("sheet", &["name"]), ("own", &["key"]), ("own.column", &["key"])],
        &["start.lines", "start.heads"],
    ),
    kind("fonts.toml", &[("role", &["role"]), ("role.faces", &["face"])], &[]),
    kind("fonts.sha256", &[], &[]),
    kind("models.sha256", &[], &[]),
    kind("forms/*.toml", FORM_LISTS, FORM_WHOLE),
    kind("glossary/*.toml", &[("term", &["term"])], &[]),
    kind("import/exports.toml", &[("export", &["name"])], &["export.marks"]),
    kind("import/pictured.toml", &[], &[]),
    kind("import/sheet-words.toml", &[], &[]),
    kind(
        "import/workbook.toml",
        &[
            ("sheet", &["title"]),
            ("sheet.side", &["side"]),
            ("sheet.sums", &["name"]),
            ("labels.row", &["words.first"]),
            ("aside", &["title"]),
        ],
        &["sheet.columns", "sheet.side.columns"],
    ),
    kind(
        "inputs/*.toml",
        &[
            ("column", &["key"]),
            ("column.texts", &["key"]),
            ("instead", &["of.first"]),
            ("instead.column", &["key"]),
            ("wide", &["choice"]),
        ],
        &["instead.of"],
    ),
    kind("laws.toml", &[("law", &["key"]), ("prefix", &["letters"])], &[]),
    kind("levels.toml", &[], &[]),
    kind("origins.toml", &[("origin", &["key"])], &[]),
    kind(
        "registers.toml",
        &[("reception", &["kind"]), ("procurement.category", &["name"]), ("nothing", &["theme"])],
        &["staff.with_posts", "procurement.small", "procurement.micro"],
    ),
    kind("lexicon.toml", &[("word", &["words.first"]), ("unit", &["words.first"])], &[]),
    kind("meanings/*.toml", &[("node", &["name"])], &[]),
    kind("performance/alone.toml", &[], &[]),
    kind("performance/bulletin.toml", &[("section", &["heading"]), ("section.column", &["head"])], &["title"]),
    kind("performance/counts.toml", &[("register", &["key"]), ("count", &["names.first"])], &[]),
    kind("performance/documents/*.toml", &[("column", &["title"])], &["widths"]),
    kind("performance/grades/*.toml", &[("band", &["word"])], &[]),
    kind("performance/library/*.toml", &[("indicator", &["name"])], &["indicator.path"]),
    kind("performance/methods.toml", &[], &[]),
    kind("performance/monitor-report.toml", &[("column", &["head"])], &[]),
    kind("performance/monitor.toml", &[("band", &["key"]), ("state", &["key"])], &[]),
    kind("performance/profiles/*.toml", &[("block", &["name"]), ("tier", &["name"])], &[]),
    kind("performance/rates.toml", &[("rate", &["key"])], &[]),
    kind("performance/shares.toml", &[], &[]),
    kind("performance/tree.toml", &[("tree", &["key"]), ("tree.level", &["name"])], &[]),
    kind("performance/vague.toml", &[], &[]),
    kind("performance/values.toml", &[("before", &["words.first"]), ("behind", &["words.first"])], &[]),
    kind(
        "performance/words.toml",
        &[("topic", &["words.first"]), ("cause", &["words.first"]), ("quantity", &["words.first"])],
        &[],
    ),
    kind("phrases/*.toml", &[], &[]),
    kind("purposes.toml", &[], &[]),
    kind("query.toml", &[("view", &["name"])], &["ranking.formula-heads", "ranking.band-heads"]),
    kind("questions/*.toml", &[("parameter", &["name"]), ("parameter.column", &["name"])], &[]),
    kind("ranking.toml", &[("band", &["letter"]), ("criterion", &["key"]), ("sheet", &["name"])], &[]),
    kind("recognize.toml", &[("region", &["ends.first"])], &["part", "region.length"]),
    kind("report.toml", &[], &[]),
    kind(
        "rules/*.toml",
        &[("holds", &["name"]), ("broken", &["name"]), ("unreadable", &["name"]), ("silent", &["name"])],
        &[],
    ),
    kind("sections/*/document.toml", &[("part", &["title"])], &["cover"]),
    kind("sections/*/*.toml", &[], &["table.columns", "table.widths", "table.cells"]),
    kind("variants/*.toml", FORM_LISTS, FORM_WHOLE),
];

const fn kind(
    files: &'static str,
    named: &'static [(&'static str, &'static [&'static str])],
    whole: &'static [&'static str],
) -> Kind {
    Kind { files, named, whole }
}

/// True if the catalogue has files like this.
pub(super) fn known(path: &str) -> bool {
    KINDS.iter().any(|kind| fits(kind.files, path))
}

/// What is said of a file that it has not.
pub(super) fn unknown(path: &str) -> String {
    let files: Vec<&str> = KINDS.iter().map(|kind| kind.files).collect();
    format!("目录里没有“{path}”这样的文件；可以有的是：{}", files.join("、"))
}

/// The kind of a file; nothing is known of the lists of others.
pub(super) fn of(path: &str) -> &'static Kind {
    const OTHER: Kind = kind("", &[], &[]);
    KINDS.iter().find(|kind| fits(kind.files, path)).unwrap_or(&OTHER)
}

impl Kind {
    /// How two lists with these keys are joined.
    pub(super) fn joined(&self, at: &[String]) -> Joined {
        if self.whole.iter().any(|list| ends(at, list)) { Joined::Whole } else { Joined::Added }
    }

    /// What names an entry of the list with these keys.
    pub(super) fn name(&self, at: &[String], entry: &Written<'_>) -> Option<String> {
        let (_, ways) = self.named.iter().find(|(list, _)| ends(at, list))?;
        ways.iter().find_map(|way| {
            let value = match way.split_once('.') {
                Some((key, "first")) => entry.get(key)?.list().first()?,
                Some((key, _)) => entry.get(key)?.list().last()?,
                None if way.is_empty() => return Some(String::new()),
                None => entry.get(way)?,
            };
            value.text().map(str::to_owned)
        })
    }
}

/// True if a path is one of `pattern`.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut asked, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (asked.next(), parts.next()) {
            (None, None) => return true,
            (Some(asked), Some(part)) => match asked.split_once('*') {
                Some((before, after)) if part.starts_with(before) && part.ends_with(after) => {}
                None if asked == part => {}
                _ => return false,
            },
            _ => return false,
        }
    }
}

/// True if the keys of a list end with these.
fn ends(at: &[String], list: &str) -> bool {
    let mut keys = at.iter().rev();
    list.rsplit('.').all(|asked| keys.next().is_some_and(|key| key == asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_of_a_kind() {
        let source = super::super::Source::embedded();
        for path in source.below("", "").filter(|path| !path.ends_with(".md")) {
            assert!(known(path), "{path}");
        }
        assert!(!known("phrases.toml") && !known("forms/more/three-public.toml"));
    }
}
