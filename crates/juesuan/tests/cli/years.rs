//! Last year's package as the source of this year's changes.

use crate::scratch::Scratch;

/// Last year made from the example, this year with the same books moved by a year and one voucher larger.
fn two_years(name: &str) -> Scratch {
    let scratch = Scratch::with(name, "zengdu-2023");
    scratch.compile_json().ends_with(0);
    let package = scratch.text("out/package.json");
    std::fs::remove_dir_all(scratch.path("in/prior")).unwrap();
    scratch.put("in/prior/package.json", package);
    scratch.edit("in/department.toml", |text| text.replace("year = 2023", "year = 2024"));
    // 921.95698 万元 + 1.0055 万元: the prints differ by 1.00, the amounts by 1.01.
    scratch.edit("in/books/年度凭证.csv", |text| text.replace(",2023-", ",2024-").replace("9622.00", "19677.00"));
    scratch.edit("in/budget/三公经费预算.csv", |text| text.replace("2023,", "2024,"));
    // The evaluation speaks of its own year.
    std::fs::remove_dir_all(scratch.path("in/performance")).unwrap();
    scratch
}

#[test]
fn changes_are_computed_from_the_exact_amounts_of_last_years_package() {
    let scratch = two_years("years");
    let run = scratch.compile_json();
    assert!(matches!(run.exit, Some(0 | 1)), "{run}");
    let package = scratch.text("out/package.json");
    for sentence in ["2024年度收、支总计均为922.96万元", "与2023年度相比，收、支总计各增加1.01万元，增长0.1%"]
    {
        assert!(package.contains(sentence), "{sentence}: {run}");
    }
    let figures = scratch.json("out/package.json");
    let change = figures["figures"].as_array().unwrap().iter().find(|figure| {
        figure["measure"]["change"] == "上年" && figure["meanings"][0] == serde_json::json!({"item": "收入总计"})
    });
    assert_eq!(change.unwrap()["exact_fen"], 1_005_500);
}

#[test]
fn a_package_of_another_year_is_refused() {
    let scratch = two_years("wrong-year");
    scratch.edit("in/department.toml", |text| text.replace("year = 2024", "year = 2025"));
    scratch.compile_json().ends_with(2).tells(&["prior/package.json：这是 2023 年度的决算；上年应为 2024 年度"]);
}

#[test]
fn last_years_package_checked_beside_this_years_is_clean() {
    let scratch = two_years("beside");
    let _ = scratch.compile_json();
    // Its causes are not given: a package that says that it is a draft never ends well.
    let run = scratch.run(&["check", "out", "--prior", "in/prior/package.json"]).ends_with(2);
    run.tells(&["发现：错误 0", "这是草稿，不得公开"]);
}
