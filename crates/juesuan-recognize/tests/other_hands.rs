//! Documents that went through other hands: converters, mirrors, browsers, the clipboard. What cannot be put together for certain is
//! unread and never wrong.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::LazyLock;

use juesuan_catalog::Catalog;
use juesuan_model::{Cell, Dimension, DocumentKind, Figure, Measure};
use juesuan_recognize::ReadDocument;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}")));

fn read(name: &str, content: &str) -> ReadDocument {
    juesuan_recognize::document(&juesuan_read::pages_of(name, content.as_bytes()).unwrap(), &CATALOG)
}

/// The printed number of the amount that has this code, in a table.
fn coded<'r>(read: &'r ReadDocument, code: &str) -> Option<&'r Figure> {
    let mut figures = read.package.figures.iter();
    figures.find(|f| f.meanings.iter().any(|m| m.get(Dimension::Function) == Some(code)))
}

fn amount(read: &ReadDocument, item: &str, measure: &Measure) -> Vec<String> {
    let of = |f: &&Figure| f.measure == *measure && f.meanings.iter().any(|m| m.get(Dimension::Item) == Some(item));
    read.package.figures.iter().filter(of).filter_map(|f| f.cell.number()).map(|printed| printed.digits()).collect()
}

const HEAD: &str = "<tr><td colspan=2>项目</td><td rowspan=2>本年支出合计</td><td rowspan=2>基本支出</td><td rowspan=2>项目支出</td>\
    <td rowspan=2>上缴上级支出</td><td rowspan=2>经营支出</td><td rowspan=2>对附属单位补助支出</td></tr><tr><td>科目编码</td><td>科目名称</td></tr>";

fn row(code: &str, name: &str, numbers: [&str; 3]) -> String {
    let cells = numbers.map(|number| format!("<td>{number}</td>")).concat();
    format!("<tr><td>{code}</td><td>{name}</td>{cells}<td></td><td></td><td></td></tr>")
}

fn expenses(second: &str) -> ReadDocument {
    let first = [
        row("", "合计", ["90.00", "70.00", "20.00"]),
        row("213", "农林水支出", ["60.00", "40.00", "20.00"]),
        row("21302", "林业和草原", ["60.00", "40.00", "20.00"]),
        row("2130201", "行政运行", ["40.00", "40.00", ""]),
    ];
    let page = format!(
        "<html><body><p>青峰县林业局2023年度部门决算</p><h1>第二部分 决算表</h1><p>三、支出决算表</p><p>单位：万元</p>\
         <table>{HEAD}{}</table>{second}<p>四、其他说明</p></body></html>",
        first.concat()
    );
    read("a.html", &page)
}

#[test]
fn a_table_without_head_directly_below_a_table_goes_on_with_it() {
    let rest =
        [row("2130205", "森林资源培育", ["20.00", "", "20.00"]), row("221", "住房保障支出", ["30.00", "30.00", ""])];
    let read = expenses(&format!("<table>{}</table>", rest.concat()));
    let total = coded(&read, "221").and_then(|f| f.cell.number()).unwrap();
    assert_eq!(total.digits(), "30.00");
    assert_eq!(read.package.document.tables().count(), 1);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
}

#[test]
fn rows_that_cannot_be_put_below_the_others_make_the_sums_of_their_table_unreadable() {
    let read = expenses("<table><tr><td>2130205 森林资源培育</td><td>20.00</td><td>20.00</td></tr></table>");
    let unreadable =
        |id: &juesuan_model::FigureId| read.package.figure(*id).is_some_and(|figure| figure.cell == Cell::Unreadable);
    let down: Vec<_> = read.package.sums.iter().filter(|sum| sum.law == "sum" && sum.parts.len() > 1).collect();
    assert!(!down.is_empty() && down.iter().any(|sum| sum.parts.iter().any(unreadable)));
    assert!(read.problems.iter().any(|problem| problem.message.contains("下半部分")), "{:?}", read.problems);
}

