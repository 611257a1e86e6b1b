//! The running text of a document made from hand-made facts.
#![allow(clippy::unwrap_used, clippy::panic)]

mod made;

use juesuan_compose::{Composed, compose};
use juesuan_model::document::Block;
use juesuan_model::{Cell, Mark, Measure, Package, Statement};
use made::{Made, catalog, figures};

/// The text of a section, one line a block.
fn section(package: &Package, heading: &str) -> String {
    let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
    let mut lines = Vec::new();
    let mut inside = false;
    for block in blocks {
        match block {
            Block::Heading { level: 1, text, .. } => {
                inside = text.split_once('、').is_some_and(|(_, name)| name == heading)
            }
            Block::Heading { text, .. } if inside => lines.push(text.clone()),
            Block::Paragraph { runs, .. } if inside => lines.push(runs.iter().map(|run| run.text.as_str()).collect()),
            Block::Chart(chart) if inside => lines.push(format!("{}｜{}", chart.caption, chart.alternative)),
            _ => {}
        }
    }
    lines.join("\n")
}

fn has(package: &Package, heading: &str, words: &str) {
    let text = section(package, heading);
    assert!(text.contains(words), "{heading} 里没有“{words}”：\n{text}");
}

fn has_not(package: &Package, heading: &str, words: &str) {
    let text = section(package, heading);
    assert!(!text.contains(words), "{heading} 里不该有“{words}”：\n{text}");
}

#[test]
fn changes_are_told_by_their_sign_with_amount_rate_and_cause() {
    let package = Made::hubei().compose();
    has(
        &package,
        "收入支出决算总体情况说明",
        "2023年度收、支总计均为921.96万元。与2022年度相比，收、支总计各增加33.63万元，增长3.8%，主要原因是在职人员晋级增资。",
    );
    has(
        &package,
        "收入决算情况说明",
        "收入合计增加76.9万元，增长9.1%。其中：财政拨款收入905.31万元，占本年收入98.2%；上级补助收入0万元，占本年收入0%",
    );
    has(&package, "机关运行经费支出说明", "比年初预算数减少31.48万元，降低30.7%");
}

#[test]
fn what_does_not_change_is_told_as_level_and_asks_for_no_cause() {
    let mut made = Made::hubei();
    made.prior("收入总计", "921.96");
    made.prior("支出总计", "921.96");
    let package = made.compose();
    has(&package, "收入支出决算总体情况说明", "与2022年度相比，收、支总计持平。");
    has_not(&package, "收入支出决算总体情况说明", "主要原因");
    let level = package.claims.iter().any(|c| {
        matches!(c.statement, Statement::Level(_)) && c.place.section.as_deref() == Some("一、收入支出决算总体情况说明")
    });
    assert!(level);
}

#[test]
fn a_fall_is_told_as_a_fall_and_its_figures_carry_the_sign() {
    let mut made = Made::hubei();
    made.prior("收入总计", "1000");
    made.prior("支出总计", "1000");
    let package = made.compose();
    has(&package, "收入支出决算总体情况说明", "收、支总计各减少78.04万元，下降7.8%");
    let change = package.figures.iter().find(|f| {
        matches!(f.measure, Measure::Change(_)) && f.place.section.as_deref() == Some("一、收入支出决算总体情况说明")
    });
    assert_eq!(change.unwrap().cell.number().unwrap().digits(), "-78.04");
}

#[test]
fn there_is_no_growth_from_zero_and_no_rate_without_a_budget() {
    let package = Made::hubei().compose();
    has(&package, "财政拨款“三公”经费支出决算情况说明", "较上年增加6.33万元（上年无此项支出，不计算增长率）");
    has(
        &package,
        "财政拨款“三公”经费支出决算情况说明",
        "3.公务接待费全年预算为0万元，支出决算为0万元；与上年持平，两年均未发生。其中：",
    );
    has(
        &package,
        "财政拨款“三公”经费支出决算情况说明",
        "外宾接待支出0万元。2023年共接待来访团组0个，0人次（不包括陪同人员）。",
    );
    has_not(&package, "财政拨款“三公”经费支出决算情况说明", "主要是无");
    has(
        &package,
        "一般公共预算财政拨款支出决算情况说明",
        "行政单位离退休（项）。年初预算为0万元，支出决算为29.04万元，年初未安排预算，不计算完成率。",
    );
}

