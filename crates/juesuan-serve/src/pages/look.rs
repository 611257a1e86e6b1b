//! The room in which the law is looked up: rules, codes, terms, indicators, and whether one's own catalogue is sound.
//!
//! - [`rules`] the list, and one rule; [`example`](mod@example) what its examples show
//! - [`codes`] the classifications; [`terms`] what words mean; [`indicators`] the library
//! - [`own`] a bureau's own catalogue

use std::sync::Arc;

use askama::Template;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::Html;
use axum::routing::get;
use axum::{Extension, Router};
use juesuan_catalog::{Code, IndicatorUse, UsualIndicator};
use juesuan_check::RulePage;
use juesuan_text::plain;
use serde::Deserialize;

use self::terms::Term;
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Visitor;
use crate::page::{Frame, Room, filled};

mod codes;
mod example;
mod indicators;
mod own;
mod rules;
mod terms;

/// The addresses of the room.
pub fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/look", get(home))
        .route("/look/rules", get(rules::list))
        .route("/look/rules/{code}", get(rules::show))
        .route("/look/codes", get(codes::list))
        .route("/look/terms", get(terms::list))
        .route("/look/indicators", get(indicators::list))
        .route("/look/indicators.csv", get(indicators::save))
        .route("/look/own", get(own::ask).post(own::judge).layer(DefaultBodyLimit::max(own::BYTES_MAX)))
}

/// Which page of the room is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Home,
    Rules,
    Codes,
    Terms,
    Indicators,
    Own,
}

/// Most results of each kind on the first page.
const FEW: usize = 6;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    words: String,
}

#[derive(Template)]
#[template(path = "look/home.html")]
struct Home<'c> {
    frame: Frame,
    tab: Tab,
    wanted: Wanted,
    rules: Vec<RulePage<'c>>,
    codes: Vec<&'c Code>,
    terms: Vec<Term<'c>>,
    indicators: Vec<&'c UsualIndicator>,
}

impl Home<'_> {
    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.codes.is_empty() && self.terms.is_empty() && self.indicators.is_empty()
    }
}

/// The first page: one field that looks everywhere.
async fn home(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let catalog = &desk.catalog;
    let mut page = Home {
        frame: Frame::new(Room::LookUp, &visitor),
        tab: Tab::Home,
        rules: Vec::new(),
        codes: Vec::new(),
        terms: Vec::new(),
        indicators: Vec::new(),
        wanted,
    };
    let words = Words::of(&page.wanted.words);
    if !words.is_empty() {
        page.rules = rules::found(catalog, &words);
        page.codes = codes::found(catalog, &page.wanted.words, None).into_iter().map(|(_, code)| code).collect();
        page.terms = terms::found(catalog, &words);
        page.indicators = indicators::found(catalog, &page.wanted.words, IndicatorUse::Both);
    }
    page.rules.truncate(FEW);
    page.codes.truncate(FEW);
    page.terms.truncate(FEW);
    page.indicators.truncate(FEW);
    filled(&page)
}

/// Words that were typed, parted by blanks: width of characters and letter case make no difference.
struct Words(Vec<String>);

impl Words {
    fn of(text: &str) -> Words {
        Words(text.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if each of them stands in one of the texts.
    fn stand_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        self.0.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

fn folded(text: &str) -> String {
    plain(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    #[test]
    fn every_word_has_to_stand_somewhere_however_it_is_written() {
        let words = Words::of("ＴＸ113　接待 ");
        assert!(words.stand_in(&["tx113", "每人次接待费"]));
        assert!(!words.stand_in(&["tx113", "每辆车"]));
        assert!(Words::of("　 ").is_empty() && Words::of("").stand_in(&[]));
    }

    #[tokio::test]
    async fn one_field_finds_rules_codes_terms_and_indicators() {
        let window = Window::open().await;
        let page = window.get("/look?words=%E4%BC%9A%E8%AE%AE").await;
        page.says(&["/look/codes?words=30215", "会议费", "绩效指标</h2>"]);
        window.get("/look?words=LW001").await.says(&["/look/rules/LW001"]);
        window.get("/look?words=%E6%9C%BA%E5%85%B3%E8%BF%90%E8%A1%8C%E7%BB%8F%E8%B4%B9").await.says(&["名词解释</h2>"]);
        window.get("/look?words=zzz").await.says(&["没有找到"]);
        window.get("/look?words=%3Cscript%3E").await.says(&["&#60;script&#62;"]);
    }

    #[tokio::test]
    async fn every_law_and_rule_has_a_page_with_its_examples_as_they_come_out() {
        let window = Window::open().await;
        for rule in juesuan_check::rules(&window.desk.catalog) {
            let page = window.get(&format!("/look/rules/{}", rule.code)).await;
            page.says(&[&format!("<h1>{}", rule.code)]);
            assert_eq!(page.text().matches("<article").count(), rule.examples.len(), "{}", rule.code);
        }
        window.get("/look/rules/tx113").await.says(&["每人次一千元", "程序判断", "10个", "国内接待"]);
        assert_eq!(window.get("/look/rules/ZZ999").await.status, axum::http::StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn the_list_of_rules_is_narrowed_by_words_and_severity() {
        let window = Window::open().await;
        let page = window.get("/look/rules?words=tx113&severity=notice").await;
        page.says(&["共 1 条", "/look/rules/TX113"]);
        window.get("/look/rules?words=tx113&severity=error").await.says(&["共 0 条", "没有这样的规则"]);
        window.get("/look/rules").await.says(&[&format!("共 {} 条", window.desk.catalog.rulebook.codes().count())]);
    }

    #[tokio::test]
    async fn indicators_are_found_and_saved_as_rows_for_the_sheet() {
        let window = Window::open().await;
        window.get("/look/indicators?words=%E6%BB%A1%E6%84%8F%E5%BA%A6").await.says(&["满意度"]);
        let saved = window.get("/look/indicators.csv?words=%E6%BB%A1%E6%84%8F%E5%BA%A6").await;
        assert!(saved.text().starts_with('\u{feff}') && saved.text().lines().count() > 1, "{}", saved.text());
    }

    #[tokio::test]
    async fn a_catalogue_that_was_sent_is_judged_with_file_and_line() {
        let window = Window::open().await;
        window.get("/look/own").await.says(&["webkitdirectory"]);
        let path = "本局/rules/TX113-cost-per-guest.toml";
        let sound = window.send_files("/look/own", &[(path, b"severity = \"warning\"\n")]).await;
        sound.says(&["目录没有差错"]);
        let faulty = window.send_files("/look/own", &[(path, b"severity = \"warning\"\nseverty = 1\n")]).await;
        faulty.says(&[
            "目录有 1 处差错",
            "本局/rules/TX113-cost-per-guest.toml",
            "<td class=\"amount\">2</td>",
            "severty",
        ]);
        let nothing = window.send_files("/look/own", &[]).await;
        assert_eq!(nothing.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
    }
}
