//! What is found in documents as they are read: lists in running text, the precision of what is printed, figures in each
//! other's places.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_check::{Named, Trial, check_all};
use juesuan_model::{Package, Severity};
use juesuan_write::report::{Teller, ToldFinding};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|p| panic!("{p:#?}")));

fn package(name: &str, content: &str) -> Package {
    juesuan_recognize::document(&juesuan_read::pages_of(name, content.as_bytes()).unwrap(), &CATALOG).package
}

fn all(files: &[(&str, &str)]) -> Vec<ToldFinding> {
    let packages: Vec<Package> = files.iter().map(|(name, content)| package(name, content)).collect();
    let named: Vec<Named<'_>> =
        files.iter().zip(&packages).map(|((file, _), package)| Named { file, package }).collect();
    let reports = check_all(&named, &CATALOG, &[], Trial::default());
    let told = packages.iter().zip(&reports).flat_map(|(package, report)| {
        let teller = Teller::new(&CATALOG, package, report, "");
        report.findings.iter().map(|finding| ToldFinding::new(finding, &teller)).collect::<Vec<_>>()
    });
    told.collect()
}

/// The findings of the five laws, and how grave they are.
fn laws(name: &str, content: &str) -> Vec<(Severity, String)> {
    let own = all(&[(name, content)]).into_iter().filter(|finding| finding.code.starts_with("LW"));
    own.map(|finding| (finding.severity, finding.message)).collect()
}

/// The same of all rules.
fn rules(name: &str, content: &str) -> Vec<(Severity, String)> {
    all(&[(name, content)]).into_iter().map(|finding| (finding.severity, finding.message)).collect()
}