#[test]
fn there_is_no_share_of_nothing() {
    let package = Made::hubei().compose();
    has(&package, "政府采购支出说明", "授予中小企业合同金额0万元，其中：授予小微企业合同金额0万元。");
    has_not(&package, "政府采购支出说明", "占");
}

#[test]
fn what_does_not_exist_gets_the_sentence_for_none_and_a_claim() {
    let package = Made::hubei().compose();
    has(
        &package,
        "政府性基金预算财政拨款收入支出决算情况说明",
        "年初结转和结余0万元，本年收入0万元，本年支出0万元，年末结转和结余0万元。",
    );
    has(
        &package,
        "政府性基金预算财政拨款收入支出决算情况说明",
        "说明：本部门2023年度无政府性基金预算财政拨款收入支出情况。",
    );
    let absent =
        package.claims.iter().filter(|c| c.statement == Statement::Absent && c.place.section.is_some()).count();
    assert_eq!(absent, 3, "两个基金的收入、支出和国资的支出");
}

#[test]
fn a_missing_cause_is_marked_and_makes_a_draft() {
    let mut made = Made::hubei();
    made.narrative.cause.remove("收支总计.上年");
    let package = made.compose();
    let marks: Vec<&str> = package
        .document
        .parts
        .iter()
        .flat_map(|part| &part.blocks)
        .filter_map(|block| match block {
            Block::Paragraph { runs, .. } => Some(runs),
            _ => None,
        })
        .flatten()
        .filter(|run| run.mark == Mark::Missing)
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert!(marks[0].contains("收、支总计与上年相比变动的原因"), "{marks:?}");
    assert_eq!(package.document.draft_reasons.len(), 1);
    assert!(package.claims.iter().any(|c| matches!(c.statement, Statement::CauseMissing(_))));
}

#[test]
fn a_complete_input_is_no_draft_and_every_cause_has_its_place() {
    let made = Made::hubei();
    let Composed { package, problems, .. } = compose(made.sources(), catalog());
    assert_eq!(package.document.draft_reasons, Vec::<String>::new());
    let about_keys: Vec<_> = problems.iter().filter(|p| p.place.file.as_deref() == Some("narrative.toml")).collect();
    assert!(about_keys.is_empty(), "{about_keys:#?}");
}

#[test]
fn a_cause_without_a_place_is_reported() {
    let mut made = Made::hubei();
    made.narrative.cause.insert("没有这个".into(), "原因".into());
    let problems = compose(made.sources(), catalog()).problems;
    assert!(problems.iter().any(|p| p.message.contains("没有这个")), "{problems:#?}");
}

#[test]
fn lists_run_over_what_has_money_and_their_figures_add_up() {
    let package = Made::hubei().compose();
    has(&package, "一般公共预算财政拨款支出决算情况说明", "4.住房保障支出（类）48.22万元，占5.3%。");
    has(&package, "一般公共预算财政拨款基本支出决算情况说明", "退休费29.04万元、其他对个人和家庭的补助0.36万元。");
    has(&package, "一般公共预算财政拨款支出决算情况说明", "6.住房保障支出（类）住房改革支出（款）住房公积金（项）。");
    let text_sums: Vec<_> =
        package.sums.iter().filter(|sum| package.figure(sum.total).unwrap().place.section.is_some()).collect();
    assert!(text_sums.len() >= 12, "{}", text_sums.len());
    for sum in text_sums {
        let digits = |id| package.figure(id).unwrap().cell.number().unwrap().mantissa;
        let parts: i64 = sum.parts.iter().map(|part| digits(*part)).sum();
        let total = digits(sum.total);
        let place = &package.figure(sum.total).unwrap().place;
        assert!((total - parts).abs() <= i64::try_from(sum.parts.len()).unwrap(), "{total} ≠ {parts} {place:?}");
    }
}

