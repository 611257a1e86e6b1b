//! Sentences as other provinces and other hands write them: own words around official labels, each with every figure that
//! stands in it. What is not listed must stay unread or be no figure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use juesuan_catalog::Catalog;
use juesuan_model::{Against, DocumentKind, Figure, Meaning, Measure, Place, Statement};
use juesuan_recognize::{EntityContext, Recognized, TextSection, text};

/// Section, sentence, figures as `meaning measure value`.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn read(catalog: &Catalog, kind: DocumentKind, heading: &str, paragraph: &str) -> Recognized {
    let entity = EntityContext { year: 2023, kind, variant: String::new(), ..EntityContext::default() };
    let section =
        TextSection { heading: heading.to_owned(), paragraphs: vec![(paragraph.to_owned(), Place::default())] };
    text(&[section], &entity, catalog)
}

fn told(figure: &Figure) -> String {
    let mut meanings: Vec<String> = figure.meanings.iter().map(Meaning::to_string).collect();
    meanings.sort();
    let measure = match &figure.measure {
        Measure::Amount => String::new(),
        Measure::Change(against) => format!(" 比{}", word(*against)),
        Measure::Growth(against) => format!(" 比{}增幅", word(*against)),
        Measure::Share { of } => format!(" 占[{of}]"),
        Measure::Completion(against) => format!(" 完成{}", word(*against)),
        Measure::Count => " 数量".to_owned(),
        Measure::Score => " 得分".to_owned(),
    };
    format!("{}{measure} {}", meanings.join("+"), figure.cell.number().unwrap())
}

fn word(against: Against) -> &'static str {
    match against {
        Against::PriorYear => "上年",
        Against::InitialBudget => "年初预算",
        Against::FullYearBudget => "全年预算",
    }
}

