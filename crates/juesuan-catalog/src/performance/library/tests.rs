use std::collections::BTreeSet;

use super::*;
use crate::Catalog;

fn library() -> Library {
    Catalog::load(&[]).unwrap().performance.library
}

fn first(words: &str) -> String {
    library().search(words).first().map(|own| own.name.clone()).unwrap_or_default()
}

#[test]
fn every_indicator_names_a_known_method_and_what_is_computed_is_a_rate_or_a_count() {
    let catalog = Catalog::load(&[]).unwrap();
    let performance = &catalog.performance;
    let methods = &performance.methods;
    for own in performance.library.iter() {
        let words = [&methods.ratio, &methods.all_or_nothing, &methods.tiers];
        assert!(words.iter().any(|words| words.contains(&own.method)), "{}: {}", own.name, own.method);
        assert_eq!(own.direction == IndicatorDirection::Words, methods.tiers.contains(&own.method), "{}", own.name);
        let counted = || performance.counts.counts.iter().any(|count| count.names.contains(&own.computed));
        let known = own.computed.is_empty() || performance.rate(&own.computed).is_some() || counted();
        assert!(known, "{}: {}", own.name, own.computed);
        assert!(!own.evidence.is_empty() && !own.keywords.is_empty() && !own.fields.is_empty(), "{}", own.name);
    }
}

#[test]
fn the_direction_of_an_indicator_is_that_of_its_operator() {
    let contrary = |own: &&UsualIndicator| match own.direction {
        IndicatorDirection::More => !matches!(own.operator, Some(Operator::AtLeast | Operator::Exactly)),
        IndicatorDirection::Less => own.operator != Some(Operator::AtMost),
        IndicatorDirection::Words => own.operator.is_some(),
    };
    let library = library();
    let contrary: Vec<&str> = library.iter().filter(contrary).map(|own| own.name.as_str()).collect();
    assert!(contrary.is_empty(), "{contrary:?}");
}

#[test]
fn every_place_of_the_present_trees_has_indicators() {
    let library = library();
    for tree in library.trees().iter().filter(|tree| tree.key != "central-2020") {
        for level in &tree.level {
            for below in &level.below {
                let there = library.iter().any(|own| own.path[0] == level.name && own.path[1] == *below);
                assert!(there, "{}／{below}", level.name);
            }
        }
    }
}

#[test]
fn the_indicators_of_a_published_form_of_a_whole_department_are_there() {
    let published = "公用经费控制率 在职人员控制率 会议费控制 “三公”经费变动率 中长期规划相符性 工作计划健全性 \
        预算编制科学性 预算编制合理性 立项规范性 预算调整率 预算执行率 结转结余率 政府采购执行率 非税收入预算完成率 \
        事前绩效评估完成率 绩效目标合理性 绩效监控开展率 绩效评价覆盖率 评价结果应用率 资产管理制度健全性 资产管理规范性 \
        财务管理制度健全性 会计核算规范性 资金使用合规性 处理改制企业和破产终结企业遗留问题 改制企业职工满意度 \
        服务体制改革成效 行政管理体制改革成效 业务学习与培训完成率 干部队伍体系建设规划情况 高学历、高层次人才储备率 \
        信息化建设情况 提高群众满意度";
    let library = library();
    let missing: Vec<&str> = published.split_whitespace().filter(|name| library.get(name).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let places: BTreeSet<&str> = published
        .split_whitespace()
        .filter_map(|name| library.get(name))
        .inspect(|own| assert!(own.scope().serves(IndicatorUse::Whole), "{}", own.name))
        .map(|own| own.path[1].as_str())
        .collect();
    assert_eq!(places.len(), 13, "{places:?}");
}

#[test]
fn the_formula_of_a_computed_rate_is_the_official_one() {
    let catalog = Catalog::load(&[]).unwrap();
    let own = catalog.performance.library.get("预算调整率").unwrap();
    assert_eq!(own.point, catalog.performance.rate("预算调整率").unwrap().point);
}

#[test]
fn the_name_stands_before_other_names_and_these_before_keywords_and_explanations() {
    let library = library();
    let place = |own: &&UsualIndicator| {
        let within = |text: &String| text.contains("会议");
        if within(&own.name) {
            0
        } else if own.aliases.iter().any(within) {
            1
        } else {
            if own.keywords.iter().chain(&own.fields).any(within) { 2 } else { 3 }
        }
    };
    let places: Vec<u8> = library.search("会议").iter().map(place).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!((0..=3).all(|place| places.contains(&place)), "{places:?}");
    assert_eq!(first("办复率"), "建议提案办复率");
    assert_eq!(first("简报期数"), "编发政务信息（简报）期数");
}

#[test]
fn several_words_must_all_be_found() {
    let library = library();
    let both = library.search("会议　满意度");
    assert!(both.iter().any(|own| own.name == "参会人员满意度"));
    assert!(both.len() < library.search("会议").len());
    assert!(library.search("会议 火星").is_empty());
    assert_eq!(library.search(" ").len(), library.iter().count());
}

#[test]
fn quotation_marks_width_and_case_make_no_difference() {
    assert_eq!(first("三公经费变动率"), "“三公”经费变动率");
    assert_eq!(first("\"三公\"经费变动率"), "“三公”经费变动率");
    assert_eq!(first("档案(资料)可利用年限"), "档案（资料）可利用年限");
}

#[test]
fn a_faulty_record_is_named_with_all_its_faults() {
    let library = library();
    let mut own = library.get("预算调整率").unwrap().clone();
    own.path = ["产出".to_owned(), "星星".to_owned()];
    own.unit.clear();
    own.point.clear();
    let faults = library.faults(&own);
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults[0].1.contains("已属于指标“预算调整率”"), "{faults:?}");
}
