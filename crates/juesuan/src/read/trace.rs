//! `juesuan read --trace`: how a document was read, for people.

use juesuan_catalog::WordKind;
use juesuan_catalog::names::compared_with;
use juesuan_model::{Dimension, Meaning};
use juesuan_recognize::Trace;
use juesuan_recognize::document::Role;
use juesuan_recognize::document::{BlockTrace, Owner};
use juesuan_recognize::text::trace::{
    CameTo, Known, NumberTrace, ParagraphTrace, Reason, SentenceTrace, Source, Stage, TokenKind, TokenTrace, What,
};

use super::{measure_words, without_file};
use crate::terminal;

/// Longest text of a block that is shown whole, in characters.
const SHOWN: usize = 30;

/// Prints who reads which block, and how each sentence was read.
pub fn say(trace: &Trace) {
    terminal::say("各段由谁读");
    for block in &trace.blocks {
        terminal::say(format!("　{}　{}", owner(block), shown(block)));
    }
    for paragraph in trace.text.paragraphs.iter().filter(|paragraph| !paragraph.sentences.is_empty()) {
        terminal::say(format!("段　{}", headings(paragraph)));
        paragraph.sentences.iter().for_each(sentence);
    }
}

fn shown(block: &BlockTrace) -> String {
    let short: String = block.text.chars().take(SHOWN).collect();
    let more = if short.len() < block.text.len() { "…" } else { "" };
    without_file(&block.place, &format!("{short}{more}"))
}

fn owner(block: &BlockTrace) -> String {
    let who = match &block.owner {
        Owner::Heading => "标题".to_owned(),
        Owner::Section => "正文".to_owned(),
        Owner::Nobody(_) => "不读".to_owned(),
        Owner::Form(form) => format!("决算表 {form}"),
        Owner::Table => "目录里没有的表".to_owned(),
        Owner::Chart => "图".to_owned(),
        Owner::Units => "单位名单".to_owned(),
        Owner::Performance(role) => role_words(*role).to_owned(),
    };
    match &block.silent {
        Some(word) => format!("{who}（标题有“{word}”，不按正文读）"),
        None => who,
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Title => "绩效　标题",
        Role::Text => "绩效　文字",
        Role::Form => "绩效　自评表",
        Role::List => "绩效　项目清单",
        Role::Note => "绩效　表下说明",
        Role::Caption => "绩效　图题",
    }
}

fn headings(paragraph: &ParagraphTrace) -> String {
    let inner = paragraph.heading.as_ref().map(|heading| format!(" › {heading}")).unwrap_or_default();
    format!("{}{inner}", paragraph.section)
}

fn sentence(sentence: &SentenceTrace) {
    terminal::say(format!("　句　{}", without_file(&sentence.place, &sentence.text)));
    terminal::say(format!("　　句前　{}", known(&sentence.before)));
    let tokens: Vec<String> = sentence.tokens.iter().map(token).collect();
    terminal::say(format!("　　词　{}", tokens.join(" ")));
    sentence.numbers.iter().for_each(number);
}

fn known(known: &Known) -> String {
    let means = |all: &[Meaning]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
    let mut parts = vec![format!("标题 {}", known.base)];
    if !known.subject.is_empty() {
        parts.push(format!("上文所说 {}", means(&known.subject)));
    }
    if known.foreign {
        parts.push("上文说的是词表里没有的事".to_owned());
    }
    if !known.wholes.is_empty() {
        parts.push(format!("总体 {}", means(&known.wholes)));
    }
    match known.stage {
        Stage::Final => {}
        Stage::Budget(against) => parts.push(format!("阶段 {}", compared_with(against))),
        Stage::SomeBudget => parts.push("阶段 预算（没有说哪一种）".to_owned()),
    }
    parts.extend(known.budget.map(|against| format!("本节预算指 {}", compared_with(against))));
    parts.extend(known.against.map(|against| format!("与 {} 比", compared_with(against))));
    parts.extend(known.year.map(|year| format!("年度 {year}")));
    parts.join("　")
}