/// One error of the laws, whose words have all of these.
#[track_caller]
fn one_error(name: &str, content: &str, words: &[&str]) {
    let found = laws(name, content);
    let [(Severity::Error, message)] = found.as_slice() else { panic!("{found:#?}") };
    for word in words {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[track_caller]
fn nothing(name: &str, content: &str) {
    let found = laws(name, content);
    assert!(found.iter().all(|(severity, _)| *severity == Severity::Notice), "{found:#?}");
}

const COVER: &str = "云溪县图书馆2022年度部门决算\n";

fn text(rest: &str) -> String {
    format!("{COVER}{rest}")
}

#[test]
fn kinds_that_a_text_lists_add_up_where_no_other_is_printed() {
    let list = "二、收入决算情况说明\n2022年本年收入合计431.60万元，其中：一般公共预算财政拨款收入388.20万元；\
                事业收入36.15万元；其他收入2.25万元。\n";
    one_error("a.txt", &text(list), &["431.60", "388.20"]);
    let other = format!("{list}三、其他\n上级补助收入5.00万元。\n");
    nothing("a.txt", &text(&other));
    nothing("a.txt", &text(&list.replace("其他收入2.25万元", "其他收入2.25万元；院校横向结算款5.00万元")));
    nothing("a.txt", &text(&list.replace("431.60", "426.60")));
}

#[test]
fn a_list_before_the_first_heading_is_added_up() {
    let list = "2022年度“三公”经费支出21.40万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费12.30万元\
                （公务用车购置费0万元、公务用车运行维护费12.30万元），公务接待费7.10万元。";
    one_error("a.txt", &format!("云溪县图书馆2022年度“三公”经费决算情况说明\n{list}"), &["21.40", "7.10"]);
}

#[test]
fn a_list_that_goes_on_with_what_is_no_part_is_not_added_up() {
    let list = "2022年度“三公”经费决算数合计为21.40万元，其中：因公出国（境）费1.20万元、公务用车购置及运行维护费9.30万元、\
                公务接待费4.10万元、会议费6.80万元。";
    nothing("a.txt", &format!("云溪县图书馆2022年度“三公”经费决算情况说明\n{list}"));
}

#[test]
fn fiscal_money_is_basic_or_project_expense() {
    let list = "一、一般公共预算财政拨款支出决算情况说明\n2022年度一般公共预算财政拨款支出310.00万元，\
                其中：基本支出190.00万元，项目支出100.00万元。\n";
    one_error("a.txt", &text(list), &["310.00", "20.00"]);
    nothing("a.txt", &text(&list.replace("100.00", "120.00")));
}

#[test]
fn classes_that_a_text_lists_add_up_where_no_other_is_printed() {
    let list = "一、一般公共预算财政拨款支出决算情况说明\n（一）总体情况。\n2022年度一般公共预算财政拨款支出310.00万元。\n\
                （二）结构情况。\n2022年度一般公共预算财政拨款支出310.00万元，主要用于以下方面：文化旅游体育与传媒支出（类）\
                200.00万元；社会保障和就业支出（类）60.00万元；住房保障支出（类）40.00万元。\n";
    one_error("a.txt", &text(list), &["310.00", "10.00"]);
    nothing("a.txt", &text(&format!("{list}（三）具体情况。\n卫生健康支出（类）10.00万元。\n")));
}

#[test]
fn what_was_spent_is_not_more_than_all_that_was_there() {
    let list = "（一）收入决算情况。2022年度，收入总计为306.2050万元，其中：\n1.财政拨款收入250.1050万元。\n\
                2.事业收入50.0000万元。\n3.上年结转和结余6.1000万元。\n（二）支出决算情况\n2022年度，本单位支出为\
                312.7050万元。其中：基本支出200.7050万元，项目支出112.0000万元。\n";
    one_error("a.txt", &text(list), &["312.7050", "306.2050"]);
}

#[test]
fn a_list_that_goes_on_is_no_more_than_its_total() {
    let list =
        "二、收入决算情况说明\n2022年本年收入合计431.60万元，其中：财政拨款收入388.20万元、事业收入36.15万元等。\n";
    nothing("a.txt", &text(list));
    one_error("a.txt", &text(&list.replace("431.60", "411.60")), &["388.20 + 36.15", "411.60"]);
}

/// A page with a budget's explanation and tables in 元.
fn budget(explanation: &str, rows: &[&str]) -> String {
    let head = "<tr><td colspan=\"4\">项目</td><td colspan=\"3\">一般公共预算支出</td></tr><tr><td colspan=\"3\">功能分类科目编码\
                </td><td rowspan=\"2\">功能分类科目名称</td><td rowspan=\"2\">合计</td><td rowspan=\"2\">基本支出</td>\
                <td rowspan=\"2\">项目支出</td></tr><tr><td>类</td><td>款</td><td>项</td></tr>";
    let cells =
        |row: &&str| row.split(' ').map(|cell| format!("<td>{}</td>", cell.trim_matches('-'))).collect::<String>();
    let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells(row))).collect();
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><p>上海市云溪区2025年区级部门预算</p><p>预算主管部门：上海市云溪区图书馆\
         </p><h1>2025年部门预算编制说明</h1>{explanation}<p>2025年部门一般公共预算支出功能分类预算表</p><p>编制部门：上海市云溪区\
         图书馆</p><p>单位：元</p><table border=\"1\">{head}{rows}</table></body></html>"
    )
}

#[test]
fn digits_that_are_cut_off_are_a_notice_and_whole_amounts_are_whole() {
    let items = |pension: &str| {
        format!(
            "<p>支出预算91.62万元，其中：财政拨款支出预算91.62万元，与2024年预算持平。</p><p>财政拨款支出主要内容如下：</p>\
             <p>1.“社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）”{pension}万元，主要用于退休人员经费支出。</p>\
             <p>2.“住房保障支出（类）住房改革支出（款）住房公积金（项）”60.00万元，主要用于缴纳住房公积金。</p>"
        )
    };
    let rows = [
        "208 - - 社会保障和就业支出 316,279.00 316,279.00 -",
        "208 05 - 行政事业单位养老支出 316,279.00 316,279.00 -",
        "208 05 01 行政单位离退休 316,279.00 316,279.00 -",
        "221 - - 住房保障支出 600,000.00 600,000.00 -",
        "221 02 - 住房改革支出 600,000.00 600,000.00 -",
        "221 02 01 住房公积金 600,000.00 600,000.00 -",
        "- - - 合计 916,279.00 916,279.00 -",
    ];
    let found = rules("a.html", &budget(&items("31.62"), &rows));
    assert!(found.iter().all(|(severity, _)| *severity > Severity::Error), "{found:#?}");
    assert!(found.iter().any(|(_, message)| message.contains("31.62")), "{found:#?}");
    let found = rules("a.html", &budget(&items("31.26"), &rows));
    assert!(found.iter().any(|(severity, _)| *severity == Severity::Error), "{found:#?}");
    // A total without 角 and 分 is one to the 元.
    let whole = rows.map(|row| row.replace("合计 916,279.00 916,279.00", "合计 916,279.00 916,279"));
    let cents = whole.map(|row| row.replace("316,279.00", "316,279.36").replace("916,279.00", "916,279.36"));
    nothing("a.html", &budget("", &cents.each_ref().map(String::as_str)));
}