#[track_caller]
fn all(kind: DocumentKind, cases: &[Case]) {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut wrong = Vec::new();
    for (heading, sentence, expected) in cases {
        let read = read(&catalog, kind, heading, sentence);
        let told: Vec<String> = read.figures.iter().map(told).collect();
        if told != *expected {
            let unread: Vec<_> = read.unread.iter().map(|unread| (&unread.text, unread.reason)).collect();
            wrong.push(format!("{sentence}\n  read     {told:?}\n  expected {expected:?}\n  unread   {unread:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const OVERALL: &str = "一、收入支出决算总体情况说明";
const INCOME: &str = "二、收入决算情况说明";
const EXPENSE: &str = "三、支出决算情况说明";
const FISCAL: &str = "四、财政拨款收入支出决算总体情况";
const GENERAL: &str = "五、一般公共预算财政拨款支出决算情况";
const BASIC: &str = "六、一般公共预算财政拨款基本支出决算情况说明";
const FUND: &str = "八、政府性基金预算财政拨款收入支出决算情况";
const THREE: &str = "七、财政拨款“三公”经费支出决算情况说明";
const OTHER: &str = "十、其他重要事项的情况说明";

#[test]
fn totals_are_compared_in_the_words_of_any_province() {
    all(
        DocumentKind::Final,
        &[
            (
                OVERALL,
                "2023年度收入总计1,205.60万元、支出总计1,205.60万元，较上年各增长100.50万元，上升9.09%。",
                &[
                    "收入总计 1205.60万元",
                    "支出总计 1205.60万元",
                    "支出总计 比上年 100.50万元",
                    "支出总计 比上年增幅 9.09%",
                ],
            ),
            (
                OVERALL,
                "本年收入总计30万元，同比增加3万元，增长11.11%。",
                &["收入 30万元", "收入 比上年 3万元", "收入 比上年增幅 11.11%"],
            ),
            (
                OVERALL,
                "2023年度支出总计80.00万元。和上年相比减少20.00万元，降低20%。",
                &["支出总计 80.00万元", "支出总计 比上年 -20.00万元", "支出总计 比上年增幅 -20%"],
            ),
            (
                OVERALL,
                "收入总计1.2亿元，比2022年度上涨0.2亿元，涨幅20%。",
                &["收入总计 1.2亿元", "收入总计 比上年 0.2亿元", "收入总计 比上年增幅 20%"],
            ),
            (OVERALL, "2023年度收支总计均为５００．５０万元，与去年同期基本一致。", &["支出总计+收入总计 500.50万元"]),
            (OVERALL, "收入总计与支出总计均为3206500.00元。", &["支出总计+收入总计 3206500.00元"]),
            (OVERALL, "2023年收入总计420万，去年400万。", &["收入总计 420万元", "收入总计·2022 400万元"]),
        ],
    );
}

#[test]
fn income_and_expense_are_laid_out_kind_by_kind() {
    all(
        DocumentKind::Final,
        &[
            (
                INCOME,
                "本年收入合计100万元，其中：财政拨款收入90万元，占比90.00%；上级补助收入0万元，占比0%；其他收入10万元，占比重10%。",
                &[
                    "收入 100万元",
                    "收入·财政拨款 90万元",
                    "收入·财政拨款 占[收入] 90.00%",
                    "收入·上级补助收入 0万元",
                    "收入·上级补助收入 占[收入] 0%",
                    "收入·其他收入 10万元",
                    "收入·其他收入 占[收入] 10%",
                ],
            ),
            (
                INCOME,
                "1.一般公共预算财政拨款收入88.00万元，较2022年度决算数增加0.00万元，增长0%，主要原因是收入稳定。",
                &[
                    "收入·一般公共预算 88.00万元",
                    "收入·一般公共预算 比上年 0.00万元",
                    "收入·一般公共预算 比上年增幅 0%",
                ],
            ),
            (
                INCOME,
                "一般公共预算财政拨款收入和政府性基金预算财政拨款收入分别为60万元和40万元。",
                &["收入·一般公共预算 60万元", "收入·政府性基金 40万元"],
            ),
            (INCOME, "事业收入、经营收入、其他收入均为0万元。", &["收入·事业收入+收入·其他收入+收入·经营收入 0万元"]),
            (INCOME, "上级补助收入、附属单位上缴收入均为0。", &["收入·上级补助收入+收入·附属单位上缴收入 0万元"]),
            (
                EXPENSE,
                "本年支出合计50万元，其中：基本支出30万元，占60%；项目支出20万元，占40%；经营支出0万元，占0%。",
                &[
                    "支出 50万元",
                    "支出·基本支出 30万元",
                    "支出·基本支出 占[支出] 60%",
                    "支出·项目支出 20万元",
                    "支出·项目支出 占[支出] 40%",
                    "支出·经营支出 0万元",
                    "支出·经营支出 占[支出] 0%",
                ],
            ),
            (
                EXPENSE,
                "基本支出与项目支出分别为301.20万元、99.80万元。",
                &["支出·基本支出 301.20万元", "支出·项目支出 99.80万元"],
            ),
            (
                EXPENSE,
                "支出合计200万元，同上年相比，减少50万元，减幅20%。",
                &["支出 200万元", "支出 比上年 -50万元", "支出 比上年增幅 -20%"],
            ),
        ],
    );
}

#[test]
fn fiscal_money_is_read_by_fund() {
    all(
        DocumentKind::Final,
        &[
            (
                FISCAL,
                "2023年度财政拨款收入支出总计均为70万元，与2022年度相比各增加7万元，增长幅度11.11%。",
                &[
                    "支出总计·财政拨款+收入总计·财政拨款 70万元",
                    "支出总计·财政拨款+收入总计·财政拨款 比上年 7万元",
                    "支出总计·财政拨款+收入总计·财政拨款 比上年增幅 11.11%",
                ],
            ),
            (
                FISCAL,
                "政府性基金预算财政拨款收入5万元，较上年决算数增加1万元。",
                &["收入·政府性基金 5万元", "收入·政府性基金 比上年 1万元"],
            ),
            (FISCAL, "年初财政拨款结转和结余12.34万元。", &["年初结转和结余·财政拨款 12.34万元"]),
            (
                FUND,
                "政府性基金预算财政拨款年初结转和结余0万元，本年收入8万元，本年支出8万元，其中基本支出0万元，项目支出8万元，年末结转和结余0万元。",
                &[
                    "年初结转和结余·政府性基金 0万元",
                    "收入·政府性基金 8万元",
                    "支出·政府性基金 8万元",
                    "支出·政府性基金·基本支出 0万元",
                    "支出·政府性基金·项目支出 8万元",
                    "年末结转和结余·政府性基金 0万元",
                ],
            ),
        ],
    );
}

#[test]
fn completion_is_said_in_many_ways() {
    all(
        DocumentKind::Final,
        &[
            (
                GENERAL,
                "一般公共预算财政拨款支出年初预算为100万元，支出决算为110万元，完成年初预算的110%。",
                &[
                    "支出·年初预算·一般公共预算 100万元",
                    "支出·一般公共预算 110万元",
                    "支出·一般公共预算 完成年初预算 110%",
                ],
            ),
            (
                GENERAL,
                "年初预算数80万元，调整预算数90万元，决算数85.5万元，为调整预算的95%。",
                &[
                    "支出·年初预算·一般公共预算 80万元",
                    "支出·全年预算·一般公共预算 90万元",
                    "支出·一般公共预算 85.5万元",
                    "支出·一般公共预算 完成全年预算 95%",
                ],
            ),
            (
                GENERAL,
                "一般公共服务支出（类）财政事务（款）行政运行（项）：全年预算为20万元，支出决算为18万元，预算执行率90%。",
                &[
                    "支出·全年预算·一般公共预算·2010601 20万元",
                    "支出·一般公共预算·2010601 18万元",
                    "支出·一般公共预算·2010601 完成全年预算 90%",
                ],
            ),
            (
                GENERAL,
                "教育支出（类）支出决算为6.60万元，占年初预算的66%。",
                &["支出·一般公共预算·205 6.60万元", "支出·一般公共预算·205 完成年初预算 66%"],
            ),
            (
                GENERAL,
                "一般公共预算财政拨款支出决算比年初预算数增加10万元，增长12.5%。",
                &["支出·一般公共预算 比年初预算 10万元", "支出·一般公共预算 比年初预算增幅 12.5%"],
            ),
            (
                GENERAL,
                "一般公共服务支出（201类）财政事务（06款）行政运行（01项）支出决算9万元。",
                &["支出·一般公共预算·2010601 9万元"],
            ),
            (
                GENERAL,
                "“一般公共服务支出-财政事务-行政运行”科目9.00万元，主要用于单位运转。",
                &["支出·一般公共预算·2010601 9.00万元"],
            ),
            (
                GENERAL,
                "农林水支出和住房保障支出分别为12.00万元和3.50万元。",
                &["支出·一般公共预算·213 12.00万元", "支出·一般公共预算·221 3.50万元"],
            ),
        ],
    );
}

#[test]
fn basic_expense_names_its_economic_items() {
    all(
        DocumentKind::Final,
        &[
            (
                BASIC,
                "一般公共预算财政拨款基本支出66万元，其中：人员经费60万元，主要包括：基本工资30万元、津贴补贴20万元、会议费0万元；公用经费6万元。",
                &[
                    "支出·一般公共预算·基本支出 66万元",
                    "支出·一般公共预算·人员经费 60万元",
                    "支出·一般公共预算·基本支出·30101 30万元",
                    "支出·一般公共预算·基本支出·30102 20万元",
                    "支出·一般公共预算·基本支出·30215 0万元",
                    "支出·一般公共预算·公用经费 6万元",
                ],
            ),
            (
                BASIC,
                "人员经费、公用经费分别为7万元、3万元。",
                &["支出·一般公共预算·人员经费 7万元", "支出·一般公共预算·公用经费 3万元"],
            ),
        ],
    );
}

#[test]
fn the_three_public_expenses_are_read_with_their_counts() {
    all(
        DocumentKind::Final,
        &[
            (
                THREE,
                "“三公”经费财政拨款支出年初预算为10万元，支出决算为8万元，完成年初预算的80%，较上年减少1万元，下降11.11%。",
                &[
                    "支出·年初预算·三公经费 10万元",
                    "支出·三公经费 8万元",
                    "支出·三公经费 完成年初预算 80%",
                    "支出·三公经费 比上年 -1万元",
                    "支出·三公经费 比上年增幅 -11.11%",
                ],
            ),
            (
                THREE,
                "因公出国（境）费支出0万元，与上年无增减变化。全年因公出国（境）团组0个，累计0人次。",
                &["支出·因公出国（境）费 0万元", "团组·因公出国（境）费 数量 0", "人次·因公出国（境）费 数量 0"],
            ),
            (
                THREE,
                "公务用车购置费和公务用车运行维护费分别为18.00万元和6.50万元。",
                &["支出·公务用车购置费 18.00万元", "支出·公务用车运行维护费 6.50万元"],
            ),
            (
                THREE,
                "公务接待费2.2万元，占“三公”经费支出的27.5%，共接待国内来访团组30批次，250人次。",
                &[
                    "支出·公务接待费 2.2万元",
                    "支出·公务接待费 占[支出·三公经费] 27.5%",
                    "批次·国内接待 数量 30",
                    "人次·国内接待 数量 250",
                ],
            ),
            (
                THREE,
                "其中：公务用车购置费决算10万元，比年初预算压减2万元。",
                &["支出·公务用车购置费 10万元", "支出·公务用车购置费 比年初预算 -2万元"],
            ),
        ],
    );
}

#[test]
fn meetings_and_training_are_themes_of_their_own() {
    all(
        DocumentKind::Final,
        &[
            (
                "十、一般性支出情况",
                "2023年本部门会议费支出4.50万元，较上年增加0.50万元，增长12.5%；培训费支出2万元，与上年持平。",
                &[
                    "支出·会议费 4.50万元",
                    "支出·会议费 比上年 0.50万元",
                    "支出·会议费 比上年增幅 12.5%",
                    "支出·培训费 2万元",
                ],
            ),
            (
                "（二）培训费支出情况",
                "2023年培训费预算为3万元，支出决算为2.7万元。",
                &["支出·全年预算·培训费 3万元", "支出·培训费 2.7万元"],
            ),
            (
                "（三）会议费支出情况",
                "会议费年初预算1万元，支出决算1万元，完成年初预算的100%，决算数与上年持平。",
                &["支出·年初预算·会议费 1万元", "支出·会议费 1万元", "支出·会议费 完成年初预算 100%"],
            ),
        ],
    );
}

#[test]
fn running_costs_procurement_and_vehicles_are_read() {
    all(
        DocumentKind::Final,
        &[
            (
                OTHER,
                "2023年度机关运行经费支出33万元，比上年增支3万元，增长10%。",
                &["支出·机关运行经费 33万元", "支出·机关运行经费 比上年 3万元", "支出·机关运行经费 比上年增幅 10%"],
            ),
            (
                OTHER,
                "政府采购支出总额90万元，其中：政府采购货物支出20万元、政府采购工程支出0万元、政府采购服务支出70万元。授予中小企业合同金额45万元，占政府采购支出总额的50%，其中：授予小微企业合同金额9万元，占授予中小企业合同金额的20%。",
                &[
                    "支出·政府采购 90万元",
                    "支出·货物采购 20万元",
                    "支出·工程采购 0万元",
                    "支出·服务采购 70万元",
                    "支出·授予中小企业 45万元",
                    "支出·授予中小企业 占[支出·政府采购] 50%",
                    "支出·授予小微企业 9万元",
                    "支出·授予小微企业 占[支出·授予中小企业] 20%",
                ],
            ),
            (
                OTHER,
                "截至2023年12月31日，本单位共有车辆5辆，其中：机要通信用车1辆、应急保障用车2辆、其他用车2辆；单价100万元（含）以上设备0台（套）。",
                &[
                    "车辆 数量 5",
                    "车辆·机要通信用车 数量 1",
                    "车辆·应急保障用车 数量 2",
                    "车辆·其他用车 数量 2",
                    "设备 数量 0",
                ],
            ),
            (
                OTHER,
                "2023年安排购置车辆2辆，其中：执法执勤用车2辆；购置单价100万元（含）以上设备1台（套）。",
                &["购置车辆 数量 2", "购置车辆·执法执勤用车 数量 2", "购置设备 数量 1"],
            ),
        ],
    );
}

#[test]
fn digits_in_any_shape_are_one_number() {
    all(
        DocumentKind::Final,
        &[
            (EXPENSE, "支出合计１，２３４．５６万元。", &["支出 1234.56万元"]),
            // Separator or the number of a page: unread.
            (EXPENSE, "支出合计 1 234.56 万元。", &[]),
            (EXPENSE, "支出合计12,345,678.90元。", &["支出 12345678.90元"]),
            (EXPENSE, "支出合计 9 , 746 . 50 万 元。", &["支出 9746.50万元"]),
            (EXPENSE, "支出合计为人民币1500万元整。", &["支出 1500万元"]),
            (EXPENSE, "支出合计3.05亿元，较上年增长４．５％。", &["支出 3.05亿元", "支出 比上年增幅 4.5%"]),
        ],
    );
}

#[test]
fn numbers_that_are_no_figures_stay_none() {
    all(
        DocumentKind::Final,
        &[
            (OTHER, "根据财预〔2016〕143号和财办〔2023〕5号文件，于2024年9月10日公开。", &[]),
            (OTHER, "依据《预算法》第十四条、第92条，咨询电话021-52564588，邮编200333。", &[]),
            (OTHER, "办公用房建筑面积3万平方米，服务群众12万人次，绿化500亩。", &[]),
            (OTHER, "满意度达到95%以上，合格率不低于98%，项目完成率≥90%。", &[]),
            (EXPENSE, "单笔超过100万元的合同须经会议审议，每人补助500元/月，人均2万元。", &[]),
            (EXPENSE, "设备采购按不超过50万元控制，工期2023年1月1日至12月31日，覆盖10-20万元的项目。", &[]),
            (OTHER, "提高服务质量10%，减少接待批次3批。", &[]),
            (GENERAL, "实施第14个五年规划，第3季度完成率稳步上升，办件量增长2个百分点。", &[]),
            (OTHER, "数字化改造二期工程投资1200万元，其中公务接待费3万元。", &[]),
            (INCOME, "某某集团捐赠80万元。", &[]),
        ],
    );
}

#[test]
fn what_does_not_exist_is_a_claim_and_no_zero() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for (heading, sentence, meaning) in [
        (FUND, "本部门2023年度没有政府性基金预算财政拨款支出。", "支出·政府性基金"),
        (FUND, "2023年未发生政府性基金预算财政拨款支出。", "支出·政府性基金"),
        (THREE, "本年度未安排公务用车购置费。", "支出·公务用车购置费"),
        ("（二）培训费支出情况", "本年不涉及培训费支出。", "支出·培训费"),
        (THREE, "公务用车购置费本年未发生。", "支出·公务用车购置费"),
    ] {
        let read = read(&catalog, DocumentKind::Final, heading, sentence);
        assert!(read.figures.is_empty(), "{sentence}");
        let absent: Vec<String> = read
            .claims
            .iter()
            .filter(|claim| claim.statement == Statement::Absent)
            .flat_map(|claim| claim.meanings.iter().map(Meaning::to_string))
            .collect();
        assert_eq!(absent, [meaning], "{sentence}");
    }
}

#[test]
fn level_is_said_in_many_words() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for words in [
        "与上年持平",
        "较上年无增减变化",
        "与去年保持一致",
        "同上年相同",
        "与2022年相比未发生变化",
        "较上年度不变",
        "和上年相等",
        "与上年相比没有增减",
    ] {
        let read = read(&catalog, DocumentKind::Final, THREE, &format!("公务接待费2万元，{words}。"));
        let level: Vec<_> =
            read.claims.iter().filter(|claim| claim.statement == Statement::Level(Against::PriorYear)).collect();
        assert_eq!(level.len(), 1, "{words}: {:?}", read.claims);
        assert_eq!(level[0].meanings[0].to_string(), "支出·公务接待费", "{words}");
    }
}

#[test]
fn a_cause_in_a_sentence_of_its_own_belongs_to_the_change_before_it() {
    let catalog = Catalog::load(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let read = read(&catalog, DocumentKind::Final, EXPENSE, "支出合计5万元，比上年减少1万元。主要原因是：人员退休。");
    let causes: Vec<_> = read
        .claims
        .iter()
        .filter_map(|claim| match &claim.statement {
            Statement::Cause(against, text) => Some((claim.meanings[0].to_string(), *against, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(causes, [("支出".to_owned(), Against::PriorYear, "人员退休")]);
}

const NOTES: &str = "2023年部门预算编制说明";

#[test]
fn a_budget_speaks_of_the_budget_of_the_year_and_of_what_was_carried_out_before() {
    all(
        DocumentKind::Budget,
        &[
            (
                NOTES,
                "2023年，本部门收入预算60.00万元，其中：财政拨款收入60.00万元，比2022年预算增加5.00万元；事业收入0万元。",
                &["收入 60.00万元", "收入·财政拨款 60.00万元", "收入·财政拨款 比上年 5.00万元", "收入·事业收入 0万元"],
            ),
            (
                NOTES,
                "支出预算60.00万元，其中：财政拨款支出预算60.00万元，比2022年预算执行数减少4.00万元。财政拨款支出预算中，一般公共预算拨款支出预算60.00万元，比2022年预算减少4.00万元；政府性基金拨款支出预算0万元，与2022年预算持平。",
                &[
                    "支出 60.00万元",
                    "支出·财政拨款 60.00万元",
                    "支出·财政拨款 比上年 -4.00万元",
                    "支出·一般公共预算 60.00万元",
                    "支出·一般公共预算 比上年 -4.00万元",
                    "支出·政府性基金 0万元",
                ],
            ),
            (
                NOTES,
                "3. “一般公共服务支出（类）财政事务（款）行政运行（项）”21.00万元，主要用于机关运转。2022年当年预算执行数为20.00万元，2023年预算安排21.50万元，比2022年预算执行数增加5.00%。主要原因是：人员增加。",
                &[
                    "支出·2010601 21.00万元",
                    "支出·2022·2010601 20.00万元",
                    "支出·2010601 21.50万元",
                    "支出·2010601 比上年增幅 5.00%",
                ],
            ),
            (
                "七、一般公共预算当年拨款具体使用情况",
                "1.教育支出（类）2023年预算数为8万元，比2022年执行数减少2万元，下降20%。",
                &[
                    "支出·一般公共预算·205 8万元",
                    "支出·一般公共预算·205 比上年 -2万元",
                    "支出·一般公共预算·205 比上年增幅 -20%",
                ],
            ),
            (
                "一、2023年“三公”经费预算情况说明",
                "2023年“三公”经费预算数为6.60万元，比2022年预算减少0.40万元。其中：公务接待费1.60万元，与2022年预算持平。",
                &["支出·三公经费 6.60万元", "支出·三公经费 比上年 -0.40万元", "支出·公务接待费 1.60万元"],
            ),
            (
                "二、机关运行经费预算",
                "2023年本部门下属1家机关财政拨款的机关运行经费预算为13.28万元。",
                &["支出·机关运行经费 13.28万元"],
            ),
            (
                "三、政府采购预算情况",
                "2023年本部门政府采购预算34万元，其中：政府采购货物预算4万元、政府采购工程预算0万元、政府采购服务预算30万元。2023年本部门面向中小企业预留政府采购项目预算金额20万元，其中，预留给小型和微型企业的政府采购项目预算为12万元。",
                &[
                    "支出·政府采购 34万元",
                    "支出·货物采购 4万元",
                    "支出·工程采购 0万元",
                    "支出·服务采购 30万元",
                    "支出·面向中小企业预留 20万元",
                    "支出·面向小微企业预留 12万元",
                ],
            ),
            (
                "四、绩效目标设置情况",
                "编报绩效目标的项目11个，涉及项目预算资金26万元。",
                &["项目·绩效目标 数量 11", "支出·绩效目标 26万元"],
            ),
            (
                "五、国有资产占有使用情况",
                "2023年部门预算安排购置车辆1辆，其中：执法执勤用车1辆；部门预算安排购置单价100万元（含）以上设备（不含车辆）0台（套）。",
                &["购置车辆 数量 1", "购置车辆·执法执勤用车 数量 1", "购置设备 数量 0"],
            ),
            (NOTES, "2022年财政拨款支出执行数为55万元。", &["支出·2022·财政拨款 55万元"]),
            (NOTES, "支出预算60万元，比2023年预算增加5万元。", &["支出 60万元"]),
        ],
    );
}