#[test]
fn every_figure_stands_in_its_sentence_and_its_digits_in_a_run_of_their_own() {
    let package = Made::hubei().compose();
    let mut bound = 0;
    for block in package.document.parts.iter().flat_map(|part| &part.blocks) {
        let Block::Paragraph { runs, .. } = block else {
            continue;
        };
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        for (index, run) in runs.iter().enumerate() {
            let Some(id) = run.figure else { continue };
            bound += 1;
            assert!(run.text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-'), "{}", run.text);
            let unit = &runs[index + 1].text;
            assert!(["万元", "%", "个", "人次", "辆", "台（套）"].iter().any(|u| unit.starts_with(u)), "{unit}");
            let quote = package.figure(id).unwrap().place.quote.clone().unwrap();
            assert!(text.contains(&quote) && quote.contains(&run.text), "{quote}");
        }
    }
    assert!(bound > 180, "{bound}");
}

#[test]
fn the_four_charts_have_both_years_and_their_values_in_words() {
    let package = Made::hubei().compose();
    has(
        &package,
        "收入支出决算总体情况说明",
        "图1：收、支决算总计变动情况｜收入总计2022年度888.33万元，2023年度921.96万元；支出总计2022年度888.33万元",
    );
    has(
        &package,
        "收入决算情况说明",
        "图2：收入决算结构｜财政拨款收入905.31万元，占98.2%；其他收入16.65万元，占1.8%；",
    );
    let charts = package.document.parts.iter().flat_map(|p| &p.blocks).filter(|b| matches!(b, Block::Chart(_))).count();
    assert_eq!(charts, 4);
    let mut made = Made::hubei();
    made.forget_prior("收入总计");
    made.forget_prior("支出总计");
    let Composed { package, problems, .. } = compose(made.sources(), catalog());
    assert!(problems.iter().any(|p| p.message.contains("图1")), "{problems:#?}");
    has(&package, "收入支出决算总体情况说明", "请提供收、支总计的2022年度数");
}

#[test]
fn the_published_figures_stand_in_their_sections() {
    let package = Made::hubei().compose();
    for (section, measure, digits) in made::PUBLISHED {
        let found = figures(&package, section).iter().any(|(kind, text)| kind == measure && text == digits);
        assert!(found, "{section}：没有{measure} {digits}");
    }
}

#[test]
fn every_part_and_heading_stands_in_order() {
    let package = Made::hubei().compose();
    let titles: Vec<&str> = package.document.parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "第一部分 样县人民政府办公室概况",
            "第二部分 2023年度部门决算表",
            "第三部分 2023年度部门决算情况说明",
            "第四部分 其他需要说明的情况",
            "第五部分 名词解释",
        ]
    );
    assert_eq!(package.document.title, ["样县人民政府办公室", "2023年度部门决算"]);
    let headings = |part: usize| {
        let blocks = &package.document.parts[part].blocks;
        blocks.iter().filter(|b| matches!(b, Block::Heading { level: 1, .. })).count()
    };
    assert_eq!((headings(0), headings(1), headings(2)), (2, 9, 14));
    let glossary: Vec<String> = package.document.parts[4]
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { runs, .. } => runs.iter().map(|run| run.text.as_str()).collect(),
            _ => String::new(),
        })
        .collect();
    assert!(glossary[0].starts_with("（一）一般公共预算财政拨款收入：县级财政"), "{}", glossary[0]);
    assert!(
        glossary.contains(&"2.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。".to_owned())
    );
}