#[test]
fn a_section_of_whole_amounts_is_not_held_to_the_decimals_of_another() {
    let rows = [
        "208 - - 社会保障和就业支出 12,742,310.00 12,742,310.00 -",
        "208 05 - 行政事业单位养老支出 12,742,310.00 12,742,310.00 -",
        "208 05 01 行政单位离退休 12,742,310.00 12,742,310.00 -",
        "- - - 合计 12,742,310.00 12,742,310.00 -",
    ];
    let explanation = "<p>支出预算1,274万元，其中：财政拨款支出预算1,274万元，比2024年预算减少31万元。财政拨款支出预算中，\
                       一般公共预算拨款支出预算1,274万元，比2024年预算减少31万元。</p><h1>其他相关情况说明</h1>\
                       <p>一、2025年“三公”经费预算情况说明</p><p>2025年“三公”经费预算数为3.20万元，与2024年预算持平。</p>";
    nothing("a.html", &budget(explanation, &rows));
    let wrong = explanation.replace("1,274万元", "1,278万元");
    assert!(laws("a.html", &budget(&wrong, &rows)).iter().any(|(severity, _)| *severity == Severity::Error));
}

#[test]
fn of_a_sum_the_figure_with_another_unit_is_blamed_and_one_that_is_nothing_is_not() {
    let list = "三、支出决算情况说明\n本年支出合计84.30万元，其中：基本支出84.30元，项目支出0万元，上缴上级支出0万元，\
                经营支出0万元，对附属单位补助支出0万元。\n";
    one_error("a.txt", &text(list), &["基本支出为84.30元", "应为84.30万元", "元与万元"]);
    let list = list.replace("84.30元，项目支出0万元", "60.20万元，项目支出25.10万元");
    let found = laws("a.txt", &text(&list));
    let [(Severity::Error, message)] = found.as_slice() else { panic!("{found:#?}") };
    assert!(message.contains("1.00万元") && !message.contains("应为-"), "{message}");
}

#[test]
fn last_years_amount_in_the_place_of_the_change_is_named_as_that() {
    let text = text(
        "二、支出决算情况说明\n项目支出96.50万元，较上年度决算数增加71.48万元，增长35.00%，主要是新开展古籍修复项目。\n",
    );
    one_error("a.txt", &text, &["应为25.02万元", "上年的数"]);
}

/// Accounts with one table in 万元: code, name, amount.
fn table(rows: &[(&str, &str, &str)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(code, name, amount)| {
            format!("<tr><td>{code}</td><td>{name}</td><td>{amount}</td><td>{amount}</td><td></td></tr>")
        })
        .collect();
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body><p>云溪县图书馆2022年度部门决算</p><h1>第二部分 2022年度部门决算表</h1>\
         <p>五、一般公共预算财政拨款支出决算表</p><p>单位：万元</p><table border=\"1\"><tr><td colspan=\"2\">项目</td>\
         <td rowspan=\"2\">合计</td><td rowspan=\"2\">基本支出</td><td rowspan=\"2\">项目支出</td></tr><tr><td>功能分类科目编码</td>\
         <td>科目名称</td></tr>{rows}</table></body></html>"
    )
}

