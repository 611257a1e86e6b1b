//! Rows as a table, CSV, JSON, Parquet.

use std::fs::{self, File};

use juesuan_query::{Engine, Error, Form, Limits, Target, out, rank};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::made;

const SQL: &str = "SELECT body AS 单位, errors, CAST(amount * 0.01 AS DECIMAL(20, 2)) AS 元, f.figures IS NULL AS none, d.document \
                   FROM documents d JOIN amounts a ON a.document = d.document AND a.item = '支出' AND a.stage = '' AND a.fund = '' \
                   AND a.theme = '' AND a.nature = '' AND a.function = '' AND a.of_year = d.year \
                   LEFT JOIN findings f ON f.document = d.document AND f.finding = 99 \
                   WHERE d.document IN ('c24', 'a24') ORDER BY d.document";

fn screen(form: Form, rows: usize, sql: &str) -> Result<(String, String), Error> {
    let folder = made::small();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let mut out = Vec::new();
    let target = Target::Screen { rows };
    let told = out::write(engine.ask(sql, Vec::new())?, form, &target, &mut out, &made::catalog().query.words)?;
    Ok((String::from_utf8(out).unwrap(), told))
}

#[test]
fn a_table_shows_as_many_rows_as_it_may_and_says_how_many_there_are() {
    let (shown, told) = screen(Form::Table, 1, SQL).unwrap();
    assert_eq!(shown, "单位        errors         元  none  document\n甲县财政局       1  900000.00  true  a24\n");
    assert_eq!(told, "共 2 行，只列了前 1 行；用 --rows 多列，或用 --out 全部存下来");
    let (_, told) = screen(Form::Table, 5, "SELECT * FROM documents WHERE year = 1").unwrap();
    assert_eq!(told, "没有这样的行");
}

#[test]
fn csv_and_json_hold_exact_amounts_and_no_character_that_steers() {
    let (csv, _) = screen(Form::Csv, 0, SQL).unwrap();
    assert_eq!(
        csv,
        "单位,errors,元,none,document\n甲县财政局,1,900000.00,true,a24\n甲县教育局,4,5000000.00,true,c24\n"
    );
    let (json, _) = screen(Form::Json, 0, SQL).unwrap();
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read[1]["单位"], "甲县教育局");
    assert!(json.contains("\"元\":5000000.00,\"none\":true"), "{json}");
    let steering = "SELECT '甲' || chr(27) || '[31m\"乙' AS t, NULL AS n, 1.5e0 AS f, [1, 2] AS l";
    let (json, _) = screen(Form::Json, 0, steering).unwrap();
    assert_eq!(json, "[{\"t\":\"甲□[31m\\\"乙\",\"n\":null,\"f\":1.5,\"l\":[1, 2]}]\n");
    let (csv, _) = screen(Form::Csv, 0, steering).unwrap();
    assert!(!csv.contains('\u{1b}'), "{csv}");
    let formulas = "SELECT '=1+1' AS \"@a\", '-5.00' AS b, -5.00 AS c, '+1' AS d";
    let (csv, _) = screen(Form::Csv, 0, formulas).unwrap();
    assert_eq!(csv, "'@a,b,c,d\n'=1+1,-5.00,-5.00,'+1\n", "what a spreadsheet would run is text");
    let (empty, _) = screen(Form::Json, 0, "SELECT * FROM documents WHERE year = 1").unwrap();
    assert_eq!(empty, "[]\n");
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let folder = made::small();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let words = &made::catalog().query.words;
    let path = folder.path().join("rows.parquet");
    let write = |sql: &str, form, path: &std::path::Path| {
        out::write(engine.ask(sql, Vec::new()).unwrap(), form, &Target::File(path), &mut std::io::sink(), words)
    };
    let told = write(SQL, Form::Parquet, &path).unwrap();
    assert!(told.starts_with("写出 2 行到 "), "{told}");
    let read = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap().build().unwrap();
    assert_eq!(read.map(|rows| rows.unwrap().num_rows()).sum::<usize>(), 2);
    let before = fs::read(&path).unwrap();
    // The second half of the rows cannot be computed.
    let broken = "SELECT errors / (errors - 4) FROM documents ORDER BY document";
    assert!(write(broken, Form::Csv, &path).is_err());
    assert_eq!(fs::read(&path).unwrap(), before);
    let nowhere = folder.path().join("no folder/rows.csv");
    assert!(matches!(write(SQL, Form::Csv, &nowhere), Err(Error::Write { .. })));
    assert!(matches!(screen(Form::Parquet, 0, SQL), Err(Error::Parquet)));
    let csv = folder.path().join("rows.csv");
    write(SQL, Form::Csv, &csv).unwrap();
    assert!(fs::read_to_string(&csv).unwrap().starts_with('\u{feff}'));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".tmp")), "{left:?}");
}

#[test]
fn the_page_of_the_ranking_explains_each_point_down_to_the_findings() {
    let folder = made::small();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let files = rank::write(&engine, out.path()).unwrap();
    assert_eq!(files.len(), 6);
    let page = fs::read_to_string(out.path().join("排名.html")).unwrap();
    let own = page.split("<td>甲县教育局</td>").nth(1).unwrap().split("</details>").next().unwrap();
    for expected in ["<td>42.4</td><td>E</td>", "4 处错误，2 处警告", "合计不等于各项之和", "没有：财政拨款支出"]
    {
        assert!(own.contains(expected), "{expected} {own}");
    }
    assert!(!page.contains("尾差"), "notices cost no points");
    let csv = fs::read_to_string(out.path().join("单位.csv")).unwrap();
    assert!(csv.contains("甲县教育局"), "{csv}");
    let again = tempfile::tempdir().unwrap();
    rank::write(&engine, again.path()).unwrap();
    assert_eq!(fs::read_to_string(again.path().join("排名.html")).unwrap(), page);
}
