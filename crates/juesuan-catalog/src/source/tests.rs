use super::*;

/// A folder of files that is laid over the catalogue.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("juesuan-source-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn overlaid(name: &str, files: &[(&str, &str)]) -> (Source, Vec<Problem>) {
    let folder = folder(name, files);
    let (mut source, mut problems) = (Source::embedded(), Vec::new());
    source.overlay(&folder, &mut problems);
    std::fs::remove_dir_all(&folder).unwrap();
    (source, problems)
}

/// What one text laid over another comes to.
fn merged(path: &str, under: &'static str, over: &'static str) -> toml::Table {
    let mut source = Source::default();
    source.add(path, "under".to_owned(), under.into());
    source.add(path, "over".to_owned(), over.into());
    let mut problems = Vec::new();
    let table = source.toml(path, &mut problems).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    table
}

fn table(text: &str) -> toml::Table {
    toml::from_str(text).unwrap()
}

#[test]
fn tables_merge_by_key_named_entries_by_name_and_lists_are_added_to_without_doubling() {
    let under = "root = ['a']\nnode = [{ name = 'a', words = ['x', 'y'] }, { name = 'b' }]\n";
    let over = "root = ['b', 'a']\nnode = [{ name = 'a', words = ['y', 'z'], partition = true }, { name = 'c' }]\n";
    let expected = "root = ['a', 'b']\nnode = [{ name = 'a', words = ['x', 'y', 'z'], partition = true }, { name = 'b' }, { name = 'c' }]\n";
    assert_eq!(merged("meanings/item.toml", under, over), table(expected));
}

#[test]
fn replace_takes_the_place_of_a_table_or_of_the_keys_it_names() {
    let under = "node = [{ name = 'a', words = ['x'], children = ['k'] }]\n";
    let path = "meanings/item.toml";
    let whole = merged(path, under, "node = [{ name = 'a', replace = true, words = ['z'] }]\n");
    assert_eq!(whole, table("node = [{ name = 'a', words = ['z'] }]\n"));
    let keys = merged(path, under, "node = [{ name = 'a', replace = ['words'], words = ['z'] }]\n");
    assert_eq!(keys, table("node = [{ name = 'a', words = ['z'], children = ['k'] }]\n"));
    assert_eq!(merged(path, under, "replace = true\nroot = []\n"), table("root = []\n"));
}

#[test]
fn a_column_is_known_by_its_key_or_its_last_heading_and_its_headings_are_one_value() {
    let under = "[[block]]\ncolumn = [{ head = ['甲', '乙'], width = 1 }]\n";
    let over = "[[block]]\ncolumn = [{ head = ['丙', '乙'], width = 3 }, { head = ['丁'], width = 2 }]\n";
    let expected = "[[block]]\ncolumn = [{ head = ['丙', '乙'], width = 3 }, { head = ['丁'], width = 2 }]\n";
    assert_eq!(merged("forms/x.toml", under, over), table(expected));
}

#[test]
fn a_fault_names_the_file_and_line_that_it_came_from_and_what_is_allowed() {
    let files = [
        ("lexicon.toml", "[[word]]\nwords = [\"进账总数\"]\nkind = \"subjekt\"\nreech = \"own\"\n"),
        ("forms/three-public.toml", "name = \"三公\"\nunknown = 1\n[[block]]\ncolum = []\n"),
        ("performance/monitor.toml", "basis = \"甲\"\nbasis = \"乙\"\n"),
        ("phrases.toml", "a = 1\n"),
    ];
    let (source, mut problems) = overlaid("faults", &files);
    assert!(problems[0].message.contains("phrases/*.toml"), "{problems:?}");
    problems.clear();
    source.toml::<crate::Lexicon>("lexicon.toml", &mut problems);
    let told = |problem: &Problem| {
        (problem.place.file.clone().unwrap_or_default(), problem.place.line, problem.message.clone())
    };
    let (file, line, message) = told(&problems[0]);
    assert!(file.ends_with("lexicon.toml") && file.len() > "lexicon.toml".len(), "{file}");
    assert_eq!(line, Some(3), "{message}");
    assert!(message.contains("subjekt") && message.contains("像是“subject”"), "{message}");
    problems.clear();
    source.toml::<crate::performance::Monitor>("performance/monitor.toml", &mut problems);
    assert_eq!(told(&problems[0]).1, Some(2), "{problems:?}");
    problems.clear();
    source.toml::<crate::Form>("forms/three-public.toml", &mut problems);
    let lines: std::collections::BTreeSet<_> = problems.iter().filter_map(|problem| problem.place.line).collect();
    assert_eq!(lines, [2, 4].into(), "{problems:?}");
}

#[test]
fn the_place_of_a_fault_is_looked_for_inside_its_entry() {
    let files = [(
        "performance/rates.toml",
        "[[rate]]\nkey = \"甲率\"\nnames = [\"丙\"]\n[[rate]]\nkey = \"乙率\"\nnames = [\"丙\"]\n",
    )];
    let (source, _) = overlaid("place", &files);
    let problem = source.fault("performance/rates.toml", &["乙率", "丙"], "x");
    assert_eq!(problem.place.line, Some(6));
    let embedded = source.fault("performance/rates.toml", &["没有的", "没有"], "x");
    assert_eq!(embedded.place.file.as_deref(), Some("performance/rates.toml"));
}