const ROWS: [(&str, &str, &str); 10] = [
    ("207", "文化旅游体育与传媒支出", "212.00"),
    ("20701", "文化和旅游", "212.00"),
    ("2070104", "图书馆", "212.00"),
    ("208", "社会保障和就业支出", "46.50"),
    ("20805", "行政事业单位养老支出", "46.50"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "31.00"),
    ("2080506", "机关事业单位职业年金缴费支出", "15.50"),
    ("221", "住房保障支出", "23.40"),
    ("22102", "住房改革支出", "23.40"),
    ("2210201", "住房公积金", "23.40"),
];

#[test]
fn a_column_that_slid_by_a_row_is_one_error() {
    let mut rows = ROWS.to_vec();
    rows.push(("", "合计", "281.90"));
    nothing("a.html", &table(&rows));
    let amounts: Vec<&str> = rows.iter().map(|row| row.2).collect();
    let mut up = rows.clone();
    for (row, amount) in up.iter_mut().skip(3).zip(amounts.iter().skip(4).chain([&"23.40"])) {
        row.2 = amount;
    }
    one_error("a.html", &table(&up), &["上移一行", "46.50"]);
    let mut down = rows.clone();
    for (row, amount) in down.iter_mut().skip(3).zip(amounts.iter().skip(2)) {
        row.2 = amount;
    }
    one_error("a.html", &table(&down), &["下移一行", "46.50"]);
}

#[test]
fn two_rows_in_each_others_place_are_one_error() {
    let mut rows = ROWS.to_vec();
    rows.push(("", "合计", "281.90"));
    rows.swap(3, 7);
    let wrong: Vec<(&str, &str, &str)> = rows.iter().zip(ROWS).map(|(row, own)| (own.0, own.1, row.2)).collect();
    let wrong: Vec<_> = wrong.into_iter().chain([("", "合计", "281.90")]).collect();
    one_error("a.html", &table(&wrong), &["互换", "23.40", "46.50"]);
}

#[test]
fn a_unit_has_no_more_than_the_department_that_holds_it() {
    let department = "云溪区2026年区级部门预算\n预算主管部门：云溪区农业局\n云溪区农业局机构设置\n云溪区农业局部门预算是包括农业局本部\
                      以及下属1家预算单位的综合收支计划。具体包括：\n1.云溪区农业局（本部）\n2.云溪区种子站\n2026年部门预算编制说明\n\
                      支出预算96.20万元，其中：财政拨款支出预算96.20万元，与2025年预算持平。\n财政拨款支出主要内容如下：\n\
                      1、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）96.20万元。主要用于：缴纳住房公积金。2025年当年预算\
                      执行数为88.10万元，2026年预算安排96.20万元，比2025年预算执行数增加9.19%。主要原因是：缴费基数调整。\n";
    let unit = "云溪区2026年区级单位预算\n预算单位：云溪区农业局\n2026年单位预算编制说明\n支出预算70.40万元，其中：财政拨款支出预算\
                70.40万元，与2025年预算持平。\n财政拨款支出主要内容如下：\n1、住房保障支出（221类）住房改革支出（02款）住房公积金\
                （01项）70.40万元。主要用于：缴纳住房公积金。2025年当年预算执行数为91.30万元，2026年预算安排70.40万元，比2025年预算\
                执行数减少22.89%。主要原因是：缴费基数调整。\n";
    let linked = |unit: &str| {
        let found = all(&[("部门.txt", department), ("单位.txt", unit)]);
        found.into_iter().filter(|finding| finding.code == "LK107").map(|finding| finding.message).collect::<Vec<_>>()
    };
    let [message] = &linked(unit)[..] else { panic!("one finding") };
    assert!(message.contains("91.30") && message.contains("88.10"), "{message}");
    assert!(linked(&unit.replace("91.30", "81.30").replace("减少22.89%", "减少13.41%")).is_empty());
}

#[test]
fn a_table_whose_rows_do_not_fit_is_one_error() {
    let mut rows = ROWS.to_vec();
    rows.push(("", "合计", "281.90"));
    // From 208 on the amounts are those of two rows further down.
    let amounts: Vec<&str> = rows.iter().map(|row| row.2).chain(["11.20", "7.70"]).collect();
    for (row, amount) in rows.iter_mut().skip(3).zip(amounts.iter().skip(5)) {
        row.2 = amount;
    }
    one_error("a.html", &table(&rows), &["错行"]);
}

