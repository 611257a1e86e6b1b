//! Whose document it is, of which year, and what it is.

use juesuan_catalog::Catalog;
use juesuan_forms::{cells, title};
use juesuan_model::{DocumentKind, Scope, VariantBy};
use juesuan_text::plain;

use super::choice;
use super::kind::{self, count, years};
use super::tables::entity;
use crate::text::label;

/// Longest name of an entity, in characters.
const NAME_MAX: usize = 40;
/// What is printed as a name is cut behind so many characters: names are looked for in every text of the document.
const NAME_CUT: usize = 200;

/// The texts of a document that tell what it is.
#[derive(Clone, Debug, Default)]
pub struct Clues {
    /// Lines of the cover.
    pub cover: Vec<String>,
    /// Titles of parts and headings.
    pub headings: Vec<String>,
    /// Lines above tables.
    pub captions: Vec<String>,
    /// First cells of tables, among which the entity may stand.
    pub frames: Vec<String>,
    /// Running text.
    pub paragraphs: Vec<String>,
    /// Name of the file, without folders and ending; asked where nothing inside tells.
    pub file: String,
    /// Cells of tables with digits in them.
    pub figures: usize,
}

/// What is known of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub kind: DocumentKind,
    /// True if no title says what it is, only its sentences.
    pub by_sentences: bool,
    /// Department or unit.
    pub scope: Scope,
    /// Full name.
    pub name: String,
    /// Name without its region.
    pub short: String,
    /// Year; 0 where none is printed.
    pub year: u16,
    /// Region as printed.
    pub region: String,
    /// Level of government.
    pub level: String,
    /// Key of the variant whose place or titles it has; `fallback` of [`identify`] where none fits.
    pub variant: String,
    /// By what the variant is known.
    pub variant_by: VariantBy,
}

/// Tells what a document is. `fallback` is the variant of a province that the catalogue does not know.
pub fn identify(clues: &Clues, catalog: &Catalog, fallback: &str) -> Identity {
    let told = kind::kind(clues, catalog);
    let mut identity = Identity { kind: told.kind, by_sentences: told.by_sentences, ..Identity::default() };
    identity.year = kind::year(clues, catalog);
    if identity.year == 0 {
        identity.year = kind::year_of_file(&clues.file, catalog);
    }
    identity.name = name(clues, catalog);
    if identity.name.is_empty() && kind::is_blank_form(clues, catalog) {
        identity.kind = DocumentKind::Template;
    }
    let mut named = identity.name.clone();
    if named.is_empty() {
        named = clues.cover.iter().map(|line| plain(line)).collect();
    }
    (identity.region, identity.level) = region(&named, catalog);
    let bare = without_party(&identity.name, catalog);
    identity.short = bare.strip_prefix(&identity.region).unwrap_or("").to_owned();
    identity.scope = scope(clues, catalog);
    if kind::of_government(clues, &catalog.recognition.government.carried_out, catalog)
        && identity.scope == Scope::Government
    {
        identity.kind = DocumentKind::Final;
    }
    let place = format!("{bare}{}", clues.cover.first().map(|line| plain(line)).unwrap_or_default());
    (identity.variant, identity.variant_by) = choice::variant(clues, catalog, &place, identity.kind, fallback);
    identity
}

/// The name of an organisation at the beginning of the name of a file, behind `附件1：` and numbers.
fn name_of_file(file: &str, catalog: &Catalog) -> Option<String> {
    let file = plain(file);
    let own = file.rsplit('：').next()?.trim_start_matches(|c: char| c.is_ascii() && c != '(');
    let name = before_kind(own, catalog);
    let name = name.trim_end_matches(|c: char| c.is_ascii() && c != ')');
    is_name(name, catalog).then(|| name.to_owned())
}

/// What stands before the year or the kind of the document; a year may also lead.
fn before_kind(text: &str, catalog: &Catalog) -> String {
    let text = plain(text);
    let text = behind_year(&text);
    let words = &catalog.recognition;
    let kinds = words.final_accounts.iter().chain(&words.budget).chain(&words.department).chain(&words.unit);
    let cut = kinds.chain(&words.matters);
    let kind = cut.filter_map(|word| text.find(word.as_str())).min().unwrap_or(text.len());
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let year = chars.windows(5).find_map(|window| {
        let told: String = window.iter().map(|(_, c)| *c).collect();
        (!years(&told).is_empty()).then(|| window.first().map_or(0, |(at, _)| *at))
    });
    let end = year.unwrap_or(text.len()).min(kind);
    let head = text.get(..end).unwrap_or("");
    ["部门", "单位"].iter().fold(head, |head, word| head.strip_suffix(word).unwrap_or(head)).to_owned()
}