#[test]
fn a_table_with_a_number_of_its_own_and_a_title_that_nobody_knows_is_not_the_table_of_that_number() {
    let page = "<html><body><p>青峰县林业局2023年度部门决算</p><h1>第二部分 决算表</h1><p>某项资金分布情况表</p><p>公开05表</p><p>单位：万元</p>\
        <table><tr><td>名目</td><td>甲</td><td>乙</td></tr><tr><td>一</td><td>1.20</td><td>3.40</td></tr>\
        <tr><td>二</td><td>1.30</td><td>3.50</td></tr></table></body></html>";
    let read = read("a.html", page);
    let table = read.package.document.tables().next().unwrap();
    assert_eq!((table.form.as_str(), table.title.as_str()), ("", "某项资金分布情况表"));
}

#[test]
fn traditional_characters_with_readings_are_read_as_simplified_ones() {
    let text = "2018年青峰縣林業局“三公”經(jīng)費決算情況說明\n一、“三公”經(jīng)費支出情況\n2018年青峰縣林業局財政撥款“三公”經費支出合計12.60萬元。其中：\
        因公出國（境）費0萬元；公務用車購置及運行維護費8.40萬元；公務接待費4.20萬元。";
    let read = read("a.txt", text);
    assert_eq!(read.package.entity.year, 2018);
    assert_eq!(read.package.entity.name, "青峰县林业局");
    let three: Vec<String> = read.package.figures.iter().filter_map(|f| f.cell.number()).map(|p| p.digits()).collect();
    assert_eq!(three, ["12.60", "0", "8.40", "4.20"]);
}

#[test]
fn paragraphs_that_are_single_lines_are_put_together_where_a_sentence_goes_on() {
    let page = "<html><body><p>青峰县林业局2023年度部门决算</p><p>第三部分 2023年度部门决算情况说明</p>\
        <p>一、收入支出决算总体情况说明</p><p>2023年度收入总计、支出总计均为86.40万元，与上年相比，收、支总计各增</p>\
        <p>加4.10万元，增长4.98%，主要原因是造林任务增加。</p>\
        <p>二、收入决算情况说明</p><p>本年收入合计80.00万元，其中：财政拨款收入</p><p>80.00万元，占100%。</p></body></html>";
    let read = read("a.html", page);
    assert!(read.unread.is_empty(), "{:?}", read.unread);
    assert_eq!(amount(&read, "收入总计", &Measure::Amount), ["86.40"]);
    let fiscal = amount(&read, "收入", &Measure::Amount);
    assert_eq!(fiscal, ["80.00", "80.00"]);
}

#[test]
fn a_page_of_paragraphs_keeps_its_paragraphs() {
    let page = "<html><body><p>青峰县林业局2023年度部门决算</p><p>第三部分 2023年度部门决算情况说明</p>\
        <p>一、收入决算情况说明</p><p>本年收入合计80.00万元，比上年增加2.00万元。</p><p>其中：</p><p>1. 财政拨款收入79.00万元</p>\
        <p>2. 其他收入1.00万元</p></body></html>";
    let read = read("a.html", page);
    let lines = read.package.document.parts.iter().flat_map(|part| &part.blocks).count();
    assert_eq!(lines, 5);
}

#[test]
fn a_table_of_rows_with_bars_in_a_text_is_read() {
    let text = "青峰县林业局2020年度“三公”经费支出决算情况说明\n一、一般公共预算财政拨款“三公”经费支出决算表\n单位：万元\n项 目 | 预 算 数 | 决 算 数 |\n\
        合 计 | 9.00 | 7.60 |\n因公出国（境）费 | 0 | 0 |\n公务接待费 | 3.00 | 2.10 |\n公务用车购置及运行维护费 | 6.00 | 5.50 |\n\
        其中：公务用车运行维护费 | 6.00 | 5.50 |\n公务用车购置费 | 0 | 0 |\n二、情况说明\n全年接待8批次。";
    let read = read("a.txt", text);
    let table = read.package.document.tables().next().unwrap();
    assert_eq!(table.form, "three-public");
    let printed: Vec<String> = read
        .package
        .figures
        .iter()
        .filter(|f| f.place.table.is_some())
        .filter_map(|f| f.cell.number())
        .map(|printed| printed.digits())
        .collect();
    assert_eq!(printed.len(), 12, "{printed:?}");
}

