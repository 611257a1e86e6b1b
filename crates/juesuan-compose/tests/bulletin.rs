//! The quarterly bulletin: everything as of the day that is given.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot build its fixture has failed")]

#[path = "../../juesuan-inputs/tests/folder/mod.rs"]
mod folder;

use folder::{Folder, catalog};
use juesuan_compose::bulletin::{Bulletin, Quarter, bulletin, package, said};
use juesuan_inputs::Inputs;
use juesuan_model::{Align, Block, Mark};
use juesuan_text::Day;

const TASKS: &str = "来源,事项,责任单位,责任人,交办日期,完成期限,办结日期,状态\n\
    政府工作报告,新建停车场,住建局,甲,2023-02-01,2023-08-31,2023-08-20,已办结\n\
    政府工作报告,改造管网,住建局,甲,2023-02-01,2023-07-31,2023-09-05,已办结\n\
    政府工作报告,新建学校,教育局,乙,2023-02-01,2023-08-31,,办理中\n\
    常务会议决定,整治河道,水利局,丙,2023-05-01,2023-10-20,,\n\
    常务会议决定,修订办法,司法局,,2023-05-01,,,\n\
    领导批示,核查来信,信访局,丁,2023-03-01,2023-04-30,2023-04-10,已办结\n\
    领导批示,后来交办,信访局,丁,2023-11-01,2023-12-30,,\n";

fn of(name: &str, files: &[(&str, &str)], quarter: &str, date: &str) -> (Inputs, Bulletin) {
    let folder = Folder::new(name);
    for (path, content) in files {
        folder.put(path, content);
    }
    let inputs = folder.read();
    let (quarter, date) = (Quarter::parse(quarter).unwrap(), Day::parse_iso(date).unwrap());
    let made = bulletin(&inputs.records, &catalog(), quarter, date);
    (inputs, made)
}

fn tasks(date: &str) -> (Inputs, Bulletin) {
    of(&format!("tasks-{date}"), &[("registers/督办事项登记.csv", TASKS)], "2023Q3", date)
}

#[test]
fn tasks_are_done_late_overdue_or_open_as_of_the_day_and_add_up() {
    let (_, bulletin) = tasks("2023-10-08");
    let tasks = bulletin.tasks.unwrap();
    let total = &tasks.total;
    assert_eq!((total.all, total.done_now, total.done, total.done_late), (6, 2, 3, 1));
    assert_eq!((total.overdue, total.open, total.undated), (1, 1, 1));
    assert_eq!(total.all, total.done + total.overdue + total.open + total.undated);
    let overdue: Vec<_> = tasks.overdue.iter().map(|task| (task.item.as_str(), task.late)).collect();
    assert_eq!(overdue, [("新建学校", Some(38))]);
    let soon: Vec<_> = tasks.soon.iter().map(|task| (task.item.as_str(), task.late)).collect();
    assert_eq!(soon, [("整治河道", Some(-12))]);
    assert_eq!(tasks.done_late.first().map(|task| (task.item.as_str(), task.late)), Some(("改造管网", Some(36))));
}

#[test]
fn what_was_done_after_the_day_is_not_done_yet_and_may_be_overdue() {
    let (_, bulletin) = tasks("2023-08-25");
    let tasks = bulletin.tasks.unwrap();
    assert_eq!((tasks.total.done_now, tasks.total.done, tasks.total.done_late), (1, 2, 0));
    let overdue: Vec<_> = tasks.overdue.iter().map(|task| (task.item.as_str(), task.late)).collect();
    assert_eq!(overdue, [("改造管网", Some(25))]);
    assert!(bulletin.problems.iter().any(|problem| problem.message.contains("2023Q3 结束之前")));
}

#[test]
fn owners_stand_with_the_most_overdue_first_and_each_with_its_own_numbers() {
    let (_, bulletin) = tasks("2023-10-08");
    let owners = bulletin.tasks.unwrap().by_owner;
    let told: Vec<_> = owners.iter().map(|((unit, who), t)| (unit.as_str(), who.as_str(), t.all, t.overdue)).collect();
    assert_eq!(told[0], ("教育局", "乙", 1, 1));
    assert!(told.contains(&("住建局", "甲", 2, 0)) && told.contains(&("司法局", "", 1, 0)), "{told:?}");
}

#[test]
fn a_task_due_on_the_day_itself_is_not_overdue() {
    let row = "来源,事项,责任单位,完成期限\n其他,当天到期,办公室,2023-09-30\n其他,昨天到期,办公室,2023-09-29\n";
    let (_, bulletin) = of("edge", &[("registers/督办事项登记.csv", row)], "2023Q3", "2023-09-30");
    let tasks = bulletin.tasks.unwrap();
    assert_eq!((tasks.total.overdue, tasks.total.open), (1, 1));
    assert_eq!(tasks.overdue[0].late, Some(1));
    assert_eq!(tasks.soon[0].late, Some(0));
}

#[test]
fn a_task_that_is_called_done_without_a_day_is_done_and_doubted() {
    let row = "来源,事项,责任单位,完成期限,状态\n其他,没写日期,办公室,2023-08-30,已办结\n";
    let (_, bulletin) = of("no-day", &[("registers/督办事项登记.csv", row)], "2023Q3", "2023-09-30");
    let tasks = bulletin.tasks.unwrap();
    assert_eq!((tasks.total.done, tasks.total.done_now, tasks.total.overdue, tasks.total.done_late), (1, 0, 0, 0));
    assert!(bulletin.problems.iter().any(|p| p.message.contains("没有办结日期") && p.place.line == Some(2)));
}

