//! Pages as they are found: without a cover, beside the end of something else, under the frame of a web site.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{DocumentKind, VariantBy};
use juesuan_recognize::{ReadDocument, document};

fn read(name: &str, text: &str) -> ReadDocument {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    document(&juesuan_read::pages_of(name, text.as_bytes()).unwrap(), &catalog)
}

fn unread(read: &ReadDocument) -> Vec<&str> {
    read.unread.iter().map(|unread| unread.text.as_str()).collect()
}

#[test]
fn what_stands_before_the_title_is_told_and_means_nothing() {
    let text = "支出总额的93.21%，同比减少12008.30元，下降2.15%；\n项目支出预算36500元。\n\
                清河县图书馆2021年度部门决算\n二、支出决算情况说明\n2021年度本年支出合计310.00万元。\n";
    let read = read("page.txt", text);
    assert_eq!((read.package.kind, read.package.entity.name.as_str()), (DocumentKind::Final, "清河县图书馆"));
    let meant = read
        .package
        .figures
        .iter()
        .filter(|figure| figure.meanings.iter().any(|means| means.coordinates().next().is_some()));
    assert_eq!(meant.count(), 1);
    assert_eq!(read.package.figures.len() + read.unread.len(), 5, "every number is told: {:?}", unread(&read));
}

#[test]
fn a_page_of_one_paragraph_is_what_it_speaks_of_if_a_figure_was_read() {
    let budget = read("a.txt", "2022年县本级“三公”经费支出预算为310万元，其中：公务接待费40万元。");
    assert_eq!((budget.package.kind, budget.package.entity.year), (DocumentKind::Budget, 2022));
    assert_eq!(budget.package.entity.variant_by, VariantBy::Nothing);
    let accounts = read("b.txt", "2018年县级“三公”经费支出决算96.40万元。与2017年相比，公务接待费减少1.20万元。");
    assert_eq!((accounts.package.kind, accounts.package.entity.year), (DocumentKind::Final, 2018));
    assert_eq!(read("c.txt", "关于2024年支出管理的通知，请于3月1日前报送。").package.kind, DocumentKind::Unknown);
}

#[test]
fn the_first_table_behind_the_title_is_read_and_the_frame_of_the_site_is_not() {
    let page = "<html><body><div>当前位置：首页 &gt; 信息公开 &gt; 财政预决算</div>\
        <table><tr><td>索引号：</td><td>X0-2025</td></tr><tr><td>发布机构：</td><td>清河县水利局</td></tr></table>\
        <p>清河县水利局2024年度部门决算</p><p>收入支出决算总表</p><p>单位：万元</p>\
        <table><tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>\
        <tr><td>一、一般公共预算财政拨款收入</td><td>81.00</td><td>十二、农林水支出</td><td>80.00</td></tr>\
        <tr><td>本年收入合计</td><td>81.00</td><td>本年支出合计</td><td>80.00</td></tr></table>\
        <div>建议使用1280×800分辨率浏览　点击数：4321</div></body></html>";
    let read = read("page.html", page);
    assert_eq!((read.package.kind, read.package.entity.year), (DocumentKind::Final, 2024));
    assert_eq!(read.package.figures.len(), 4, "{:?}", read.package.figures);
    assert!(read.unread.is_empty(), "{:?}", unread(&read));
}

#[test]
fn a_contents_list_without_its_heading_hides_nothing() {
    let text = "清河县地震局2023年度部门决算\n第一部分 清河县地震局概况\n第二部分 决算情况说明\n\
                第三部分 名词解释 第一部分 清河县地震局概况\n\
                一、收入支出决算总体情况说明\n2023年度收入支出总计96.50万元。\n";
    let read = read("page.txt", text);
    assert_eq!(read.package.document.contents.len(), 3);
    assert_eq!(read.package.figures.len(), 1);
}

#[test]
fn rows_of_a_table_that_came_as_lines_are_told_and_so_is_a_table_that_nobody_knows() {
    let rows = "某园2017年“三公”经费预算表\n单位：元\n项目 2016年执行数 2017年预算数\n一、支出合计   330000\n2、公务接待费   180000\n\
                3、公务用车费   150000\n4.公务用车保有量（辆）   2\n备注：以上为财政拨款。\n";
    assert_eq!(unread(&read("rows.txt", rows)), ["330000", "180000", "150000", "2"]);
    let below = "清河县2016年“三公”经费决算\n县本级“三公”经费决算310万元。\n年度\n合计\n接待费\n2015年\n350\n120\n2016年\n310\n90\n";
    assert_eq!(unread(&read("below.txt", below)), ["350", "120", "310", "90"]);
    let barred = "清河县统计局2016年“三公”经费预算\n费用 | 情况 | 金额 | 备注 |\n| | | 单位：万元 |\n甲 | 2.1 | 0 | 0 |\n乙 | 3 | 1.7 | 0 |\n\
                  2016年“三公”经费财政拨款预算1.70万元。\n";
    assert!(read("barred.txt", barred).problems.iter().any(|problem| problem.message.contains("不认识这张表")));
}

#[test]
fn below_a_note_a_sentence_that_begins_with_its_year_is_no_further_note() {
    let page = |below: &str| {
        format!(
            "<html><body><p>清河县水利局2024年度部门决算</p><p>收入支出决算总表</p><p>单位：万元</p>\
             <table><tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>\
             <tr><td>一、一般公共预算财政拨款收入</td><td>81.00</td><td>十二、农林水支出</td><td>81.00</td></tr>\
             <tr><td>本年收入合计</td><td>81.00</td><td>本年支出合计</td><td>81.00</td></tr></table>\
             <p>注：1.本表反映本单位收支。</p><p>2.金额按四舍五入取两位小数。</p>{below}</body></html>"
        )
    };
    let figures = |below: &str| read("page.html", &page(below)).package.figures.len();
    let without = figures("");
    assert_eq!(figures("<p>2024年度本年收入合计79.00万元，比上年增加1.00万元。</p>"), without + 2);
    assert_eq!(figures("<p>3.本表金额单位转换时可能存在尾差。</p>"), without, "a numbered note goes on with the notes");
}