#[test]
fn a_note_below_an_instruction_that_was_left_in_belongs_to_its_table() {
    let page = "<html><body><p>青峰县林业局2023年度部门决算</p><h1>第二部分 决算表</h1><p>国有资本经营预算财政拨款支出决算表</p><p>单位：万元</p>\
        <table><tr><td colspan=2>项目</td><td colspan=3>本年支出</td></tr><tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>\
        <tr><td></td><td>合计</td><td></td><td></td><td></td></tr></table><p>没有此项支出的，保留该表并作说明。</p>\
        <p>说明：本部门2023年度无国有资本经营预算财政拨款支出。</p></body></html>";
    let read = read("a.html", page);
    let table = read.package.document.tables().next().unwrap();
    assert_eq!(table.notes.len(), 2, "{:?}", table.notes);
}

#[test]
fn a_text_that_breaks_off_inside_a_number_is_told_and_the_number_is_none() {
    let text = "青峰县林业局2023年度部门决算公开说明\n一、支出决算情况说明\n2023年度支出合计80.00万元，比上年增加2.00万元，增长2";
    let read = read("a.txt", text);
    assert!(read.problems.iter().any(|problem| problem.message.contains("“增长2”")), "{:?}", read.problems);
    assert_eq!(amount(&read, "支出", &Measure::Amount), ["80.00"]);
    let telephone =
        "青峰县林业局2023年度部门决算公开说明\n一、支出决算情况说明\n2023年度支出合计80.00万元。\n联系电话：0558-60";
    assert!(self::read("a.txt", telephone).problems.is_empty());
}

#[test]
fn income_of_the_year_that_prints_the_total_of_its_table_is_no_total() {
    let page = "<html><body><h1>青峰县林业局2023年度部门决算</h1><h2>第二部分 决算表</h2><p>收入支出决算总表</p><p>单位：万元</p>\
        <table><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr><tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>\
        <tr><td>本年收入合计</td><td>71.00</td><td>本年支出合计</td><td>70.00</td></tr>\
        <tr><td>年初结转和结余</td><td>2.00</td><td>年末结转和结余</td><td>3.00</td></tr>\
        <tr><td>总计</td><td>73.00</td><td>总计</td><td>73.00</td></tr></table>\
        <h2>第三部分 情况说明</h2><p>一、收入支出决算总体情况说明</p><p>2023年度本年收入合计73.00万元，本年支出合计73.00万元。</p></body></html>";
    let read = read("a.html", page);
    assert_eq!(amount(&read, "收入", &Measure::Amount), ["71.00", "73.00"]);
    assert_eq!(amount(&read, "支出", &Measure::Amount), ["70.00", "73.00"]);
}

#[test]
fn rows_on_the_next_page_of_a_text_go_on_with_their_table_where_its_total_leaves_no_other_column() {
    let text = |total: &str| {
        format!(
            "青峰县林业局2023年度部门决算\n第二部分 决算表\n          收入决算表\n                                    单位：万元\n\
             科目编码   科目名称      本年收入合计   财政拨款收入   其他收入\n           合计             90.00          {total}\n\
             213      农林水支出         60.00          60.00\n2130201  行政运行           60.00          60.00\n\
             \u{c}221       住房保障支出   30.00   30.00\n2210201   住房公积金     30.00   30.00\n第三部分 情况说明\n以上。"
        )
    };
    let told = |total: &str| {
        let read = read("a.txt", &text(total));
        let fiscal = read.package.figures.iter().filter(|f| {
            let mut meanings = f.meanings.iter();
            meanings.any(|m| m.get(Dimension::Function) == Some("2210201") && m.get(Dimension::Source).is_some())
        });
        fiscal.filter_map(|f| f.cell.number()).map(|printed| printed.digits()).collect::<Vec<_>>()
    };
    assert_eq!(told("90.00"), ["30.00"]);
    // Income of another kind may be that of the rows below.
    assert_eq!(told("60.00         30.00"), Vec::<String>::new());
}

