//! What the sentences and tables of the bulletin may name, by the names that the catalogue uses.

use std::collections::BTreeMap;

use juesuan_catalog::{BulletinList, BulletinTopic};
use juesuan_model::Number;

use super::Bulletin;
use super::tally::{Documents, Motions, Tally, Task};

/// Digits behind the point of a percentage.
const DECIMALS: u8 = 2;

/// Name → what is printed. What is not known, and a number of zero in a sentence, has no entry.
pub type Values = BTreeMap<&'static str, String>;

/// Values that every sentence may name.
pub fn everywhere(bulletin: &Bulletin, entity: &str) -> Values {
    Values::from([
        ("单位", entity.to_owned()),
        ("年", bulletin.quarter.year().to_string()),
        ("季", bulletin.quarter.name()),
        ("季初", bulletin.quarter.first().in_words()),
        ("季末", bulletin.quarter.last().in_words()),
        ("日期", bulletin.date.in_words()),
        ("天数", bulletin.upcoming_days.to_string()),
    ])
}

/// Values of what a section is about; `None` if its register is not there.
pub fn about(bulletin: &Bulletin, topic: BulletinTopic) -> Option<Values> {
    match topic {
        BulletinTopic::Tasks => bulletin.tasks.as_ref().map(|tasks| totals(&tasks.total)),
        BulletinTopic::Documents => bulletin.documents.as_ref().map(documents),
        BulletinTopic::Motions => bulletin.motions.as_ref().map(motions),
    }
}

/// Values of each line of a list.
pub fn lines(bulletin: &Bulletin, list: BulletinList, nobody: &str) -> Vec<Values> {
    let Some(tasks) = &bulletin.tasks else { return Vec::new() };
    let listed = match list {
        BulletinList::Source => {
            let named = |(source, tally): &(String, Tally)| {
                let mut values = counted(tally);
                values.insert("名称", or(source, nobody));
                values
            };
            return tasks.by_source.iter().map(named).collect();
        }
        BulletinList::Owner => {
            let named = |((unit, person), tally): &((String, String), Tally)| {
                let mut values = counted(tally);
                values.insert("责任单位", or(unit, nobody));
                put(&mut values, "责任人", person);
                values
            };
            return tasks.by_owner.iter().map(named).collect();
        }
        BulletinList::Done => &tasks.done_now,
        BulletinList::Late => &tasks.done_late,
        BulletinList::Overdue => &tasks.overdue,
        BulletinList::Soon => &tasks.soon,
    };
    listed.iter().zip(1usize..).map(|(task, number)| one(task, number, nobody)).collect()
}

fn totals(tally: &Tally) -> Values {
    let mut values = Values::new();
    mark(&mut values, "没有事项", tally.all == 0);
    mark(&mut values, "没有逾期", tally.all > 0 && tally.overdue == 0);
    mark(&mut values, "尚有未办结", tally.done < tally.all);
    if tally.all > 0 {
        values.insert("总数", tally.all.to_string());
    }
    for (name, number) in [
        ("本季交办", tally.new),
        ("本季办结", tally.done_now),
        ("累计办结", tally.done),
        ("按期办结", tally.done_in_time),
        ("逾期办结", tally.done_late),
        ("逾期未办结", tally.overdue),
        ("未到期", tally.open),
        ("未定期限", tally.undated),
    ] {
        some(&mut values, name, number);
    }
    percent(&mut values, "办结率", share(tally.done, tally.all));
    values
}

/// Values of the line that adds up a list; `None` where nothing is counted.
pub fn total(bulletin: &Bulletin, list: BulletinList, word: &str) -> Option<Values> {
    let name = match list {
        BulletinList::Source => "名称",
        BulletinList::Owner => "责任单位",
        _ => return None,
    };
    let mut values = counted(&bulletin.tasks.as_ref()?.total);
    values.insert(name, word.to_owned());
    values.insert("责任人", String::new());
    Some(values)
}

/// A line of a table: here zero is printed in the table and left out in the sentence.
fn counted(tally: &Tally) -> Values {
    let mut values = totals(tally);
    values.insert("交办", tally.all.to_string());
    values
}

/// Numbers of zero, which a table prints.
pub fn with_zeros(values: &Values) -> Values {
    let mut values = values.clone();
    for name in ["本季办结", "累计办结", "按期办结", "逾期办结", "逾期未办结", "未到期", "未定期限"]
    {
        values.entry(name).or_insert_with(|| "0".to_owned());
    }
    values
}

fn one(task: &Task, number: usize, nobody: &str) -> Values {
    let mut values = Values::from([
        ("序号", number.to_string()),
        ("事项", task.item.clone()),
        ("责任单位", or(&task.owner_unit, nobody)),
    ]);
    put(&mut values, "来源", &task.source);
    put(&mut values, "责任人", &task.owner);
    for (name, day) in [("交办日期", task.given), ("完成期限", task.due), ("办结日期", task.done)] {
        if let Some(day) = day {
            values.insert(name, day.in_words());
        }
    }
    if let Some(days) = task.late {
        values.insert("天数", days.abs().to_string());
    }
    values
}

fn documents(documents: &Documents) -> Values {
    let mut values = Values::new();
    mark(&mut values, "没有公文", documents.all == 0);
    mark(&mut values, "没有限时", documents.limited == 0);
    for (name, number) in [
        ("总件数", documents.all),
        ("限时件数", documents.limited),
        ("按时件数", documents.in_time),
        ("迟办件数", documents.late),
        ("超时未办件数", documents.overdue),
        ("在办件数", documents.open),
    ] {
        if number > 0 {
            values.insert(name, number.to_string());
        }
    }
    percent(&mut values, "按时办结率", documents.rate());
    values
}

fn motions(motions: &Motions) -> Values {
    let mut values = Values::new();
    mark(&mut values, "没有建议提案", motions.all == 0);
    for (name, number) in [
        ("总数", motions.all),
        ("办复数", motions.answered),
        ("本季办复", motions.answered_now),
        ("逾期办复", motions.late),
        ("逾期未办复", motions.overdue),
        ("未到期", motions.open),
    ] {
        some(&mut values, name, number);
    }
    percent(&mut values, "办复率", share(motions.answered, motions.all));
    for (name, part) in
        [("见面率", motions.met), ("满意率", motions.satisfied), ("基本满意率", motions.mostly_satisfied)]
    {
        percent(&mut values, name, part.and_then(|part| share(part, motions.answered)));
    }
    values
}

fn share(part: usize, whole: usize) -> Option<Number> {
    let number = |n: usize| i64::try_from(n).ok().map(Number::whole);
    number(part)?.percent_of(number(whole)?)
}

fn percent(values: &mut Values, name: &'static str, number: Option<Number>) {
    if let Some(number) = number {
        values.insert(name, number.digits(DECIMALS));
    }
}

fn some(values: &mut Values, name: &'static str, number: usize) {
    if number > 0 {
        values.insert(name, number.to_string());
    }
}

fn mark(values: &mut Values, name: &'static str, holds: bool) {
    if holds {
        values.insert(name, String::new());
    }
}

fn put(values: &mut Values, name: &'static str, text: &str) {
    if !text.is_empty() {
        values.insert(name, text.to_owned());
    }
}

fn or(text: &str, nobody: &str) -> String {
    if text.is_empty() { nobody.to_owned() } else { text.to_owned() }
}