fn token(token: &TokenTrace) -> String {
    let kind = match token.kind {
        TokenKind::Number => "数",
        TokenKind::Year => "年",
        TokenKind::Function => "科目",
        TokenKind::Mark => return token.text.clone(),
        TokenKind::Ordinal => "序号",
        TokenKind::Unknown => "？",
        TokenKind::Word(kind) => word_kind(kind),
    };
    format!("{}〔{kind}〕", token.text)
}

fn word_kind(kind: WordKind) -> &'static str {
    match kind {
        WordKind::Subject => "名称",
        WordKind::Count => "数的是什么",
        WordKind::Stage => "阶段",
        WordKind::Up => "增",
        WordKind::Down => "减",
        WordKind::Level => "平",
        WordKind::Share => "占比",
        WordKind::Completion => "完成",
        WordKind::Than | WordKind::Difference | WordKind::Reaching => "比较",
        WordKind::Prior => "上年",
        WordKind::Part | WordKind::Division => "其中",
        WordKind::Within | WordKind::Area => "总体",
        WordKind::Cause => "原因",
        WordKind::Purpose => "用途",
        WordKind::Absent => "无",
        WordKind::And | WordKind::Plus | WordKind::Rest => "和",
        WordKind::Each => "均",
        WordKind::Respectively => "分别",
        WordKind::Project => "项目",
        WordKind::Glue => "虚词",
        WordKind::Other => "不算",
    }
}

fn number(number: &NumberTrace) {
    let came_to = match &number.came_to {
        CameTo::Figure { meanings, measure, .. } => {
            let meanings: Vec<String> = meanings.iter().map(ToString::to_string).collect();
            format!("{}　{}", meanings.join("；"), measure_words(measure))
        }
        CameTo::Performance(Some((meaning, measure))) => format!("绩效部分的数　{meaning}　{}", measure_words(measure)),
        CameTo::Performance(None) => "绩效部分的数".to_owned(),
        CameTo::Limit => "限额，不是数据".to_owned(),
        CameTo::Date => "日期或编号，不是数据".to_owned(),
        CameTo::Bare => "没有单位，也没有说数的是什么，不是数据".to_owned(),
        CameTo::Quiet => "工作成果或图中标注，不是决算的数".to_owned(),
        CameTo::Unread { why, unknown, foreign } => {
            let unknown = unknown.iter().map(|text| format!("；“{text}”不在词表中"));
            let foreign = foreign.then(|| "；前面说的是词表里没有的事".to_owned());
            format!("没有读懂　{why}{}", unknown.chain(foreign).collect::<String>())
        }
    };
    terminal::say(format!("　　数　{}　{came_to}", number.text));
    if let CameTo::Figure { reasons, .. } = &number.came_to {
        reasons.iter().for_each(|one| terminal::say(format!("　　　{}", reason(one))));
    }
}

fn reason(reason: &Reason) -> String {
    let what = match &reason.what {
        What::Coordinate(dimension, node) => format!("{} {node}", dimension_words(*dimension)),
        What::Measure => "量".to_owned(),
        What::Against => "比较对象".to_owned(),
        What::Unit => "计量单位".to_owned(),
    };
    let from = match reason.from {
        Source::Word => "词",
        Source::Whole => "其中所属的总体",
        Source::Heading => "标题",
        Source::Before => "本节前面说的预算",
        Source::Table => "本省表格的列",
        Source::Implied => "由其他口径推出",
        Source::Usual => "没有说，按通常",
    };
    if reason.words.is_empty() {
        format!("{what}　←　{from}")
    } else {
        format!("{what}　←　{from}“{}”", reason.words)
    }
}

fn dimension_words(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Item => "项目类别",
        Dimension::Stage => "阶段",
        Dimension::Year => "年度",
        Dimension::Fund => "资金",
        Dimension::Source => "来源",
        Dimension::Nature => "支出性质",
        Dimension::Function => "功能科目",
        Dimension::Economic => "经济科目",
        Dimension::Theme => "专题",
        Dimension::Unit => "单位",
        Dimension::Project => "项目",
    }
}
