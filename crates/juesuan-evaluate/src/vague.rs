//! Targets that say too little: what an author should look at before the targets are approved.

use std::collections::BTreeMap;

use juesuan_catalog::template::Lack;
use juesuan_catalog::{PerformanceCatalog, Template, VagueWords};
use juesuan_model::{Number, Operator};
use juesuan_text::plain;

use crate::aim::Aim;
use crate::steps::digits;

/// An indicator as it is planned.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// 一级, 二级, 三级指标; what is not known is empty.
    pub path: [&'a str; 3],
    /// What is aimed at.
    pub aim: &'a Aim,
    /// Points.
    pub weight: Option<Number>,
}

/// What is vague about an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VagueKind {
    /// It has no name.
    Nameless,
    /// It has no value.
    Valueless,
    /// Its number has no unit.
    Unitless,
    /// Its value is a word where a number should stand, or one that nobody can measure.
    Wordy,
    /// The direction of its value contradicts its name.
    Direction,
    /// It has more of the points than all others together.
    Heavy,
    /// Another one has the same name.
    Double,
    /// The tree of indicators does not have its first or second level.
    Misplaced,
}

/// Something vague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vague {
    /// Position of the indicator in the form, from 0.
    pub line: usize,
    /// What.
    pub kind: VagueKind,
    /// For people: what stands there and what to do.
    pub message: String,
}

/// Everything vague in the indicators of one form, in their order.
pub fn vague(lines: &[Planned<'_>], catalog: &PerformanceCatalog) -> Vec<Vague> {
    let words = &catalog.vague;
    let mut out = Vec::new();
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    let all = lines.iter().try_fold(Number::ZERO, |sum, line| sum.plus(line.weight?));
    let says = &words.says;
    for (at, line) in lines.iter().enumerate() {
        let mut say = |kind, message| out.push(Vague { line: at, kind, message });
        let name = line.path[2].trim();
        if name.is_empty() {
            say(VagueKind::Nameless, told(&says.nameless, []));
        } else if let Some(first) = first_of.get(&plain(name)) {
            let message = told(&says.double, [("名称", name), ("第几", &(first + 1).to_string())]);
            say(VagueKind::Double, message);
        } else {
            first_of.insert(plain(name), at);
        }
        let levels = [(line.path[0], &words.first, "一级", ""), (line.path[1], &words.second, "二级", line.path[0])];
        for (word, known, level, above) in levels {
            if !word.trim().is_empty() && !known.contains(&plain(word)) {
                let listed = catalog.library.levels(above).join("、");
                let values = [("级别", level), ("名称", word.trim()), ("可以写", listed.as_str())];
                say(VagueKind::Misplaced, told(&says.misplaced, values));
            }
        }
        if let Some((kind, sentence)) = of_value(line, words) {
            say(kind, told(sentence, [(VALUE, line.aim.text.trim())]));
        }
        if let Some((word, sentence)) = of_direction(line, words) {
            say(VagueKind::Direction, told(sentence, [("词", word), (VALUE, line.aim.text.trim())]));
        }
        if let Some(message) = of_weight(line, all.filter(|_| lines.len() > 1), words) {
            say(VagueKind::Heavy, message);
        }
    }
    out
}

/// The name of the value in sentences.
const VALUE: &str = "指标值";

/// A sentence with its values.
fn told<const N: usize>(sentence: &Template, values: [(&str, &str); N]) -> String {
    let values: BTreeMap<&str, String> = values.map(|(name, value)| (name, value.to_owned())).into();
    sentence.text(&values, Lack::Word("")).unwrap_or_default()
}

fn of_value<'w>(line: &Planned<'_>, words: &'w VagueWords) -> Option<(VagueKind, &'w Template)> {
    let (aim, text) = (line.aim, plain(&line.aim.text));
    let says = &words.says;
    if text.is_empty() {
        return Some((VagueKind::Valueless, &says.valueless));
    }
    let counted = words.counted.contains(&plain(line.path[1]));
    if aim.is_number() {
        if aim.unit.is_empty() {
            return Some((VagueKind::Unitless, &says.unitless));
        }
        // 100% of what? A quantity is a number of things; a rate says in its name what it is of.
        let rate = words.rates.iter().any(|word| line.path[2].contains(word.as_str()));
        return (counted && aim.unit == "%" && !rate).then_some((VagueKind::Wordy, &says.share));
    }
    if counted {
        return Some((VagueKind::Wordy, &says.wordy));
    }
    words.empty.contains(&text).then_some((VagueKind::Wordy, &says.empty))
}

/// A lower bound, or an exact number, of what should be small: the word that says so, and what is said of it.
fn of_direction<'w>(line: &Planned<'_>, words: &'w VagueWords) -> Option<(&'w str, &'w Template)> {
    let name = plain(line.path[2]);
    let word = words.less_is_better.iter().find(|word| name.contains(word.as_str()))?;
    if words.except.iter().any(|except| name.contains(except.as_str())) {
        return None;
    }
    match line.aim.operator? {
        Operator::AtLeast | Operator::MoreThan => Some((word, &words.says.lower_bound)),
        Operator::Exactly => Some((word, &words.says.exact)),
        Operator::AtMost | Operator::LessThan | Operator::Between => None,
    }
}

