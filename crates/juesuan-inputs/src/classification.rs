//! A bureau's full list of codes, laid over the catalogue's: `juesuan codes import`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use juesuan_catalog::{Catalog, Codes};
use juesuan_model::{Gravity, Place, Problem};

use crate::{Mapping, sheet};

/// Where imported rows come from, as the `source` column says.
const IMPORTED: &str = "imported";

/// The list in `file` together with the rows of `known` whose codes it does not have, as a catalogue TSV. Imported rows
/// are certain (A): the bureau's list may find a name wrong. Returns the text and how many rows were imported.
pub fn import(file: &Path, known: &Codes, catalog: &Catalog) -> Result<(String, usize), Vec<Problem>> {
    let mut problems = Vec::new();
    let grids = juesuan_read::grids(file).map_err(|problem| vec![problem])?;
    let Some(spec) = catalog.inputs.get("codes") else {
        problems.push(Problem::fatal(Place::default(), "目录缺少 inputs/codes.toml；请检查 --catalog 指定的文件夹"));
        return Err(problems);
    };
    let records = sheet::read(&grids, spec, &Mapping::default(), &catalog.sheet_words, &mut problems);
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for code in known.all() {
        let year = |year: Option<u16>| year.map(|y| y.to_string()).unwrap_or_default();
        rows.entry(code.code.clone()).or_default().push(format!(
            "{}\t{}\t{}\t{}\t{}\t{:?}\t{}\t{}",
            code.code,
            code.name,
            code.group,
            year(code.valid_from),
            year(code.valid_to),
            code.confidence,
            code.source,
            code.note
        ));
    }
    let mut imported: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in &records {
        let code = record.text("code");
        if !matches!(code.len(), 3 | 5 | 7) {
            let message = format!("“{code}”有 {} 位，科目编码应为 3、5 或 7 位", code.len());
            problems.push(Problem::fatal(record.place("code"), message));
            continue;
        }
        let year = |key: &str| record.year(key).map(|y| y.to_string()).unwrap_or_default();
        let cell = |key: &str| record.text(key).replace(['\t', '\n', '\r'], " ");
        imported.entry(code.to_owned()).or_default().push(format!(
            "{code}\t{}\t{}\t{}\t{}\tA\t{IMPORTED}\t",
            cell("name"),
            cell("group"),
            year("valid_from"),
            year("valid_to")
        ));
    }
    if problems.iter().any(|problem| problem.gravity == Gravity::Fatal) {
        return Err(problems);
    }
    let count = imported.values().map(Vec::len).sum();
    rows.extend(imported);
    let mut text = String::from("code\tname\tgroup\tvalid_from\tvalid_to\tconfidence\tsource\tnote\n");
    for row in rows.values().flatten() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{row}");
    }
    Ok((text, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bureaus_list_takes_the_place_of_the_rows_with_its_codes_and_keeps_the_others() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = std::env::temp_dir().join(format!("juesuan-codes-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("科目.csv");
        std::fs::write(&file, "科目编码,科目名称,起始年\n2010301,行政运行（本地）,2020\n2019999,本地专有项,\n")
            .unwrap();
        let (text, count) = import(&file, &catalog.functions, &catalog).unwrap();
        assert_eq!(count, 2);
        let overlay = folder.join("catalog");
        std::fs::create_dir_all(overlay.join("codes")).unwrap();
        std::fs::write(overlay.join("codes/function.tsv"), text).unwrap();
        let local = Catalog::load(&[&overlay]).unwrap();
        assert_eq!(local.functions.name("2010301", 2023), Some("行政运行（本地）"));
        assert_eq!(local.functions.name("2019999", 2023), Some("本地专有项"));
        assert_eq!(local.functions.name("2210201", 2023), catalog.functions.name("2210201", 2023));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_code_of_wrong_length_is_named_with_its_row() {
        let catalog = Catalog::load(&[]).unwrap();
        let folder = std::env::temp_dir().join(format!("juesuan-codes-wrong-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("科目.csv");
        std::fs::write(&file, "科目编码,科目名称\n20103011,多一位\n").unwrap();
        let problems = import(&file, &catalog.functions, &catalog).unwrap_err();
        assert_eq!(problems[0].place.line, Some(2), "{problems:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
