use super::*;
use crate::aim::aimed;
use juesuan_catalog::Catalog;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| Catalog::load(&[]).unwrap())
}

fn profile(key: &str) -> &'static Profile {
    catalog().performance.profile(key).unwrap()
}

fn scored(aim: &str, reached: &str, weight: &str, method: Method, tier: &str) -> Scored {
    let (aim, reached) = (aimed(aim), aimed(reached));
    let line_of = Line {
        name: "甲",
        aim: &aim,
        reached: Some(&reached),
        weight: Number::parse(weight),
        method,
        tier,
        given: None,
    };
    line(&line_of, profile("central"))
}

fn told(scored: &Scored) -> (String, Met, &str) {
    (scored.points.map_or("?".to_owned(), |points| points.digits(4)), scored.met, scored.steps.as_str())
}

#[test]
fn points_follow_the_direction_of_the_target_and_say_how() {
    let cases = [
        ("≥2600件", "2831件", "5", Met::Met, "2831件≥2600件，达到指标值，得满分5分"),
        ("≥90%", "85%", "4.72", Met::Unmet, "85%<90%，5分×85÷90=4.72分"),
        ("≤15天", "18天", "4.17", Met::Unmet, "18天>15天（反向指标），5分×15÷18=4.17分"),
        ("≤15天", "15天", "5", Met::Met, "15天≤15天（反向指标），达到指标值，得满分5分"),
        ("10—15天", "12天", "5", Met::Met, "12天在10—15天之内，达到指标值，得满分5分"),
        ("10—15天", "8天", "4", Met::Unmet, "8天<10天（区间10—15天），5分×8÷10=4分"),
        ("10—15天", "20天", "3.75", Met::Unmet, "20天>15天（区间10—15天），5分×15÷20=3.75分"),
        ("≤0起", "0起", "5", Met::Met, "0起≤0起（反向指标），达到指标值，得满分5分"),
        ("≤0起", "1起", "0", Met::Unmet, "1起>0起（反向指标），得0分（满分5分）"),
        ("≤1万元", "5000元", "5", Met::Met, "5000元（0.5万元）≤1万元（反向指标），达到指标值，得满分5分"),
        ("≤-5%", "-3%", "3", Met::Unmet, "-3%>-5%（反向指标），5分×3÷5=3分"),
        ("≥80%", "0%", "0", Met::Unmet, "0%<80%，5分×0÷80=0分"),
    ];
    for (aim, reached, points, met, steps) in cases {
        let scored = scored(aim, reached, "5", Method::Ratio, "");
        assert_eq!(told(&scored), (points.to_owned(), met, steps), "{aim} {reached}");
    }
}

#[test]
fn what_cannot_be_compared_has_no_points_and_says_why() {
    for (aim, reached, why) in [
        ("≥90%", "90个", "单位不同"),
        ("≥90%", "", "没有完成值"),
        ("提高", "提高", "不是数字"),
        ("≥90%", "较高", "不是一个确定的数字"),
    ] {
        let scored = scored(aim, reached, "5", Method::Ratio, "");
        assert!(scored.points.is_none() && scored.met == Met::Unknown, "{aim} {reached}");
        assert!(scored.steps.contains(why), "{}", scored.steps);
    }
}

#[test]
fn a_form_without_points_still_says_what_was_reached() {
    let scored = scored("≥90%", "85%", "", Method::Ratio, "");
    assert_eq!(told(&scored), ("?".to_owned(), Met::Unmet, "85%<90%，未达到指标值"));
}

#[test]
fn all_or_nothing_knows_no_half() {
    let of = |aim, reached| scored(aim, reached, "5", Method::AllOrNothing, "");
    assert_eq!(of("≥90%", "89.9%").points, Some(Number::ZERO));
    assert_eq!(of("≥90%", "90%").points, Some(Number::whole(5)));
    assert_eq!(of("健全", "健全").points, Some(Number::whole(5)));
    assert_eq!(of("健全", "基本健全").points, None);
}