fn of_weight(line: &Planned<'_>, all: Option<Number>, words: &VagueWords) -> Option<String> {
    let (weight, all) = (line.weight?, all?);
    let percent = weight.percent_of(all)?;
    let (weight, all) = (digits(weight), digits(all));
    let (share, most) = (format!("{}%", percent.digits(2)), format!("{}%", words.weight_percent));
    (percent > Number::whole(words.weight_percent))
        .then(|| told(&words.says.heavy, [("分值", &weight), ("合计", &all), ("占比", &share), ("上限", &most)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aim::aimed;
    use juesuan_catalog::Catalog;

    fn kinds(lines: &[([&str; 3], &str, i64)]) -> Vec<(usize, VagueKind)> {
        let performance = Catalog::load(&[]).unwrap().performance;
        let aims: Vec<Aim> = lines.iter().map(|(_, aim, _)| aimed(aim)).collect();
        let planned: Vec<Planned<'_>> = lines
            .iter()
            .zip(&aims)
            .map(|((path, _, weight), aim)| Planned { path: *path, aim, weight: Some(Number::whole(*weight)) })
            .collect();
        vague(&planned, &performance).into_iter().map(|vague| (vague.line, vague.kind)).collect()
    }

    const GOOD: ([&str; 3], &str, i64) = (["产出指标", "质量指标", "公文办结率"], "≥98%", 40);

    #[test]
    fn a_form_that_can_be_measured_is_not_vague() {
        let lines = [
            (["产出指标", "数量指标", "办理来文"], "≥2600件", 20),
            GOOD,
            (["效益指标", "社会效益指标", "政策知晓度"], "提高", 20),
            (["成本指标", "经济成本指标", "单次培训成本"], "≤2万元", 10),
            (["满意度指标", "服务对象满意度指标", "群众满意度"], "≥90%", 10),
            (["产出指标", "数量指标", "任务完成率"], "=100%", 10),
            (["效益指标", "经济效益指标", "运行成本降低率"], "≥5%", 10),
            (["", "", "立项规范性"], "规范", 5),
        ];
        assert_eq!(kinds(&lines), []);
    }

    #[test]
    fn each_kind_of_vagueness_is_named_on_its_line() {
        let one = |path: [&'static str; 3], aim: &'static str| {
            kinds(&[(path, aim, 10), GOOD, (["", "", "乙"], "健全", 30)])
                .into_iter()
                .map(|(_, kind)| kind)
                .collect::<Vec<_>>()
        };
        assert_eq!(one(["产出指标", "数量指标", ""], "≥5件"), [VagueKind::Nameless]);
        assert_eq!(one(["产出指标", "数量指标", "甲"], ""), [VagueKind::Valueless]);
        assert_eq!(one(["产出指标", "数量指标", "甲"], "≥5"), [VagueKind::Unitless]);
        assert_eq!(one(["产出指标", "数量指标", "甲"], "完成"), [VagueKind::Wordy]);
        assert_eq!(one(["产出指标", "数量指标", "编发信息"], "100%"), [VagueKind::Wordy]);
        assert_eq!(one(["产出指标", "质量指标", "甲"], "达标"), [VagueKind::Wordy]);
        assert_eq!(one(["产出指标", "时效指标", "办理时限"], "≥5天"), [VagueKind::Direction]);
        assert_eq!(one(["", "", "公用经费控制率"], "100%"), [VagueKind::Direction]);
        assert_eq!(one(["努力指标", "态度", "甲"], "≥5件"), [VagueKind::Misplaced, VagueKind::Misplaced]);
        assert_eq!(one(["产出指标", "质量指标", "公文 办结率"], "≥95%"), [VagueKind::Double]);
    }

    #[test]
    fn a_level_that_no_scheme_has_is_told_with_those_that_may_stand_there() {
        let performance = Catalog::load(&[]).unwrap().performance;
        let aim = aimed("≥5件");
        let said = |path| {
            let planned = [Planned { path, aim: &aim, weight: None }];
            vague(&planned, &performance).into_iter().map(|vague| vague.message).collect::<Vec<_>>()
        };
        let second = said(["效益", "社会满意度", "甲"]);
        assert!(second[0].contains("“社会满意度”") && second[0].contains("社会效益指标、生态效益指标"), "{second:?}");
        assert!(!second[0].contains("数量指标"), "{second:?}");
        let first = said(["成绩", "数量指标", "甲"]);
        assert!(first[0].contains("产出指标、成本指标、效益指标"), "{first:?}");
    }

    fn sign(operator: Operator) -> &'static str {
        match operator {
            Operator::AtLeast => "≥",
            Operator::AtMost => "≤",
            Operator::MoreThan => ">",
            Operator::LessThan => "<",
            Operator::Exactly | Operator::Between => "=",
        }
    }

    #[test]
    fn what_the_library_recommends_is_never_refused() {
        let performance = Catalog::load(&[]).unwrap().performance;
        for own in performance.library.iter() {
            let target = match own.operator {
                Some(operator) => format!("{}5{}", sign(operator), own.unit),
                None => own.usual.clone(),
            };
            let aim = aimed(&target);
            for name in std::iter::once(&own.name).chain(&own.aliases) {
                let path = [own.path[0].as_str(), own.path[1].as_str(), name.as_str()];
                let planned = [Planned { path, aim: &aim, weight: None }];
                let said: Vec<Vague> = vague(&planned, &performance);
                assert_eq!(said, [], "{}: {name} {target}", own.file);
                assert_eq!(aim.operator, own.operator, "{}: {name} {target}", own.file);
            }
        }
    }

    #[test]
    fn more_than_half_of_the_points_is_too_much_for_one_of_several() {
        let other = (["", "", "乙"], "健全", 39);
        assert_eq!(kinds(&[GOOD, other]), [(0, VagueKind::Heavy)]);
        assert_eq!(kinds(&[GOOD, (["", "", "乙"], "健全", 40)]), []);
        assert_eq!(kinds(&[GOOD]), []);
    }
}