/// The text behind a year that leads it: 2018年度某局.
fn behind_year(text: &str) -> &str {
    let Some((year, rest)) = text.split_once('年') else { return text };
    let told = text.strip_suffix(rest).unwrap_or(text);
    let is_year = year.chars().count() == 4 && !years(told).is_empty();
    if is_year { rest.strip_prefix('度').unwrap_or(rest) } else { text }
}

/// True for the title of a document that names whose it is.
pub(super) fn is_own_title(text: &str, catalog: &Catalog) -> bool {
    kind::is_title(text, catalog)
        && title::form_of(catalog, text).is_none()
        && is_name(&before_kind(text, catalog), catalog)
}

/// True for a line that is no part of a paragraph: such a title, or the row of a table that came as lines.
pub(super) fn stands_alone(text: &str, catalog: &Catalog) -> bool {
    label::is_apart(text) || is_own_title(text, catalog)
}

/// True for the name of an organisation, by its last word.
fn is_name(text: &str, catalog: &Catalog) -> bool {
    let bare = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).map_or(text, |(name, _)| name);
    let length = bare.chars().count();
    (3..=NAME_MAX).contains(&length)
        && !bare.contains(['，', '、', '。', '；', '：'])
        && !bare.starts_with('第')
        && catalog.recognition.organisations.iter().any(|word| bare.ends_with(word.as_str()))
}

/// True if the text, a table or a heading has this name.
fn says(clues: &Clues, name: &str) -> bool {
    let texts = clues.headings.iter().chain(&clues.captions).chain(&clues.frames).chain(&clues.paragraphs);
    texts.map(|text| plain(text)).any(|text| text.contains(name))
}

/// True if `joined` is a department of the organ of the party that `name` is.
fn is_organ(name: &str, joined: &str, catalog: &Catalog) -> bool {
    without_party(name, catalog) != name && joined.len() > name.len()
}

/// The name on the cover, over as many lines as it takes.
fn on_cover(clues: &Clues, catalog: &Catalog) -> Option<String> {
    let lines: Vec<(String, bool)> = clues
        .cover
        .iter()
        .map(|line| {
            let head = before_kind(line, catalog);
            let whole = head == plain(line);
            (head, whole)
        })
        .collect();
    // A name that begins with its region is whole, unless the lines below it go on and the text has them as one name.
    let whole = |name: &str| is_name(name, catalog) && !region(name, catalog).0.is_empty();
    if let Some((at, (name, _))) = lines.iter().enumerate().find(|(_, (head, _))| whole(head)) {
        let mut joined = name.clone();
        let mut longest = name.clone();
        for pair in lines
            .get(at..)
            .unwrap_or_default()
            .windows(2)
            .take_while(|pair| pair.first().is_some_and(|(_, whole)| *whole))
        {
            joined.push_str(pair.last().map_or("", |(head, _)| head));
            if is_name(&joined, catalog) && (says(clues, &joined) || is_organ(name, &joined, catalog)) {
                longest.clone_from(&joined);
            }
        }
        return Some(longest);
    }
    let mut best: Option<String> = None;
    for first in 0..lines.len() {
        let mut joined = String::new();
        for (head, whole) in lines.iter().skip(first) {
            joined.push_str(head);
            let known = best.as_ref().is_none_or(|best| best.chars().count() < joined.chars().count());
            if is_name(&joined, catalog) && known {
                best = Some(joined.clone());
            }
            if !whole {
                break;
            }
        }
        if best.is_some() {
            break;
        }
    }
    best
}