#[test]
fn budget_and_accounts_the_wrong_way_round_are_named() {
    let text = text(
        "一、一般公共预算财政拨款支出决算情况说明\n2022年度一般公共预算财政拨款支出年初预算为212.40万元，支出决算为\
                     187.90万元，完成年初预算的113.0%。\n",
    );
    one_error("a.txt", &text, &["互换", "212.40"]);
}

/// What is found about causes.
fn without_cause(rest: &str) -> usize {
    rules("a.txt", &text(rest)).iter().filter(|(_, message)| message.contains("没有写明原因")).count()
}

#[test]
fn the_cause_of_the_whole_stands_before_its_parts_or_before_what_is_said_again() {
    let whole = "2022年度“三公”经费支出合计9.20万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费6.00万元，公务接待费3.20万元。\
        “三公”经费较上年减少1.50万元。";
    let parts = "其中：公务用车购置及运行维护费较上年减少1.00万元；公务接待费较上年减少0.50万元。";
    assert_eq!(without_cause(&format!("{whole}主要是严控一般性支出。{parts}\n")), 0);
    assert!(without_cause(&format!("{whole}{parts}\n")) > 0);
    let again = "2022年度“三公”经费支出合计9.20万元，较年初预算数减少2.00万元，主要原因是馆内压减接待。全年支出比预算数有所减少。";
    assert_eq!(without_cause(&format!("{again}\n")), 0);
}

#[test]
fn a_section_of_whole_amounts_says_so_of_shorter_ones_beside_it() {
    let table = "<table><tr><td colspan=\"2\">收入</td><td colspan=\"2\">支出</td></tr>\
                 <tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>\
                 <tr><td>一、一般公共预算财政拨款收入</td><td>731.38</td><td>一、文化旅游体育与传媒支出</td><td>731.38</td></tr>\
                 <tr><td>本年收入合计</td><td>731.38</td><td>本年支出合计</td><td>731.38</td></tr>\
                 <tr><td>总计</td><td>731.38</td><td>总计</td><td>731.38</td></tr></table>";
    let page = |income: &str| {
        format!(
            "<p>云溪县图书馆2022年度部门决算</p><h2>第二部分 2022年度部门决算表</h2><p>收入支出决算总表</p><p>金额单位：万元</p>{table}\
             <h2>第三部分 2022年度部门决算情况说明</h2><p>一、收入支出决算总体情况说明</p>\
             <p>2022年度收入总计731万元，支出总计731万元，与上年相比各增加31万元。</p><p>二、收入决算情况说明</p>\
             <p>本年收入合计{income}万元。</p><p>三、“三公”经费支出情况</p><p>“三公”经费支出6.15万元。</p>"
        )
    };
    nothing("a.html", &page("731"));
    one_error("a.html", &page("737"), &["737", "731.38"]);
}

#[test]
fn rows_that_changed_places_are_named_where_only_a_part_exceeds_its_whole() {
    let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let table = |title: &str, head: &[&str], rows: &[[&str; 3]]| {
        let body: String = rows.iter().map(|[code, name, value]| row(&[code, name, value, value, "0.00"])).collect();
        format!("<p>{title}</p><p>金额单位：万元</p><table>{}{body}</table>", row(head))
    };
    let rows = |first: &'static str, second: &'static str| {
        [
            ["", "合计", "36.00"],
            ["208", "社会保障和就业支出", "36.00"],
            ["20805", "行政事业单位养老支出", "36.00"],
            ["2080505", "机关事业单位基本养老保险缴费支出", first],
            ["2080506", "机关事业单位职业年金缴费支出", second],
        ]
    };
    let all =
        table("支出决算表", &["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"], &rows("12.00", "24.00"));
    let general = table(
        "一般公共预算财政拨款支出决算表",
        &["科目编码", "科目名称", "小计", "基本支出", "项目支出"],
        &rows("24.00", "12.00"),
    );
    let page = format!("<p>云溪县图书馆2022年度部门决算</p><h2>第二部分 2022年度部门决算表</h2>{all}{general}");
    one_error("a.html", &page, &["互换", "24.00", "12.00"]);
}

