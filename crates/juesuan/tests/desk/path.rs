//! From the drop to the waiver, and to the next version, by forms alone.

use juesuan_store::JobState;

use crate::desk::{Place, Visitor, between};
use crate::documents::{FAULTS, broken_pdf, broken_text, half_mended_pdf};

/// The key of the finding of a rule, as its form sends it.
pub fn key(page: &str, code: &str) -> String {
    let form =
        page.split("<form method=\"post\"").find(|form| form.contains(&format!("name=\"code\" value=\"{code}\"")));
    let key =
        between(form.unwrap_or_else(|| panic!("{code} is not asked about in {page}")), "name=\"key\" value=\"", "\"");
    key.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'")
}

/// Explains a finding of the first version.
pub fn explain(visitor: &Visitor, report: &str, code: &str, reason: &str) -> String {
    let page = visitor.get(report).is(200).text();
    let (document, number) = report.rsplit_once('/').unwrap();
    let key = key(&page, code);
    let fields = [("number", number), ("key", &key), ("code", code), ("kind", "explained")];
    let who = [("reason", reason), ("person", "李会计"), ("until", "2099-12-31")];
    visitor.post(&format!("{document}/answers"), &[&fields[..], &who].concat()).leads()
}

#[test]
fn a_finding_is_explained_and_the_explanation_stays_over_a_new_version_and_leaves_as_a_waiver() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    let page = visitor.get(&report).is(200).text();
    assert!(FAULTS.iter().all(|fault| page.contains(fault)), "{page}");
    assert!(page.contains(&format!("src=\"{report}/pages/2\"")), "the page of the fault is shown");
    let picture = visitor.get(&format!("{report}/pages/2")).is(200);
    assert!(picture.body.starts_with(b"\x89PNG") && picture.header("content-type") == "image/png");
    let [mended, left] = FAULTS;
    let back = explain(&visitor, &report, left, "分项四舍五入");
    assert!(back.starts_with(&format!("{report}#a")), "{back}");
    visitor.get(&report).is(200).tells("分项四舍五入").tells("已答复 1 处");
    let second = visitor.check_one("决算（改）.pdf", &half_mended_pdf());
    assert_eq!(second, report.replace("/1", "/2").replacen("/2/2", "/1/2", 1));
    let page = visitor.get(&second).is(200).tells("与第1版相比").tells("分项四舍五入").text();
    let change = between(&page, "class=\"change\"", "</section>");
    assert!(change.contains("<dt>已改正</dt><dd>1</dd>") && change.contains("<dt>仍在</dt>"), "{change}");
    assert!(between(change, "<ul>", "</ul>").contains("920.96"), "{mended} is told to be mended: {change}");
    let waivers = visitor.get("/documents/1/waivers.toml").is(200).tells("分项四舍五入").text();
    assert!(waivers.contains(left) && !waivers.contains(mended), "{waivers}");
    // The file does in the terminal what the answer does here.
    std::fs::write(place.path("waivers.toml"), waivers).unwrap();
    std::fs::write(place.path("决算.pdf"), half_mended_pdf()).unwrap();
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_juesuan"))
        .args(["check", "决算.pdf", "--waivers", "waivers.toml"])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8(check.stdout).unwrap();
    assert!(said.contains("豁免") && !said.contains(&format!("错误[{left}]")), "{said}");
}

#[test]
fn a_document_that_is_here_already_is_said_to_be() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    visitor.check_one("决算.pdf", &broken_pdf());
    let told = visitor.over(&visitor.bring(&[("另一个名字.pdf", &broken_pdf())]));
    assert!(told.contains("已有，第1版"), "{told}");
    visitor.get("/").is(200).tells("共 1 份");
}

#[test]
fn an_answer_without_a_name_a_reason_or_a_day_is_not_taken_and_can_be_taken_back() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let report = visitor.check_one("决算.pdf", &broken_pdf());
    let before = visitor.get(&report).text();
    let key = key(&before, "LW002");
    let whole = [("number", "1"), ("key", &key), ("code", "LW002"), ("kind", "explained"), ("reason", "四舍五入")];
    let whole = [&whole[..], &[("person", "李"), ("until", "2099-12-31")]].concat();
    let with = |name: &'static str, value: &'static str| -> Vec<(&str, &str)> {
        whole.iter().map(|field| if field.0 == name { (name, value) } else { *field }).collect()
    };
    for (name, value) in
        [("person", " "), ("reason", ""), ("until", ""), ("until", "2099-13-01"), ("kind", "approved"), ("number", "x")]
    {
        visitor.post("/documents/1/answers", &with(name, value)).is(422);
    }
    assert_eq!(visitor.get(&report).text(), before);
    visitor.post("/documents/1/answers", &whole).leads();
    assert_ne!(visitor.get(&report).text(), before);
    visitor.post("/documents/1/answers", &with("kind", "withdraw")).leads();
    visitor.get(&report).tells("已答复 0 处");
    drop(window);
    assert_eq!(place.verified(), [JobState::Done]);
}

#[test]
fn several_files_a_folder_and_an_archive_become_the_documents_in_them() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("局/说明.txt", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, &broken_text("其二")).unwrap();
    let archive = archive.finish().unwrap().into_inner();
    let pdf = broken_pdf();
    let told = visitor.over(&visitor.bring(&[
        ("2023/决算.pdf", &pdf),
        ("归档.zip", &archive),
        ("说明.txt", &broken_text("其三")),
    ]));
    for name in ["2023/决算.pdf", "归档.zip/局/说明.txt", "说明.txt"] {
        assert!(told.contains(name), "{name} is not told in {told}");
    }
}

#[test]
fn a_job_is_called_off_and_begun_again() {
    let place = Place::new();
    let window = place.open();
    let visitor = window.enter();
    let texts: Vec<Vec<u8>> = (0..60).map(|number| broken_text(&format!("第{number}份"))).collect();
    let names: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(String::as_str).zip(texts.iter().map(Vec::as_slice)).collect();
    let job = visitor.bring(&files);
    visitor.get(&job).is(200).tells("0.txt");
    assert_eq!(visitor.post(&format!("{job}/cancel"), &[]).leads(), job);
    let told = visitor.over(&job);
    assert!(told.contains("已取消"), "{told}");
    assert_eq!(visitor.post(&format!("{job}/again"), &[]).leads(), job);
    let told = visitor.over(&job);
    assert!(told.contains("核对完了"), "{told}");
    // Buttons of a page that is out of date lead to how the job stands.
    for step in ["cancel", "again"] {
        assert_eq!(visitor.post(&format!("{job}/{step}"), &[]).leads(), job);
        assert_eq!(visitor.over(&job), told);
    }
    drop(window);
    assert_eq!(place.verified(), [JobState::Done]);
}