fn name(clues: &Clues, catalog: &Catalog) -> String {
    let words = &catalog.recognition;
    let is_unit = |line: &&String| cells::unit(line).is_some();
    let labelled = |lines: &[String]| lines.iter().filter(|l| !is_unit(l)).find_map(|line| entity(catalog, line));
    let cover = on_cover(clues, catalog);
    let overview = || {
        let titles = clues.headings.iter().filter(|text| crate::text::headings::part(text));
        titles.map(|text| plain(text)).find_map(|text| {
            let (_, behind) = text.split_once(plain(words.part.get(1)?).as_str())?;
            let name = words.overview.iter().find_map(|word| behind.strip_suffix(word.as_str()))?;
            let name = before_kind(name, catalog);
            (name.chars().count() >= 3).then_some(name)
        })
    };
    let titled = || {
        let titles = kind::titles(clues, catalog);
        clues.headings.iter().chain(&titles).map(|text| before_kind(text, catalog)).find(|name| is_name(name, catalog))
    };
    let captioned = || {
        let parts = clues.captions.iter().chain(&clues.frames).flat_map(|line| line.split([' ', '\u{3000}', '\t']));
        parts.map(str::to_owned).find_map(|part| entity(catalog, &part).filter(|name| is_name(name, catalog)))
    };
    let filed = || name_of_file(&clues.file, catalog);
    // A name that has no last word of the list is better than none.
    let any = || {
        let bare = clues.cover.iter().filter(|l| !is_unit(l) && title::form_of(catalog, l).is_none());
        let mut bare = bare.map(|line| before_kind(line, catalog));
        // A year, the mark of a list or the number of a table is no part of one.
        let letters = |name: &String| name.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '、'));
        bare.find(|name| (4..=NAME_MAX).contains(&name.chars().count()) && letters(name)).unwrap_or_default()
    };
    let name = labelled(&clues.cover)
        .or(cover)
        .or_else(overview)
        .or_else(captioned)
        .or_else(titled)
        .or_else(filed)
        .unwrap_or_else(any);
    // The heading of the contents page may stand in the last line of the cover.
    let own = words.contents.iter().find_map(|word| name.strip_suffix(plain(word).as_str())).unwrap_or(&name);
    own.chars().take(NAME_CUT).collect()
}

/// The name of an organ of the party without the words before its region.
fn without_party<'a>(name: &'a str, catalog: &Catalog) -> &'a str {
    let words = &catalog.recognition.party;
    words.iter().find_map(|word| name.strip_prefix(word.as_str())).unwrap_or(name)
}

/// The regions that a name begins with, and the level of the last of them.
fn region(name: &str, catalog: &Catalog) -> (String, String) {
    let name = without_party(name, catalog);
    let mut rest = name;
    let mut level = String::new();
    while let Some((length, own)) = catalog
        .recognition
        .region
        .iter()
        .flat_map(|kind| kind.ends.iter().map(move |end| (end, kind)))
        .filter_map(|(end, kind)| {
            let at = rest.find(end.as_str())?;
            let before = rest.get(..at)?.chars().count();
            let behind = rest.get(at + end.len()..)?;
            let real = !kind.not_before.iter().any(|word| behind.starts_with(word.as_str()));
            let [least, most] = kind.length;
            ((least..=most).contains(&before) && real).then_some((at + end.len(), &kind.level))
        })
        .min_by_key(|(length, _)| *length)
    {
        level.clone_from(own);
        rest = rest.get(length..).unwrap_or("");
    }
    (name.strip_suffix(rest).unwrap_or("").to_owned(), level)
}

