//! PDF files made to cost more than any document: under limits of the system, beside a good one that must not be harmed.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, reason = "a test may fail")]

use std::io::Write as _;
use std::process::Command;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};
use serde_json::Value;

use crate::scratch::{Run, Scratch};

/// Address space of each process, in kilobytes: enough for any document, not for what these files unpack to.
const MEMORY_KILOBYTES: u32 = 480_000;
/// What the bombs unpack to, in megabytes.
const BOMB_MEGABYTES: usize = 500;

/// Runs the program with limits of address space and time of the processor.
fn run(scratch: &Scratch, arguments: &[&str]) -> Run {
    let limited = format!("ulimit -v {MEMORY_KILOBYTES}; ulimit -t 60; exec \"$0\" \"$@\"");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_juesuan")]).args(arguments);
    scratch.output(&mut command)
}

/// A file of these objects; 1 is the catalogue, 2 the page tree, 3 the page, which draws the content 4 with the resources 5.
fn pdf(objects: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 5 0 R>>endobj\n"
        .to_vec();
    for (number, (dictionary, data)) in (4..).zip(objects) {
        if data.is_empty() {
            file.extend(format!("{number} 0 obj{dictionary}\nendobj\n").bytes());
            continue;
        }
        file.extend(format!("{number} 0 obj<<{dictionary}/Length {}>>stream\n", data.len()).bytes());
        file.extend(*data);
        file.extend(b"\nendstream endobj\n");
    }
    file.extend(b"trailer<</Root 1 0 R/Size 99>>\n%%EOF");
    file
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(data).unwrap();
    packer.finish().unwrap()
}

/// Four characters again and again, so many megabytes of them, packed behind a block of their own. The same packed megabyte
/// follows itself, which is legal where each begins anew; the sum at the end is missing, and too late to matter.
fn repeated(four: &[u8; 4], megabytes: usize, before: &[u8]) -> Vec<u8> {
    let mut megabyte = Vec::with_capacity(1 << 20);
    let mut packer = Compress::new(Compression::best(), false);
    packer.compress_vec(&four.repeat(1 << 18), &mut megabyte, FlushCompress::Full).unwrap();
    [&[0x78, 0x9c], before, &megabyte.repeat(megabytes)].concat()
}

/// A block that is stored and not packed, and holds the word that ends a stream.
fn stored_block() -> Vec<u8> {
    let word = b"\nendstream endobj\n";
    let length = u16::try_from(word.len()).unwrap();
    [&[0], &length.to_le_bytes()[..], &(!length).to_le_bytes(), word].concat()
}

/// Drawings that each draw the next one, so many levels deep.
fn chain(levels: usize, group: &str) -> Vec<(String, Vec<u8>)> {
    let form = |number: usize| {
        let next = number + 1;
        let head =
            format!("/Type/XObject/Subtype/Form/BBox[0 0 600 800]{group}/Resources<</XObject<</X {next} 0 R>>>>");
        (head, b"/X Do".to_vec())
    };
    let mut objects = vec![(String::new(), b"/X Do".to_vec()), ("<</XObject<</X 6 0 R>>>>".to_owned(), Vec::new())];
    objects.extend((6..6 + levels).map(form));
    objects
}

fn of_chain(levels: usize, group: &str) -> Vec<u8> {
    let chain = chain(levels, group);
    pdf(&chain.iter().map(|(head, data)| (head.as_str(), data.as_slice())).collect::<Vec<_>>())
}

/// The documents of a report by the name of their file.
fn documents(run: &Run) -> Vec<(String, Value)> {
    let report: Value = serde_json::from_str(&run.said).unwrap();
    let documents = report["documents"].as_array().unwrap().iter();
    documents.map(|one| (one["file"].as_str().unwrap().to_owned(), one.clone())).collect()
}

fn problems(document: &Value) -> String {
    document["problems"].to_string()
}

/// What is reported of each of these files in one run, which leaves a good document beside them as it is alone.
fn beside_a_good_one(scratch: &Scratch, files: &[(&str, Vec<u8>)]) -> Vec<(String, Value)> {
    let mut arguments = vec!["check", "--format", "json", "good.html"];
    for (name, bytes) in files {
        scratch.put(name, bytes);
        arguments.push(name);
    }
    scratch.put("good.html", GOOD);
    let alone = documents(&run(scratch, &arguments[..4]));
    let mut all = documents(&run(scratch, &arguments).ends_with(2));
    assert_eq!(all.len(), files.len() + 1);
    assert_eq!(all.remove(0), alone[0], "the good document");
    all
}

