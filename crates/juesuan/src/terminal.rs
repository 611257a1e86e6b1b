//! What people see: problems of the input, findings of the document, the four counts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use juesuan_model::{Gravity, Place, Problem, Severity, Tally};
use juesuan_office::{Cancel, Job, Phase, Progress, State, Watch, means};
use juesuan_read::Means;
use juesuan_text::{BOX, steers, system_fault};
use juesuan_write::report::ToldFinding;

/// What the standard output did not take, and why.
static UNSAID: OnceLock<io::Error> = OnceLock::new();

/// Prints a line.
pub fn say(line: impl AsRef<str>) {
    keep(writeln!(io::stdout().lock(), "{}", visible(line.as_ref())));
}

/// The standard output for a report as it is.
pub struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        keep(io::stdout().lock().write_all(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Prints bytes as they are.
pub fn put(bytes: &[u8]) {
    keep(io::stdout().lock().write_all(bytes));
}

/// A reader that has gone away (`| head`) ends nothing: the files still have to be written. Any other fault is told at the end.
fn keep(said: io::Result<()>) {
    if let Err(error) = said
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = UNSAID.set(error);
    }
}

/// How the run ends when all has been said: what the standard output did not take was not told.
pub fn ended(state: State) -> State {
    keep(io::stdout().lock().flush());
    match UNSAID.get() {
        None => state,
        Some(fault) => {
            warn(format!("出错　标准输出写不了，结果没有印全：{}", system_fault(fault)));
            State::Machine
        }
    }
}

/// Prints a line to the error output.
pub fn warn(line: impl AsRef<str>) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(line.as_ref()));
}

/// Texts of input files may hold characters that steer a terminal; they are shown as what they are: not readable.
fn visible(text: &str) -> String {
    text.chars().map(|c| if steers(c) && c != '\n' { BOX } else { c }).collect()
}

/// A fault of the machine with its causes, the usual ones in Chinese.
pub fn machine(error: &anyhow::Error) -> String {
    let told: Vec<String> = error
        .chain()
        .map(|cause| match cause.downcast_ref::<io::Error>() {
            Some(fault) => system_fault(fault),
            None => cause.to_string(),
        })
        .collect();
    told.join("：")
}

/// Examples of a kind of which there are many.
const EXAMPLES: usize = 3;
/// As many are told one by one.
pub const FEW: usize = EXAMPLES + 1;
/// Most names in one line.
const NAMES: usize = 20;

/// Prints problems, grave ones first, each on one line with its place; many of one kind together.
pub fn problems(problems: &[Problem]) {
    for gravity in [Gravity::Fatal, Gravity::Contradiction, Gravity::Doubt] {
        let word = match gravity {
            Gravity::Fatal => "输入错误",
            Gravity::Contradiction => "来源矛盾",
            Gravity::Doubt => "请核实",
        };
        let own = problems.iter().filter(|problem| problem.gravity == gravity);
        for group in by_kind(own, |problem| kind(&problem.message)) {
            match group.as_slice() {
                [first, second, third, rest @ ..] if !rest.is_empty() => {
                    warn(format!("{word}　同类 {} 处，例如 {first}", group.len()));
                    // Where all say the same, only their places differ.
                    let same = group.iter().all(|problem| problem.message == first.message);
                    let shown = if same { &[][..] } else { &[*second, *third][..] };
                    shown.iter().for_each(|problem| warn(format!("　　{problem}")));
                    let rest = if same { group.get(1..).unwrap_or_default() } else { rest };
                    let places: Vec<String> = rest.iter().map(|problem| problem.place.to_string()).collect();
                    let places: Vec<&str> = places.iter().map(String::as_str).collect();
                    warn(format!("　　还有：{}", some(&places, "；")));
                }
                few => few.iter().for_each(|problem| warn(format!("{word}　{problem}"))),
            }
        }
    }
}

/// Prints lines, of more than `most` the first ones and how many there are.
pub fn grouped(lines: &[String], indent: &str, most: usize) {
    let shown = if lines.len() > most { EXAMPLES } else { lines.len() };
    lines.iter().take(shown).for_each(|line| say(format!("{indent}{line}")));
    if shown < lines.len() {
        say(format!("{indent}另有 {} 条", lines.len() - shown));
    }
}

/// The first of many names, and how many more there are.
pub fn some(names: &[&str], join: &str) -> String {
    let first = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(join);
    let rest = names.len().saturating_sub(NAMES);
    if rest > 0 { format!("{first}{join}另有 {rest} 处") } else { first }
}

