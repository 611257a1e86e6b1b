//! Writes all files of the fixture into a folder, to be looked at: set `JUESUAN_LOOK` to the folder.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

mod fixture;

use std::path::{Path, PathBuf};

use juesuan_model::Block;
use juesuan_write::fonts::FaceFiles;
use juesuan_write::{FontSource, Links, chart_png, chart_svg, docx, html, json, xlsx};

#[test]
fn files_for_the_eye_are_written_where_asked() {
    let Ok(folder) = std::env::var("JUESUAN_LOOK") else {
        println!("skipped: JUESUAN_LOOK is not set");
        return;
    };
    let folder = Path::new(&folder);
    let package = fixture::package();
    let fonts = FontSource::search(&[PathBuf::from("/usr/share/fonts")], FaceFiles::default());
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        if let Block::Chart(chart) = block {
            write(&format!("{}.svg", chart.key), chart_svg(chart, &package, "sans-serif").as_bytes());
            write(&format!("{}.png", chart.key), &chart_png(chart, &package, &fonts).unwrap());
        }
    }
    let links = Links {
        xlsx: Some("../决算.xlsx".into()),
        docx: Some("../决算.docx".into()),
        pdf: Some("../决算.pdf".into()),
        json: Some("../package.json".into()),
        ..Links::default()
    };
    for output in html(&package, &links).unwrap() {
        write(&format!("site/{}", output.path), &output.bytes);
    }
    write("package.json", &json(&package).unwrap());
    write("document.docx", &docx(&package, &fonts, &fixture::catalog()).unwrap());
    write("without-font.docx", &docx(&package, &FontSource::default(), &fixture::catalog()).unwrap());
    write("tables.xlsx", &xlsx(&package).unwrap());
}