#[test]
fn degrees_give_the_upper_end_of_their_band_or_the_share_that_lies_in_it() {
    let of = |tier: &str| scored("提高", "有所提高", "10", Method::Tiers, tier);
    assert_eq!(told(&of("部分达成")), ("8".to_owned(), Met::Unmet, "部分达成并具有一定效果（80%—60%），10分×80%=8分"));
    assert_eq!(of("部分达成 70%").points, Some(Number::whole(7)));
    assert_eq!(told(&of("85%")).0, "8.5");
    assert_eq!((of("85%").met, of("70%").met), (Met::Met, Met::Unmet));
    assert!(of("部分达成 90%").steps.contains("应在80%到60%之间"));
    assert!(of("马马虎虎").points.is_none() && of("").points.is_none() && of("85").points.is_none());
    assert_eq!(scored("相符", "相符", "2", Method::Tiers, "").points, Some(Number::whole(2)));
}

#[test]
fn half_reached_is_worth_less_where_the_band_reaches_lower() {
    let aim = aimed("提高");
    let of = |key: &str| {
        let (weight, method) = (Some(Number::whole(10)), Method::Tiers);
        let own = Line { name: "甲", aim: &aim, reached: None, weight, method, tier: "部分达成 55%", given: None };
        line(&own, profile(key)).points
    };
    assert_eq!((of("hubei"), of("central")), (Some(number("5.5")), None));
}

#[test]
fn judged_points_lie_between_nothing_and_all() {
    let aim = aimed("提高");
    let of = |given: &str| {
        let (weight, method, given) = (Some(Number::whole(5)), Method::Judged, Number::parse(given));
        line(&Line { name: "甲", aim: &aim, reached: None, weight, method, tier: "", given }, profile("central"))
    };
    assert_eq!((of("4").points, of("4").met, of("5").met), (Some(Number::whole(4)), Met::Unmet, Met::Met));
    assert!(of("5.5").points.is_none() && of("-1").points.is_none() && of("").points.is_none());
}

#[test]
fn far_above_the_target_is_named_and_costs_points_only_where_the_profile_says_so() {
    let of = |profile: &Profile| {
        let (aim, reached) = (aimed("≥10次"), aimed("20次"));
        let (weight, method) = (Some(Number::whole(6)), Method::Ratio);
        line(&Line { name: "甲", aim: &aim, reached: Some(&reached), weight, method, tier: "", given: None }, profile)
    };
    let named = of(profile("central"));
    assert_eq!(named.points, Some(Number::whole(6)));
    assert!(named.steps.contains("为指标值的200%，超过130%"), "{}", named.steps);
    let mut strict = profile("central").clone();
    strict.far_over = strict.far_over.map(|over| juesuan_catalog::FarOver { deduct: true, ..over });
    assert_eq!(of(&strict).points, Some(number("3.9")));
    strict.far_over = None;
    assert!(!of(&strict).steps.contains("150"));
}

#[test]
fn execution_gives_points_in_proportion_and_none_of_nothing() {
    let yuan = |text: &str| Some(number(text));
    let hubei = profile("hubei");
    let part = execution(yuan("370000"), yuan("288200"), hubei);
    assert_eq!(told(&part), ("15.58".to_owned(), Met::Unmet, "28.82万元÷37万元=77.89%，20分×77.89%=15.58分"));
    let over = execution(yuan("370000"), yuan("380000"), hubei);
    let steps = "38万元÷37万元=102.7%，超过100%，按100%计，20分×100%=20分";
    assert_eq!(told(&over), ("20".to_owned(), Met::Met, steps));
    for (budget, executed) in
        [(Some(Number::ZERO), yuan("1")), (None, yuan("1")), (yuan("1"), None), (yuan("-1"), yuan("1"))]
    {
        let none = execution(budget, executed, hubei);
        assert!(none.points.is_none() && none.met == Met::Unknown && !none.steps.is_empty());
    }
}