#[test]
fn a_column_of_codes_below_a_heading_that_is_cut_is_known_by_its_codes() {
    let page = |code: &str| {
        format!(
            "<html><body><p>青峰县林业局2023年度部门决算</p><h1>第二部分 决算表</h1><p>支出决算表</p><p>单位：万元</p>\
             <table><tr><td>目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>\
             <tr><td colspan=2>合计</td><td>60.00</td><td>40.00</td><td>20.00</td></tr>\
             <tr><td>213</td><td>农林水支出</td><td>60.00</td><td>40.00</td><td>20.00</td></tr>\
             <tr><td>{code}</td><td>林业和草原</td><td>60.00</td><td>40.00</td><td>20.00</td></tr>\
             <tr><td>2130201</td><td>行政运行</td><td>40.00</td><td>40.00</td><td></td></tr></table></body></html>"
        )
    };
    assert!(coded(&read("a.html", &page("21302")), "2130201").is_some());
    assert!(coded(&read("a.html", &page("其中")), "2130201").is_none());
}

#[test]
fn a_workbook_of_tables_alone_is_of_final_accounts_by_the_titles_in_its_first_rows() {
    let table = |title: &str| {
        format!(
            "{title},,,\n部门：青峰县林业局,,,单位：万元\n收入,,支出,\n项目,决算数,项目,决算数\n五、事业收入,50.00,十二、农林水支出,55.00\n八、其他收入,5.00,,\n本年收入合计,55.00,本年支出合计,55.00\n"
        )
    };
    let final_accounts = read("a.csv", &table("收入支出决算总表"));
    assert_eq!(final_accounts.package.kind, DocumentKind::Final);
    assert_eq!(amount(&final_accounts, "收入", &Measure::Amount), ["50.00", "5.00", "55.00"]);
    assert_eq!(read("a.csv", &table("固定资产盘点表")).package.kind, DocumentKind::Unknown);
}

#[test]
fn headings_that_say_less_or_name_their_level_are_those_of_the_form() {
    let table = |code: &str, name: &str| {
        format!(
            "<html><body><p>青峰县林业局2024年部门预算</p><h1>第二部分 预算表</h1><p>部门支出总表</p><p>单位：元</p><table>\
             <tr><td colspan=2>功能科目</td><td rowspan=2>合计</td><td rowspan=2>基本支出</td><td rowspan=2>项目支出</td></tr>\
             <tr><td>{code}</td><td>{name}</td></tr><tr><td>213</td><td>农林水支出</td><td>600</td><td>400</td><td>200</td></tr>\
             <tr><td>21302</td><td>林业和草原</td><td>600</td><td>400</td><td>200</td></tr>\
             <tr><td>2130201</td><td>行政运行</td><td>600</td><td>400</td><td>200</td></tr>\
             <tr><td></td><td>合计</td><td>600</td><td>400</td><td>200</td></tr></table></body></html>"
        )
    };
    for (code, name) in
        [("科目编码", "科目名称"), ("支出功能分类科目编码", "功能分类科目名称（项）"), ("科目编码", "名称")]
    {
        let read = read("a.html", &table(code, name));
        assert!(coded(&read, "2130201").is_some(), "{code} {name}");
    }
}

