//! Questions that are not answered.

use std::fs;

use juesuan_query::{Asked, Engine, Error, Limits};

use crate::made;

fn told(engine: &Engine<'_>, sql: &str) -> String {
    let fault = match engine.ask(sql, Vec::new()) {
        Err(fault) => fault,
        Ok(mut answer) => answer.find_map(Result::err).unwrap_or_else(|| panic!("answered: {sql}")),
    };
    assert!(fault.is_misuse(), "{sql}: {fault}");
    fault.told(&made::catalog().query.words)
}

#[test]
fn nothing_but_reading_is_carried_out() {
    let folder = made::small();
    let target = folder.path().join("written.csv");
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    for sql in [
        "CREATE EXTERNAL TABLE x STORED AS CSV LOCATION '/etc/passwd'",
        "CREATE TABLE x AS SELECT 1",
        "CREATE VIEW x AS SELECT 1",
        "SELECT * INTO x FROM documents",
        &format!("COPY documents TO '{}'", target.display()),
        "INSERT INTO documents SELECT * FROM documents",
        "DELETE FROM documents",
        "UPDATE documents SET body = ''",
        "DROP TABLE documents",
        "SET datafusion.execution.batch_size = 1",
        "RESET datafusion.execution.batch_size",
        "EXPLAIN COPY documents TO 'x.csv'",
        "EXPLAIN ANALYZE INSERT INTO documents SELECT * FROM documents",
        "PREPARE p AS SELECT 1",
    ] {
        let told = told(&engine, sql);
        assert!(told.contains("只能查询"), "{sql}: {told}");
    }
    assert!(!target.exists());
    assert!(told(&engine, "SELECT 1; SELECT 2").contains("一次只能问一句"));
    assert!(told(&engine, "  ").contains("没有写要问什么"));
}

#[test]
fn no_question_reaches_a_file_that_is_no_part() {
    let folder = made::small();
    fs::write(folder.path().join("documents/year=2024/province=hubei/stray.parquet"), b"stray").unwrap();
    fs::write(folder.path().join("secret.csv"), b"a\n1\n").unwrap();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let rows: usize =
        engine.ask("SELECT document FROM documents", Vec::new()).unwrap().map(|rows| rows.unwrap().num_rows()).sum();
    assert_eq!(rows, 24, "a stray file beside the parts is none of them");
    let secret = folder.path().join("secret.csv");
    for sql in
        [format!("SELECT * FROM '{}'", secret.display()), "SELECT * FROM 'archive://parts/secret.csv'".to_owned()]
    {
        assert!(told(&engine, &sql).contains("secret.csv”这张表"), "{sql}");
    }
}

#[test]
fn a_wrong_name_is_told_with_its_place_and_what_is_near() {
    let folder = made::small();
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    let column = told(&engine, "SELECT document,\n  errrors FROM documents");
    assert!(column.starts_with("第2行第3个字符：　没有“errrors”这一列（像是“errors”"), "{column}");
    assert!(told(&engine, "SELECT * FROM document").contains("没有“document”这张表（像是“documents”"));
    assert!(told(&engine, "SELECT summ(errors) FROM documents").contains("没有“summ”这个函数（像是“sum”）"));
    let syntax = told(&engine, "SELECT (1 FROM documents");
    assert!(syntax.starts_with("第1行第") && syntax.contains("不合 SQL 的写法"), "{syntax}");
    let ambiguous = told(&engine, "SELECT document FROM documents JOIN files ON documents.document = files.document");
    assert!(ambiguous.contains("“document”在几张表里都有"), "{ambiguous}");
}

#[test]
fn a_question_without_room_is_told_so() {
    let folder = made::small();
    let limits = Limits { megabytes: 0, ..Limits::default() };
    let engine = Engine::open(folder.path(), made::catalog(), limits).unwrap();
    let told =
        told(&engine, "SELECT a.body, count(*) FROM documents a CROSS JOIN figures b GROUP BY a.body ORDER BY 2");
    assert!(told.contains("内存超过 0 MB"), "{told}");
}

#[test]
fn wrong_names_and_values_of_named_questions_are_told() {
    let folder = made::small();
    let catalog = made::catalog();
    let engine = Engine::open(folder.path(), catalog, Limits::default()).unwrap();
    let ask = |name: &str, set: &[(&str, &str)]| {
        let set: Vec<(String, String)> =
            set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let answer = Asked::new(&catalog.query.questions, name, &set).and_then(|asked| asked.ask(&engine));
        answer.map(drop).unwrap_err().told(&catalog.query.words)
    };
    assert!(ask("executions", &[]).contains("没有“executions”这个问题（像是“execution”"));
    assert!(ask("execution", &[("yaer", "2024")]).contains("没有“yaer”这个参数（像是“year”"));
    assert_eq!(ask("execution", &[("year", "今年")]), "参数 year 应是整数，写的是“今年”");
    assert!(ask("missing", &[("listed", "没有.csv")]).contains("读不了名单 没有.csv"));
    let unset = ask("missing", &[]);
    assert!(unset.contains("要写明 listed"), "{unset}: without a list nobody is on it, and nobody would be missing");
    let list = folder.path().join("list.csv");
    fs::write(&list, "序号,电话\n1,2\n").unwrap();
    let told = ask("missing", &[("listed", &list.display().to_string())]);
    assert!(told.contains("没有“单位”这一列；有的列是：序号 电话"), "{told}");
}

#[test]
fn an_archive_that_is_not_whole_is_not_asked() {
    let open =
        |folder: &std::path::Path| Engine::open(folder, made::catalog(), Limits::default()).map(drop).unwrap_err();
    let folder = made::small();
    let part = folder.path().join("documents/year=2024/province=hubei/0000000000000000.parquet");
    fs::write(&part, b"short").unwrap();
    assert!(matches!(open(folder.path()), Error::Part(_)));
    fs::remove_file(&part).unwrap();
    assert!(matches!(open(folder.path()), Error::Part(_)));
    let escaped =
        [r#"{"table":"documents","path":"documents/../../x.parquet","rows":1,"bytes":1,"sha256":""}"#.to_owned()];
    made::manifest(folder.path(), made::catalog().archive.version, &escaped);
    assert!(matches!(open(folder.path()), Error::Path(_)));
    made::manifest(folder.path(), 99, &[]);
    assert!(open(folder.path()).told(&made::catalog().query.words).contains("第 99 版"));
    fs::remove_file(folder.path().join("manifest.json")).unwrap();
    assert!(matches!(open(folder.path()), Error::NoArchive { .. }));
}

#[test]
fn an_empty_archive_answers_with_no_rows() {
    let folder = tempfile::tempdir().unwrap();
    made::manifest(folder.path(), made::catalog().archive.version, &[]);
    let engine = Engine::open(folder.path(), made::catalog(), Limits::default()).unwrap();
    for question in made::catalog().query.questions.iter() {
        let asked = match Asked::new(&made::catalog().query.questions, &question.key, &[]) {
            Err(Error::Unset { .. }) => continue,
            asked => asked.unwrap(),
        };
        let answer = asked.ask(&engine).unwrap();
        let rows: usize = answer.map(|rows| rows.unwrap().num_rows()).sum();
        assert_eq!(rows, 0, "{}", question.key);
    }
}
