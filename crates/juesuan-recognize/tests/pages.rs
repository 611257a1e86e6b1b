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