const GOOD: &str = "<html><body><h1>青溪区政务服务局2023年度部门决算</h1><p>2023年度收入总计100.00万元，支出总计90.00万元。</p></body></html>";

#[test]
fn files_that_unpack_without_bounds_are_problems_of_their_own_however_the_filter_is_named() {
    let scratch = Scratch::new("hostile-bombs");
    let (bomb, stored) =
        (packed(&repeated(b"    ", BOMB_MEGABYTES, &[])), repeated(b"    ", BOMB_MEGABYTES, &stored_block()));
    let long = format!("/Long({})/Filter[/FlateDecode/FlateDecode]", "x".repeat(5_000));
    let resources: (&str, &[u8]) = ("<<>>", b"");
    let of = |filter: &str, data: &[u8]| pdf(&[(filter, data), resources]);
    let files: [(&str, Vec<u8>); 5] = [
        ("escaped.pdf", of("/Filter[/Fl#61teDecode/#46lateDecode]", &bomb)),
        ("indirect.pdf", pdf(&[("/Filter 6 0 R", &bomb), resources, ("[7 0 R 7 0 R]", b""), ("/FlateDecode", b"")])),
        ("array.pdf", of("/Filter[/FlateDecode/FlateDecode]", &bomb)),
        ("long.pdf", of(&long, &bomb)),
        ("stored.pdf", of("/Filter/FlateDecode", &stored)),
    ];
    for (name, document) in beside_a_good_one(&scratch, &files) {
        assert!(problems(&document).contains("内存超过上限"), "{name}: {document}");
    }
}

#[test]
fn the_pages_before_the_one_that_costs_too_much_are_kept_and_the_others_named() {
    let scratch = Scratch::new("hostile-kept");
    let bomb = repeated(b"    ", BOMB_MEGABYTES, &[]);
    let text = b"BT /F 12 Tf 50 700 Td (Total expense 921.96, of which 905.31) Tj ET".as_slice();
    let page = |content: u8| format!("<</Type/Page/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources 5 0 R>>");
    let (second, third) = (page(6), page(4));
    let resources: (&str, &[u8]) = ("<</Font<</F 7 0 R>>>>", b"");
    let font: (&str, &[u8]) = ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"");
    let one = pdf(&[("", text), resources, ("/Filter/FlateDecode", &bomb), font, (&second, b""), (&third, b"")]);
    let (from, to) = (b"[3 0 R]/Count 1", b"[3 0 R 8 0 R 9 0 R]/Count 3");
    let at = one.windows(from.len()).position(|bytes| bytes == from).unwrap();
    scratch.put("three.pdf", [&one[..at], to, &one[at + from.len()..]].concat());
    let read = run(&scratch, &["read", "three.pdf"]).ends_with(2);
    read.tells(&["“921.96”：不能确定", "第2—3页没有读：PDF"]);
}

#[test]
fn drawings_and_objects_inside_each_other_without_end_harm_no_other_document() {
    let scratch = Scratch::new("hostile-depth");
    let deep = "[".repeat(300_000);
    let dictionaries = "<</A ".repeat(10_000);
    let twice = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources 5 0 R";
    let resources: (&str, &[u8]) = ("<</XObject<</X 6 0 R/Y 7 0 R>>>>", b"");
    let files: [(&str, Vec<u8>); 5] = [
        ("chain.pdf", of_chain(51, "")),
        ("groups.pdf", of_chain(5_000, "/Group<</S/Transparency>>")),
        ("arrays.pdf", pdf(&[("", deep.as_bytes()), resources, (&deep, b"")])),
        ("dictionaries.pdf", pdf(&[("", dictionaries.as_bytes()), resources, (&dictionaries, b"")])),
        ("each-other.pdf", pdf(&[("", b"/X Do"), resources, (twice, b"/Y Do /Y Do"), (twice, b"/X Do /X Do")])),
    ];
    let all = beside_a_good_one(&scratch, &files);
    // Nobody knows what these draw.
    assert!(all.iter().all(|(_, document)| document["kind"] == "unknown" && document["figures"] == 0));
    for (name, document) in
        all.iter().filter(|(name, _)| ["chain.pdf", "groups.pdf", "each-other.pdf"].contains(&name.as_str()))
    {
        assert!(problems(document).contains("只读了一部分"), "{name}: {document}");
    }
}