fn scope(clues: &Clues, catalog: &Catalog) -> Scope {
    let words = &catalog.recognition;
    let government = [&words.government.carried_out, &words.government.planned];
    if government.into_iter().any(|titles| kind::of_government(clues, titles, catalog))
        || kind::is_of_government(clues, catalog)
    {
        return Scope::Government;
    }
    for texts in [&clues.cover, &clues.headings, &clues.paragraphs, &vec![clues.file.clone()]] {
        let (departments, units) = (count(texts, &words.department), count(texts, &words.unit));
        if departments + units > 0 {
            return if units > departments { Scope::Unit } else { Scope::Department };
        }
    }
    Scope::Department
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cover: &[&str], headings: &[&str]) -> Identity {
        let owned = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect();
        let clues = Clues { cover: owned(cover), headings: owned(headings), ..Clues::default() };
        identify(&clues, &Catalog::load(&[]).unwrap(), "state")
    }

    #[test]
    fn the_cover_tells_name_year_kind_and_level() {
        let one = told(&["长沙市芙蓉区文化旅游局", "2022年度部门决算公开"], &[]);
        assert_eq!(
            (one.name.as_str(), one.year, one.kind, one.level.as_str()),
            ("长沙市芙蓉区文化旅游局", 2022, DocumentKind::Final, "区")
        );
        assert_eq!((one.region.as_str(), one.short.as_str()), ("长沙市芙蓉区", "文化旅游局"));
        let two = told(&["某省二〇二五年省级部门预算", "预算主管部门：某省统计局"], &[]);
        assert_eq!((two.name.as_str(), two.year, two.kind), ("某省统计局", 2025, DocumentKind::Budget));
        let three = told(&["2023年度", "滑县人民医院（本级）单位决算"], &["第一部分 滑县人民医院（本级）概况"]);
        assert_eq!((three.name.as_str(), three.scope, three.level.as_str()), ("滑县人民医院(本级)", Scope::Unit, "县"));
    }

    #[test]
    fn the_name_of_the_file_tells_what_nothing_inside_tells() {
        let of_file = |file: &str, cover: &[&str]| {
            let cover = cover.iter().map(|t| (*t).to_owned()).collect();
            let clues = Clues { cover, file: file.to_owned(), ..Clues::default() };
            let told = identify(&clues, &Catalog::load(&[]).unwrap(), "state");
            (told.name, told.year)
        };
        let tables = &["收入支出决算总表", "单位：万元"];
        let known = ("云岭市林业局".to_owned(), 2024);
        assert_eq!(of_file("云岭市林业局2024年度部门决算", tables), known);
        assert_eq!(of_file("附件1：云岭市林业局2024部门决算公开表", tables), known);
        // A number of a system is no year, a title of a table no name.
        assert_eq!(of_file("P020240912345", tables), (String::new(), 0));
        assert_eq!(of_file("某某县水利局2021年度部门决算", &["云岭市林业局", "2024年度部门决算"]), known);
    }

    #[test]
    fn a_report_of_a_government_is_none_of_a_department() {
        let one = told(&["关于2022年度区本级预算执行和其他财政收支的审计报告"], &["一、一般公共预算收支执行情况"]);
        assert_eq!((one.scope, one.kind), (Scope::Government, DocumentKind::Final));
        let money = "上解上级支出520万元，债务转贷收入160万元，支出合计4480万元。";
        assert_eq!(told(&["一、2020年全区收支决算", money], &[]).scope, Scope::Government);
        let two = told(&["清河县财政局", "2022年度部门决算"], &["四、预算执行情况和存在的问题"]);
        assert_eq!(two.scope, Scope::Department);
    }

    #[test]
    fn the_heading_of_the_contents_is_no_part_of_the_name() {
        let one = told(&["清河县2026年预算", "预算单位：清河县新湖街道办事处（本级）目  录"], &[]);
        assert_eq!(one.name, "清河县新湖街道办事处(本级)");
    }

    #[test]
    fn an_organ_of_the_party_has_its_department_and_its_region() {
        let one = told(&["中共清河市东山区委员会", "统战部2023年度", "部门决算"], &[]);
        assert_eq!((one.name.as_str(), one.level.as_str()), ("中共清河市东山区委员会统战部", "区"));
        let two = told(&["中国共产党白水县委员会", "组织部 2022 年度", "部门决算"], &[]);
        assert_eq!((two.name.as_str(), two.region.as_str()), ("中国共产党白水县委员会组织部", "白水县"));
    }

    #[test]
    fn the_layout_is_told_by_the_place_or_by_titles_of_its_own_or_not_at_all() {
        let by = |cover: &[&str], headings: &[&str]| {
            let told = told(cover, headings);
            (told.variant, told.variant_by)
        };
        let catalog = Catalog::load(&[]).unwrap();
        let province = catalog.recognition.places.get("shanghai").and_then(|places| places.first()).unwrap();
        let place = by(&[&format!("{province}东山区民政局"), "2024年度部门决算"], &[]);
        assert_eq!(place, ("shanghai".to_owned(), VariantBy::Place));
        let common = ["一、收入支出决算总体情况说明", "二、收入决算情况说明", "三、支出决算情况说明"];
        let unknown = by(&["清河县民政局", "2024年度部门决算"], &common);
        assert_eq!(unknown, ("state".to_owned(), VariantBy::Nothing));
        let own = ["“三公”经费、行政参公单位机关运行经费情况表", "其他重要事项及相关口径情况说明", "六、相关口径说明"];
        assert_eq!(by(&["清河县民政局", "2024年度部门决算"], &own), ("yunnan".to_owned(), VariantBy::Titles));
    }

    #[test]
    fn a_market_is_no_city() {
        let catalog = Catalog::load(&[]).unwrap();
        assert_eq!(region("某某市场监督管理局", &catalog).0, "");
        assert_eq!(region("云岭市市场监督管理局", &catalog), ("云岭市".to_owned(), "市".to_owned()));
        assert_eq!(region("云岭市青溪区新湖街道办事处", &catalog).1, "乡");
    }
}