#[test]
fn what_execution_leaves_bounds_the_total() {
    let bound = |executed: &str, budget: &str, weight: i64| {
        let rate = number(executed).percent_of(number(budget)).unwrap();
        highest_possible(rate, Number::whole(weight)).unwrap().digits(2)
    };
    assert_eq!(bound("28.82", "37", 20), "95.58");
    assert_eq!(bound("28.82", "37", 10), "97.79");
    assert_eq!(bound("18", "20", 20), "98");
    assert_eq!(bound("14.66", "15", 20), "99.55");
    assert_eq!(bound("16", "15", 20), "100");
}

#[test]
fn the_total_adds_what_is_printed_and_is_unknown_with_any_of_its_parts() {
    let third = || scored("≥3次", "1次", "1", Method::Ratio, "");
    assert_eq!(total(None, &[third(), third(), third()]), Some(number("0.99")));
    assert_eq!(total(None, &[third(), Scored::default()]), None);
    assert_eq!(total(None, &[]), None);
}

#[test]
fn grades_begin_at_their_points() {
    let of = |points: &str, variant: &str| grade(number(points), &catalog().performance, variant).map(str::to_owned);
    assert_eq!(of("90", "hubei").as_deref(), Some("优"));
    assert_eq!(of("89.99", "hubei").as_deref(), Some("良"));
    assert_eq!(of("75", "shanghai").as_deref(), Some("良"));
    assert_eq!(of("0", "hubei").as_deref(), Some("差"));
    assert_eq!(of("100.01", "hubei"), None);
}

#[test]
fn words_name_methods() {
    let words = &catalog().performance.methods;
    assert_eq!(Method::of("按比例", words), Some(Method::Ratio));
    assert_eq!(Method::of("三档", words), Some(Method::Tiers));
    assert_eq!(Method::of("掷骰子", words), None);
    assert_eq!((Method::usual(&aimed("≥1")), Method::usual(&aimed("提高"))), (Method::Ratio, Method::Tiers));
}

fn aim_of(sign: usize, low: i32) -> String {
    match sign {
        5 => format!("{low}—{}件", low + 10),
        _ => format!("{}{low}件", ["≥", ">", "", "≤", "<"][sign]),
    }
}

proptest! {
    #[test]
    fn points_are_never_below_zero_or_above_the_weight(sign in 0usize..6, low in 0i32..500, reached in -500i32..2000, weight in 0i32..50) {
        let scored = scored(&aim_of(sign, low), &format!("{reached}件"), &weight.to_string(), Method::Ratio, "");
        let points = scored.points.unwrap();
        prop_assert!(!points.is_negative() && points <= Number::whole(weight.into()), "{}", scored.steps);
    }

    #[test]
    fn more_of_the_good_and_less_of_the_bad_never_cost_points(sign in 0usize..5, low in 0i32..500, reached in 0i32..1000, more in 0i32..500) {
        let of = |value: i32| scored(&aim_of(sign, low), &format!("{value}件"), "10", Method::Ratio, "").points.unwrap();
        let (first, second) = (of(reached), of(reached + more));
        let ordered = if sign < 3 { first <= second } else { first >= second };
        prop_assert!(ordered);
    }

    #[test]
    fn what_is_met_has_all_points_and_what_has_all_points_of_many_is_met(sign in 0usize..6, low in 1i32..500, reached in 0i32..2000) {
        let scored = scored(&aim_of(sign, low), &format!("{reached}件"), "10", Method::Ratio, "");
        prop_assert!(scored.met != Met::Met || scored.points == Some(Number::whole(10)));
    }

    #[test]
    fn the_total_is_the_sum_of_the_points(weights in prop::collection::vec((1i32..30, 0i32..120), 1..12)) {
        let lines: Vec<Scored> =
            weights.iter().map(|(weight, reached)| scored("≥97%", &format!("{reached}%"), &weight.to_string(), Method::Ratio, "")).collect();
        let hundredths = |points: Number| points.printed(juesuan_model::Unit::Point, 2).unwrap().mantissa;
        let sum: i64 = lines.iter().map(|scored| hundredths(scored.points.unwrap())).sum();
        prop_assert_eq!(hundredths(total(None, &lines).unwrap()), sum);
    }
}