#[test]
fn words_of_other_hands_raise_no_alarm() {
    // Whole 万元 beside 元, and beside an amount of another kind with decimals.
    let whole = "一、收入支出总体情况\n收入总计3,512万元，支出总计3,512万元。\n二、支出情况\n支出总计3,512.38万元。公务接待费0.75万元。\n";
    nothing("a.txt", &text(whole));
    one_error("a.txt", &text(&whole.replace("3,512.38", "3,519.38")), &["3512", "3519.38"]);
    // The amount of last year stands between the whole and its parts.
    let before = "二、收入决算情况说明\n本年收入合计91.40万元，上年为80.00万元，同比增加11.40万元，增长14.25%，其中：财政拨款收入91.40万元。\n";
    nothing("a.txt", &text(before));
    // 决算支出 below a heading that names the budget.
    let planned = "一、2022年度“三公”经费年初预算情况\n安排“三公”经费9.00万元。其中：公务接待费决算支出9.00万元。\n\
                   二、2022年度“三公”经费决算情况\n“三公”经费支出7.50万元，其中：公务接待费7.50万元。\n";
    nothing("a.txt", &text(planned));
    // Less than its budget by less than the print shows.
    let coarse = "九、“三公”经费支出决算情况说明\n公务接待费全年预算为0.08亿元，支出决算为0.08亿元，完成全年预算的93.61%，决算数小于全年预算数的主要原因是接待减少。\n";
    nothing("a.txt", &text(coarse));
}

#[test]
fn one_kind_with_money_beside_kinds_without_is_all_there_is() {
    let list =
        "二、收入决算情况说明\n本年收入合计64.80万元，其中：财政拨款收入61.80万元，事业收入0万元，其他收入0万元。\n";
    one_error("a.txt", &text(list), &["64.80", "61.80"]);
    nothing("a.txt", &text(&list.replace("64.80", "61.80")));
    nothing("a.txt", &text(&format!("{list}三、其他\n上级补助收入3.00万元。\n")));
    // Money of what has points of its own is no money of the accounts.
    let projects = "二、项目自评情况\n1.古籍修复项目自评得分97分，全年预算数为12万元，执行数为11万元。\n\
                    2.流动书车项目自评得分为99分，全年预算数为8万元，执行数为8万元。\n";
    nothing("a.txt", &text(projects));
    // Nobody has chosen the way of the change.
    nothing(
        "a.txt",
        &text("九、“三公”经费\n“三公”经费支出4.50万元，较上年增加（减少）0.50万元，增长（下降）10.00%。\n"),
    );
}

#[test]
fn an_amount_that_nobody_filled_in_is_one_finding() {
    let list = "十、政府采购支出情况说明\n2022年度政府采购支出总额147.90万元，其中：政府采购货物支出XX万元、政府采购工程支出0.00万元、\
                政府采购服务支出49.30万元。\n";
    nothing("a.txt", &text(list));
    let table = "<table><tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>\
                 <tr><td>合计</td><td></td><td>30.00</td><td>30.00</td><td></td></tr>\
                 <tr><td>208</td><td>社会保障和就业支出</td><td>20.00</td><td>20.00</td><td></td></tr>\
                 <tr><td>221</td><td>住房保障支出</td><td>10.00</td><td>10.00</td><td></td></tr></table>";
    let page = |housing: &str| {
        format!(
            "<html><head><meta charset=\"utf-8\"></head><body><p>云溪县图书馆2022年度部门决算</p><p>一般公共预算财政拨款支出决算表</p>\
             <p>部门：云溪县图书馆　金额单位：万元</p>{table}<h3>五、一般公共预算财政拨款支出决算情况说明</h3>\
             <p>2022年度一般公共预算财政拨款支出30.00万元，主要用于以下方面：社会保障和就业支出（类）20.00万元，占66.67%{housing}。</p></body></html>"
        )
    };
    let left_out =
        |housing: &str| rules("a.html", &page(housing)).iter().filter(|(_, m)| m.contains("没有列出")).count();
    assert_eq!(left_out("；住房保障支出（类）XX万元，占33.33%"), 0);
    assert_eq!(left_out(""), 1);
}