#[test]
fn shanghai_leaves_out_what_does_not_exist_and_keeps_two_decimals() {
    let package = Made::shanghai().compose();
    has(
        &package,
        "收入决算情况说明",
        "本年收入合计921.96万元，其中：财政拨款收入905.31万元，占98.19%；其他收入16.65万元，占1.81%。",
    );
    has(&package, "支出决算情况说明", "基本支出770.84万元，占83.61%；项目支出151.12万元，占16.39%。");
    has(&package, "一般公共预算财政拨款基本支出决算情况说明", "主要包括：基本工资、津贴补贴、奖金、");
    has(&package, "政府性基金预算财政拨款收入支出决算情况说明", "2023年度无政府性基金预算财政拨款收入和支出。");
    let table = package.document.parts[0].blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let row: Vec<&str> = table.unwrap().rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(row, ["1", "样县人民政府办公室（本级）", ""]);
    let headings = package.document.parts[2].blocks.iter();
    assert_eq!(headings.filter(|b| matches!(b, Block::Heading { level: 1, .. })).count(), 11);
}

#[test]
fn an_unknown_variant_is_named_with_those_that_exist() {
    let mut made = Made::hubei();
    made.department.variant = "atlantis".into();
    let problems = compose(made.sources(), catalog()).problems;
    assert!(problems[0].message.contains("hubei、shanghai"), "{problems:#?}");
}

#[test]
fn the_keys_of_a_variant_cover_what_its_sections_ask_for() {
    let keys = juesuan_catalog::section::keys::narrative_keys(catalog(), "hubei");
    for key in ["收支总计.上年", "年初预算.<编码>", "三公.出国任务", "绩效管理.资金管理", "名词.事业收入"]
    {
        assert!(keys.iter().any(|info| info.key == key), "{key}");
    }
    assert!(keys.iter().any(|info| info.fits("年初预算.2010301")));
    assert!(!keys.iter().any(|info| info.fits("年初预算.")));
}

#[test]
fn figures_of_the_text_are_those_of_the_tables() {
    let package = Made::hubei().compose();
    let said: Vec<_> = package
        .figures
        .iter()
        .filter(|f| f.measure == Measure::Amount && f.place.section.is_some() && f.place.table.is_none())
        .collect();
    let mut compared = 0;
    for figure in package.figures.iter().filter(|f| f.place.table.is_some() && f.place.section.is_none()) {
        for other in said.iter().filter(|other| other.meanings == figure.meanings) {
            let (Cell::Number(a), Cell::Number(b)) = (figure.cell, other.cell) else {
                continue;
            };
            compared += 1;
            assert_eq!(a, b, "{:?}", figure.meanings);
        }
    }
    assert!(compared > 50, "{compared}");
}

/// For people: `cargo test -p juesuan-compose --test narrate -- --nocapture the_whole_text` prints the document.
#[test]
fn the_whole_text_has_no_mark_of_the_sentence_language() {
    for made in [Made::hubei(), Made::shanghai()] {
        let package = made.compose();
        for part in &package.document.parts {
            println!("\n== {}", part.title);
            for block in &part.blocks {
                let text = match block {
                    Block::Paragraph { runs, .. } => runs
                        .iter()
                        .map(|run| match run.mark {
                            Mark::Missing => "（缺）",
                            _ => run.text.as_str(),
                        })
                        .collect(),
                    Block::Heading { text, .. } => text.clone(),
                    Block::Table(table) => format!("〔表〕{}", table.title),
                    Block::Chart(chart) => {
                        format!("〔图〕{}：{}", chart.caption, chart.alternative)
                    }
                };
                println!("{text}");
                assert!(!text.contains(['{', '}', '[', ']', '<', '>']), "{text}");
                for twice in ["。。", "，，", "；。", "，。", "：。"] {
                    assert!(!text.contains(twice), "{text}");
                }
            }
        }
    }
}