#[test]
fn documents_over_their_limit_and_shares_of_motions_stand_beside() {
    let documents = "类别,日期,标题,办理时限,办结日期,件数\n发文,2023-07-03,甲,5,2023-07-08,2\n收文,2023-07-03,乙,5,2023-07-09,\n\
                     收文,2023-09-01,丙,10,,\n收文,2023-09-29,丁,10,,\n来电,2023-07-03,戊,,,40\n收文,2023-06-30,己,1,,9\n";
    let motions = "类别,级别,编号,交办日期,办理期限,办复日期,是否见面,满意度\n建议,市级,1,2023-03-01,2023-06-30,2023-06-20,是,满意\n\
                   提案,区级,2,2023-03-01,2023-06-30,2023-07-10,是,基本满意\n提案,区级,3,2023-03-01,2023-06-30,,,\n\
                   提案,区级,4,2023-03-01,2023-06-30,2023-07-11,否,满意\n";
    let files = [("registers/公文登记.csv", documents), ("registers/建议提案登记.csv", motions)];
    let (inputs, bulletin) = of("beside", &files, "2023Q3", "2023-09-30");
    let told = bulletin.documents.as_ref().unwrap();
    assert_eq!((told.all, told.limited, told.in_time, told.late, told.overdue, told.open), (45, 5, 2, 1, 1, 1));
    assert_eq!(told.rate().map(|rate| rate.to_string()).as_deref(), Some("50"));
    let told = bulletin.motions.as_ref().unwrap();
    assert_eq!((told.all, told.answered, told.answered_now, told.late, told.overdue), (4, 3, 2, 2, 1));
    assert_eq!((told.met, told.satisfied, told.mostly_satisfied), (Some(2), Some(2), Some(3)));
    assert!(bulletin.tasks.is_none());
    assert!(bulletin.problems.iter().any(|problem| problem.message.contains("没有“督办事项登记”")));
    let lines = said(&bulletin, &inputs.department, &catalog()).join("\n");
    for words in ["办复率75%", "见面率66.67%", "超过期限仍未办复1件", "按时办结率50%"] {
        assert!(lines.contains(words), "{words}\n{lines}");
    }
}

#[test]
fn the_bulletin_is_told_in_sentences_and_as_a_document_with_the_same_tables() {
    let (inputs, bulletin) = tasks("2023-10-08");
    let lines = said(&bulletin, &inputs.department, &catalog());
    let text = lines.join("\n");
    for words in [
        "青溪区政府办公室",
        "关于2023年第三季度\n督办事项办理情况的通报",
        "截至2023年10月8日，登记在册的督办事项共6项；本季度办结2项，累计办结3项，办结率50%。",
        "1. 新建学校（教育局，乙），期限2023年8月31日，逾期38天。",
        "司法局：共1项，未定期限1项。",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains('{') && !text.contains('['), "{text}");
    let package = package(&bulletin, "青府办督〔2023〕3号", &inputs.department, &catalog());
    let notice = package.document.notice.as_ref().unwrap();
    assert_eq!((notice.number.text.as_str(), notice.number.mark), ("青府办督〔2023〕3号", Mark::Plain));
    assert_eq!(notice.to, "各责任单位：");
    assert_eq!(notice.signed, ["青溪区政府办公室", "2023年10月8日"]);
    let mut headings = Vec::new();
    let mut tables = Vec::new();
    for block in &package.document.parts[0].blocks {
        match block {
            Block::Heading { text, .. } => headings.push(text.as_str()),
            Block::Table(table) => tables.push(table),
            _ => {}
        }
    }
    assert_eq!(headings[..3], ["一、总体情况", "二、责任单位办理情况", "三、逾期未办结事项"]);
    for table in &tables {
        assert!(table.rows.iter().all(|row| row.cells.len() == table.widths.len()));
    }
    let sum = tables[1].rows.last().unwrap();
    let sum_line: Vec<&str> = sum.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert!(sum.total && sum.cells[0].align == Align::Center);
    assert_eq!(sum_line, ["合计", "", "6", "2", "3", "1", "1", "1", "1"]);
    let overdue: Vec<&str> = tables[2].rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(overdue, ["1", "新建学校", "政府工作报告", "教育局", "乙", "2023年8月31日", "38"]);
}

#[test]
fn a_notice_without_a_number_says_that_it_is_missing() {
    let (inputs, bulletin) = tasks("2023-10-08");
    let package = package(&bulletin, " ", &inputs.department, &catalog());
    let number = package.document.notice.unwrap().number;
    assert_eq!((number.text.as_str(), number.mark), ("发文字号", Mark::Missing));
}

#[test]
fn a_register_without_tasks_says_so() {
    let head = TASKS.lines().next().unwrap();
    let (inputs, bulletin) = of("none", &[("registers/督办事项登记.csv", head)], "2023Q3", "2023-10-08");
    let text = said(&bulletin, &inputs.department, &catalog()).join("\n");
    assert!(text.contains("没有交办的督办事项"), "{text}");
    assert!(!text.contains("逾期"), "{text}");
}
