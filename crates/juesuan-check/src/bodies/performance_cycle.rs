//! The cycle of performance: the order of its steps, and the days on which targets were changed.

use juesuan_model::{Message, Said, Stage, Step, TargetChange};
use juesuan_text::Day;

use super::Bench;
use super::performance::{Wrong, of_project};

/// The order in which stages come; those of one rank in any order.
const fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Set => 0,
        Stage::Approved => 1,
        Stage::Changed | Stage::Monitored => 2,
        Stage::Evaluated => 3,
        Stage::Reviewed => 4,
        Stage::Applied | Stage::Published => 5,
    }
}

/// Every step has a day, the steps of a project follow each other, and targets change within the year.
pub(crate) fn cycle_in_order(bench: &mut Bench<'_, '_, '_>) {
    let (mut seen, mut faults) = (0, 0);
    let performance = &bench.docket.ledger.package.performance;
    let mut dated: Vec<(&Step, Day)> = Vec::new();
    for step in &performance.steps {
        seen += 1;
        if let Some(day) = Day::parse_iso(&step.date) {
            dated.push((step, day));
            continue;
        }
        faults += 1;
        let message = Message::new("no-day")
            .with("项目", of_project(&step.project))
            .with("步骤", Said::name(step.stage.word()))
            .with("日期", Said::words(&step.date));
        bench.wrong(bench.heading.severity, Wrong { message, places: vec![&step.place], ..Wrong::default() });
    }
    for (late, day) in &dated {
        // A step of the whole is one of every project that has none of its own.
        let before = |(early, other): &&(&Step, Day)| {
            rank(early.stage) < rank(late.stage)
                && other > day
                && (early.project == late.project || early.project.is_empty() && !own(&dated, late, early.stage))
        };
        let Some((early, other)) = dated.iter().filter(before).max_by_key(|(_, other)| *other) else { continue };
        faults += 1;
        let message = Message::new("too-early")
            .with("项目", of_project(&late.project))
            .with("步骤", Said::name(late.stage.word()))
            .with("日期", Said::name(day.in_words()))
            .with("前步", Said::name(early.stage.word()))
            .with("前日", Said::name(other.in_words()));
        let places = vec![&late.place, &early.place];
        bench.wrong(bench.heading.severity, Wrong { message, places, ..Wrong::default() });
    }
    let year = bench.docket.ledger.package.entity.year;
    for change in bench.changes() {
        seen += 1;
        let outside = match Day::parse_iso(&change.date) {
            None => Some("change-without-day"),
            Some(day) if year > 0 && day.year() > year => Some("change-after-year"),
            Some(_) => None,
        };
        let Some(outside) = outside else { continue };
        faults += 1;
        let message = Message::new(outside)
            .with("项目", of_project(&change.project))
            .with("指标", Said::name(&change.indicator))
            .with("日期", Said::words(&change.date))
            .with("年度", usize::from(year));
        bench.wrong(bench.heading.severity, Wrong { message, places: vec![&change.place], ..Wrong::default() });
    }
    bench.done(seen, faults);
}

/// True if the project of a step has a step of its own at a stage.
fn own(dated: &[(&Step, Day)], step: &Step, stage: Stage) -> bool {
    dated.iter().any(|(other, _)| other.project == step.project && other.stage == stage)
}

impl<'a> Bench<'_, '_, 'a> {
    /// Targets that were changed.
    fn changes(&self) -> &'a [TargetChange] {
        &self.docket.ledger.package.performance.changes
    }
}
