//! The examples in the repository are what the makers make, and their books say what was published.

#![expect(clippy::unwrap_used, reason = "a test stops where its own data is wrong")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use juesuan_simulate::profile::Profile;
use juesuan_simulate::{department, published};

/// Seed of the committed example; see `examples/make-examples.rs`.
const SEED: u64 = 2024;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

#[test]
fn the_books_of_zengdu_are_what_the_plan_makes() {
    assert_eq!(published::zengdu().unwrap().differences(&example("zengdu-2023")), Vec::<String>::new());
}

#[test]
fn the_consolidated_example_is_what_its_seed_makes_and_smaller_than_a_megabyte() {
    let mut folder = department::folder(&Profile::full(SEED));
    // The example's performance is written by people.
    folder.files.retain(|path, _| !path.contains("performance/"));
    assert_eq!(folder.differences(&example("consolidated")), Vec::<String>::new());
    assert!(folder.files.values().map(String::len).sum::<usize>() < 1_000_000);
    assert_ne!(folder, department::folder(&Profile::full(SEED + 1)));
}

/// Entries of a voucher file as columns by name.
fn entries(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines().map(fields);
    let header = lines.next().unwrap();
    lines.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// The fields of one line; only project names hold commas here.
fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            _ => out.last_mut().unwrap().push(c),
        }
    }
    out
}

fn fen(text: &str) -> i64 {
    if text.is_empty() { 0 } else { juesuan_model::Money::parse_yuan(text).unwrap().fen() }
}

#[test]
fn every_voucher_balances_and_the_year_closes_to_nothing() {
    for folder in [published::zengdu().unwrap(), department::folder(&Profile::full(SEED))] {
        let mut vouchers: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut flows: BTreeMap<(String, String), i64> = BTreeMap::new();
        for e in entries(&folder.files["books/年度凭证.csv"]) {
            let unit = e.get("单位名称").cloned().unwrap_or_default();
            let net = fen(&e["借方金额"]) - fen(&e["贷方金额"]);
            *vouchers.entry((unit.clone(), e["凭证号"].clone())).or_default() += net;
            if e["科目编码"].starts_with(['6', '7']) {
                *flows.entry((unit, e["科目编码"].clone())).or_default() += net;
            }
        }
        assert!(vouchers.len() > 100);
        assert_eq!(vouchers.iter().find(|(_, net)| **net != 0), None);
        assert_eq!(flows.iter().find(|(_, net)| **net != 0), None);
    }
}

/// Published figures in hundredths of 万元, from the vouchers of `zengdu-2023` alone.
#[test]
fn the_vouchers_of_zengdu_add_up_to_the_published_figures() {
    let folder = published::zengdu().unwrap();
    let all = entries(&folder.files["books/年度凭证.csv"]);
    let sum = |account: &str, want: &[(&str, &str)]| -> i64 {
        let own = all.iter().filter(|e| e["科目编码"].starts_with(account) && !e["摘要"].starts_with("年末结转"));
        let own = own.filter(|e| want.iter().all(|(column, start)| e[*column].starts_with(start)));
        let net: i64 = own.map(|e| fen(&e["借方金额"]) - fen(&e["贷方金额"])).sum();
        // Half up to 0.01 万元 = 10,000 分.
        (net.abs() + 5_000) / 10_000
    };
    const GENERAL: (&str, &str) = ("资金性质", "一般公共预算");
    const BASIC: (&str, &str) = ("支出性质", "基本支出");
    const PROJECT: (&str, &str) = ("支出性质", "项目支出");
    assert_eq!((sum("6", &[]), sum("7", &[])), (92_196, 92_196));
    assert_eq!((sum("6001", &[]), sum("66", &[])), (90_531, 1_665));
    assert_eq!((sum("7", &[BASIC]), sum("7", &[PROJECT])), (77_084, 15_112));
    assert_eq!((sum("7", &[GENERAL]), sum("7", &[GENERAL, BASIC])), (90_531, 75_419));
    for (code, printed) in [("201", 68_519), ("208", 11_183), ("210", 6_007), ("221", 4_822)] {
        assert_eq!(sum("7", &[GENERAL, ("支出功能分类", code)]), printed, "{code}");
    }
    for (code, printed) in [("2080501", 2_904), ("2080505", 7_276), ("2080506", 1_003)] {
        assert_eq!(sum("7", &[GENERAL, ("支出功能分类", code)]), printed, "{code}");
    }
    let personnel = [
        ("30101", 14_175),
        ("30102", 10_024),
        ("30103", 21_035),
        ("30108", 7_276),
        ("30109", 1_003),
        ("30110", 6_007),
        ("30112", 38),
        ("30113", 4_822),
        ("30199", 1_000),
        ("30302", 2_904),
        ("30399", 36),
    ];
    let office = [
        ("30201", 149),
        ("30202", 870),
        ("30206", 700),
        ("30207", 112),
        ("30209", 17),
        ("30211", 1_632),
        ("30215", 76),
        ("30227", 451),
        ("30228", 860),
        ("30229", 5),
        ("30231", 675),
        ("30239", 1_492),
        ("30299", 59),
    ];
    for (code, printed) in personnel.into_iter().chain(office) {
        assert_eq!(sum("7", &[GENERAL, BASIC, ("部门经济分类", code)]), printed, "{code}");
    }
    // The items of 公用经费 add up to 70.98 as printed; their total is 70.99.
    assert_eq!(office.iter().map(|(_, printed)| printed).sum::<i64>(), 7_098);
    assert_eq!(sum("7", &[GENERAL, BASIC, ("部门经济分类", "302")]), 7_099);
    let trip = sum("7", &[GENERAL, ("部门经济分类", "30212")]);
    let vehicles = sum("7", &[GENERAL, ("部门经济分类", "30231")]);
    assert_eq!((trip, vehicles, sum("7", &[PROJECT, ("部门经济分类", "30231")])), (633, 2_667, 1_992));
    let projects = [
        ("区政府研究室", 500),
        ("金融信用", 1_000),
        ("区政府接待用车", 2_000),
        ("政府办政府购买服务", 2_882),
        ("2023年初预留", 329),
        ("因公出国", 633),
        ("大兴调研之风", 1_800),
        ("区政府督查", 1_000),
        ("值班设备", 1_466),
        ("非法集资", 2_000),
        ("化解信访", 1_500),
    ];
    for (name, printed) in projects {
        assert_eq!(sum("7", &[("项目名称", name)]), printed, "{name}");
    }
    assert_eq!(projects.iter().map(|(_, printed)| printed).sum::<i64>(), 15_110);
}