#[test]
fn pages_that_cannot_be_drawn_are_shown_as_text_with_the_reason_and_the_report_is_written() {
    let scratch = Scratch::new("hostile-drawing");
    let text =
        b"q 500 0 0 700 0 0 cm /I Do Q BT /F 12 Tf 50 700 Td (Total expense 921.96, of which 905.31) Tj ET".as_slice();
    let resources: (&str, &[u8]) = ("<</Font<</F 7 0 R>>/XObject<</I 6 0 R>>>>", b"");
    let font: (&str, &[u8]) = ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"");
    let ccitt = |width: u32, columns: u32| {
        format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {width}/BitsPerComponent 1/ColorSpace/DeviceGray\
             /Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {columns}/Rows {columns}>>"
        )
    };
    let picture = |head: &str| pdf(&[("", text), resources, (head, &[0x55; 1_000]), font]);
    let group = "/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Group<</S/Transparency>>";
    let groups = "/I Do ".repeat(3_000);
    scratch.put("ccitt.pdf", picture(&ccitt(100_000, 100_000)));
    // What the picture says of itself is small, what its packing says is not.
    scratch.put("lying.pdf", picture(&ccitt(100, 100_000)));
    scratch.put("groups.pdf", pdf(&[("", groups.as_bytes()), resources, (group, b"0 0 600 900 re f"), font]));
    scratch.put("forms.pdf", of_chain(5_000, ""));
    scratch.put(
        "good.pdf",
        pdf(&[("", b"BT /F 12 Tf 50 700 Td (Total expense 921.96, of which 905.31) Tj ET"), resources, font, font]),
    );
    let files = ["ccitt.pdf", "lying.pdf", "groups.pdf", "forms.pdf", "good.pdf"];
    let arguments = [&["check", "--format", "html", "--out", "page.html"][..], &files].concat();
    run(&scratch, &arguments).ends_with(2);
    let pages: Vec<String> = (1..=5).map(|number| scratch.text(&format!("page_files/{number:04}.html"))).collect();
    let holds = |text: &str| pages.iter().any(|page| page.contains(text));
    assert!(holds("没有页面图的页：1（图片的点数超过上限）"));
    assert!(holds("没有页面图的页：1（绘制指令超过上限）"));
    assert!(pages[4].contains("src=\"data:image/png;base64,"), "the good page is drawn");
    assert!(
        pages.iter().all(|page| page.len() < 2_000_000) && scratch.text("page.html").contains("page_files/0005.html")
    );
}

/// Processes that this one has started.
#[cfg(target_os = "linux")]
fn children(process: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let lists = threads.map(|thread| std::fs::read_to_string(thread.path().join("children")).unwrap_or_default());
    lists.chain([list]).flat_map(|list| list.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_that_interprets_does_not_outlive_the_one_that_asked() {
    use std::path::Path;
    use std::process::Stdio;
    use std::thread::sleep;
    use std::time::Duration;

    let scratch = Scratch::new("hostile-orphan");
    // Minutes of work that draws nothing.
    let content = repeated(b"q Q ", 200, &[]);
    scratch.put("slow.pdf", pdf(&[("/Filter/FlateDecode", &content), ("<<>>", b"")]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    command.args(["check", "slow.pdf"]).current_dir(scratch.path("")).stdout(Stdio::null());
    let mut parent = command.spawn().unwrap();
    let mut child = None;
    while child.is_none() && parent.try_wait().unwrap().is_none() {
        child = children(parent.id()).first().copied();
        sleep(Duration::from_millis(5));
    }
    let child = child.expect("it asks a process");
    parent.kill().unwrap();
    parent.wait().unwrap();
    let there = format!("/proc/{child}/stat");
    let runs = || {
        let stat = std::fs::read_to_string(&there).unwrap_or_default();
        Path::new(&there).exists() && !stat.contains(") Z ")
    };
    let ended = (0..200).any(|_| {
        sleep(Duration::from_millis(50));
        !runs()
    });
    assert!(ended, "it still runs");
}