#[test]
fn a_page_number_and_a_line_that_says_so_stand_between_the_parts_of_a_table() {
    let rest =
        [row("2130205", "森林资源培育", ["20.00", "", "20.00"]), row("221", "住房保障支出", ["30.00", "30.00", ""])];
    let read = expenses(&format!("<p>—7—</p><p>支出决算表（续）</p><table>{}</table>", rest.concat()));
    assert!(coded(&read, "221").is_some() && read.problems.is_empty(), "{:?}", read.problems);
}

#[test]
fn a_list_of_names_that_fills_its_lines_is_one_paragraph() {
    let sums = "2023年度收入总计86.40万元，支出总计86.40万元，与上年相比，各增加4.10万元，增长4.98%，主要原因是造林任务增加，人员增加，工资标准调整。";
    let list = "2023年度一般公共预算财政拨款基本支出86.40万元，其中：人员经费70.00万元，主要包括基本工资、津贴补贴、奖金、职工基本医疗保险\
        缴费、住房公积金、生活补助；公用经费16.40万元，主要包括办公费、印刷费、水费、电费、邮电费、差旅费、公务接待费、工会经费、福利费、公务\
        用车运行维护费、其他交通费用。";
    let lines = |text: &str| -> String {
        let chars: Vec<char> = text.chars().collect();
        chars.chunks(22).map(|line| format!("<p>{}</p>", line.iter().collect::<String>())).collect()
    };
    let (sums, list) = (lines(sums), lines(list));
    let page = format!(
        "<html><body><p>青峰县林业局2023年度部门决算</p><p>第三部分 情况说明</p><p>一、收入支出决算总体情况说明</p>{sums}<p>六、基本支出决算情况说明</p>{list}</body></html>"
    );
    let read = read("a.html", &page);
    let blocks = read.package.document.parts.iter().flat_map(|part| &part.blocks);
    let texts = blocks.filter(|block| matches!(block, juesuan_model::Block::Paragraph { .. })).count();
    assert_eq!(texts, 2, "{:?}", read.package.document.parts);
}

#[test]
fn a_sentence_that_ends_inside_of_brackets_ends_no_paragraph() {
    let first = "编报绩效目标的2023年度项目4个，涉及预算金额59.40万元，平均得分99.40分（其中，绩效评级为优的项目4个。";
    let chars: Vec<char> = first.chars().collect();
    let lines: Vec<String> = chars.chunks(chars.len().div_ceil(2)).map(|line| line.iter().collect()).collect();
    let text = format!(
        "青峰县林业局2023年度部门决算\n六、预算绩效管理情况\n{}\n绩效自评中共发现问题0个，已经完成整改的0个）。\n",
        lines.join("\n")
    );
    let read = read("a.txt", &text);
    let blocks = read.package.document.parts.iter().flat_map(|part| &part.blocks);
    let texts = blocks.filter(|block| matches!(block, juesuan_model::Block::Paragraph { .. })).count();
    assert_eq!(texts, 1, "{:?}", read.package.document.parts);
}

#[test]
fn empty_tables_that_call_themselves_a_form_to_be_filled_in_are_a_template() {
    let page = |note: &str, amount: &str| {
        format!(
            "<html><body><p>“三公”经费支出决算表</p><p>部门名称：　　单位：万元</p><table><tr><td>项目</td><td>预算数</td><td>决算数</td></tr>\
             <tr><td>合计</td><td></td><td>{amount}</td></tr><tr><td>1.因公出国（境）费</td><td></td><td></td></tr></table><p>{note}</p></body></html>"
        )
    };
    let kind = |note: &str, amount: &str| read("a.html", &page(note, amount)).package.kind;
    assert_eq!(kind("本套表为2023年度部门决算公开样式，由各部门填列。", ""), DocumentKind::Template);
    assert_eq!(kind("本套表为2023年度部门决算公开样式，由各部门填列。", "3.20"), DocumentKind::Final);
    assert_eq!(kind("2023年度部门决算公开。", ""), DocumentKind::Final);
}