/// What is of one kind together, in the order of the first of each.
fn by_kind<T, K: Ord>(all: impl Iterator<Item = T>, kind: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut at: BTreeMap<K, usize> = BTreeMap::new();
    for one in all {
        let next = groups.len();
        let index = *at.entry(kind(&one)).or_insert(next);
        match groups.get_mut(index) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// A message without what it quotes and counts: those of one kind are the same.
fn kind(message: &str) -> String {
    let (mut quoted, mut named) = (0usize, false);
    let mut out = String::new();
    for character in message.chars() {
        // Digits behind a letter are a name: U+202E, not a number.
        named = character.is_ascii_alphabetic() || (named && (character.is_ascii_alphanumeric() || character == '+'));
        match character {
            '“' => quoted += 1,
            '”' => quoted = quoted.saturating_sub(1),
            _ if quoted > 0 => {}
            _ if named => out.push(character),
            _ if character.is_ascii_digit() || matches!(character, ',' | '.' | '-') => {}
            _ => out.push(character),
        }
    }
    out
}

/// Prints findings, grave ones first: code, message, likely cause, evidence, basis; many of one kind together, and all notices of several
/// documents. A name before a finding says in whose document it was found.
pub fn findings(findings: &[(Option<&str>, &ToldFinding)]) {
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        let own = findings.iter().filter(|(_, finding)| finding.severity == severity);
        for group in by_kind(own, |(_, finding)| finding.code.clone()) {
            let message = |(name, finding): &(Option<&str>, &ToldFinding)| match name {
                Some(name) => format!("{name}：{}", finding.message),
                None => finding.message.clone(),
            };
            let is_brief = |name: &Option<&str>| severity == Severity::Notice && name.is_some();
            match group.as_slice() {
                [(name, first), ..] if group.len() > EXAMPLES || is_brief(name) => {
                    say(format!("{}　{}　{}（{} 处）", severity.word(), first.code, first.title, group.len()));
                    let messages: Vec<String> = group.iter().map(|one| message(one)).collect();
                    grouped(&messages, "　　", FEW);
                }
                few => few.iter().for_each(|one| whole(one.1, &message(one))),
            }
        }
    }
}

fn whole(finding: &ToldFinding, message: &str) {
    say(format!("{}　{}　{}", finding.severity.word(), finding.code, finding.title));
    say(format!("　　{message}"));
    if let Some(cause) = &finding.likely_cause {
        say(format!("　　可能原因：{cause}"));
    }
    for evidence in finding.evidence.iter().take(4) {
        say(format!("　　佐证：{evidence}"));
    }
    if finding.evidence.len() > 4 {
        say(format!("　　佐证：另有 {} 条，见 manifest.json", finding.evidence.len() - 4));
    }
    if !finding.basis.is_empty() {
        say(format!("　　依据：{}", finding.basis.join("；")));
    }
}

/// The line of the four counts. A run with unreadable parts never says that all is well.
pub fn tally(tally: Tally) -> String {
    format!(
        "关系：成立 {}　不成立 {}　不适用 {}　读不到 {}",
        tally.holds, tally.broken, tally.not_applicable, tally.unreadable
    )
}

/// How many findings of each severity.
pub fn summary(found: impl Iterator<Item = Severity> + Clone) -> String {
    let count = |severity| found.clone().filter(|own| *own == severity).count();
    format!(
        "发现：错误 {}　警告 {}　提示 {}",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Notice)
    )
}

/// Runs a use case under a spinner that appears when it takes longer than half a second and somebody watches.
pub fn watched<T>(run: impl FnOnce(Job<'_>) -> T) -> T {
    watched_with(|usual| usual, run)
}

/// The same, with what documents are read with made of the usual means.
pub fn watched_with<T>(make: impl FnOnce(Means) -> Means, run: impl FnOnce(Job<'_>) -> T) -> T {
    let spinner = Spinner(spinner());
    let usual = make(means::usual());
    let out = run(Job::watched(&spinner).with_means(&usual).with_cancel(called_off()));
    spinner.0.finish_and_clear();
    out
}

/// Ctrl-C calls the run off, so that what is finished is kept; a second one ends the program at once.
pub fn called_off() -> &'static Cancel {
    static CANCEL: OnceLock<Cancel> = OnceLock::new();
    CANCEL.get_or_init(|| {
        let cancel = Cancel::default();
        let own = cancel.clone();
        // Where the system takes no handler, Ctrl-C ends the program as ever.
        let _ = ctrlc::set_handler(move || {
            if own.is_cancelled() {
                std::process::exit(INTERRUPTED);
            }
            own.cancel();
        });
        cancel
    })
}

/// Calls the run off after so much time, as Ctrl-C does.
pub fn within(time: Duration) {
    let cancel = called_off().clone();
    // The thread ends with the program, whenever that is.
    std::thread::spawn(move || {
        std::thread::sleep(time);
        cancel.cancel();
    });
}

/// The exit code of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

fn spinner() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{spinner} {msg} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

/// What is said while something is read.
const READING: &str = "读取输入";

/// A line that says how far a long run has come: on a terminal always the same, in a log now and then.
pub struct Line {
    bar: ProgressBar,
    said: Cell<Option<Instant>>,
}

/// How often a log is told.
const TOLD_EVERY: Duration = Duration::from_secs(60);

impl Line {
    /// Says nothing yet.
    pub fn begin() -> Line {
        Line { bar: spinner(), said: Cell::new(None) }
    }

    /// Says this now.
    pub fn set(&self, text: &str) {
        if !self.bar.is_hidden() {
            self.bar.set_message(visible(text));
        } else if self.said.get().is_none_or(|said| said.elapsed() > TOLD_EVERY) {
            // What is over within a minute needs no log.
            if self.said.replace(Some(Instant::now())).is_some() {
                warn(text);
            }
        }
    }

    /// The line goes.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Shows how far a run has come.
struct Spinner(ProgressBar);

impl Watch for Spinner {
    fn picture(&self, file: &str, page: Option<u32>) {
        let place = Place { file: Some(file.to_owned()), page, ..Place::default() };
        self.0.set_message(visible(&format!("{READING} {place}")).to_string());
    }

    fn progress(&self, progress: Progress) {
        let word = match progress.phase {
            Phase::ReadingPrior => "读取上年文件",
            Phase::Reading => READING,
            Phase::Checking => "核对",
            Phase::Writing => "生成文件",
        };
        self.0.set_message(match progress.of {
            Some(0 | 1) => word.to_owned(),
            Some(of) => format!("{word} {}/{of}", progress.done),
            None => format!("{word} {}", progress.done),
        });
    }
}
