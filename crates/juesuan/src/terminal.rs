//! What people see: problems of the input, findings of the document, the four counts.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use juesuan_model::{Finding, Gravity, Problem, Severity, Tally};
use juesuan_office::{Cancel, Job, Phase, Program, Progress, State, Watch};
use juesuan_read::Interpreter;
use juesuan_text::{BOX, steers};
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
            warn(format!("出错　标准输出写不了，结果没有印全：{}", said(fault)));
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
            Some(fault) => said(fault),
            None => cause.to_string(),
        })
        .collect();
    told.join("：")
}

fn said(fault: &io::Error) -> String {
    let plain = match fault.kind() {
        ErrorKind::NotFound => "没有这个文件或文件夹，请检查路径",
        ErrorKind::PermissionDenied => "没有权限，请检查权限，或关闭正在使用它的程序",
        ErrorKind::NotADirectory => "路径里有一段是文件，不是文件夹",
        ErrorKind::IsADirectory => "是文件夹，不是文件",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::ReadOnlyFilesystem => "磁盘只能读，不能写",
        ErrorKind::InvalidFilename => "文件名太长，或有不能用的字符",
        _ => return fault.to_string(),
    };
    plain.to_owned()
}

/// Prints problems, grave ones first, each on one line with its place.
pub fn problems(problems: &[Problem]) {
    for gravity in [Gravity::Fatal, Gravity::Contradiction, Gravity::Doubt] {
        for problem in problems.iter().filter(|p| p.gravity == gravity) {
            let word = match gravity {
                Gravity::Fatal => "输入错误",
                Gravity::Contradiction => "来源矛盾",
                Gravity::Doubt => "请核实",
            };
            warn(format!("{word}　{problem}"));
        }
    }
}

/// Prints findings, grave ones first: code, message, likely cause, evidence, basis.
pub fn findings(findings: &[ToldFinding]) {
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        for finding in findings.iter().filter(|f| f.severity == severity) {
            say(format!("{}　{}　{}", severity.word(), finding.code, finding.title));
            say(format!("　　{}", finding.message));
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
pub fn summary(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    format!(
        "发现：错误 {}　警告 {}　提示 {}",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Notice)
    )
}

/// Runs a use case under a spinner that appears when it takes longer than half a second and somebody watches.
pub fn watched<T>(run: impl FnOnce(Job<'_>) -> T) -> T {
    let spinner = Spinner(spinner());
    let interpreter: Arc<dyn Interpreter> = Arc::new(Program::this());
    let out = run(Job::watched(&spinner).with_interpreter(&interpreter).with_cancel(called_off()));
    spinner.0.finish_and_clear();
    out
}

/// Ctrl-C calls the run off, so that what is finished is kept; a second one ends the program at once.
fn called_off() -> &'static Cancel {
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

/// Shows how far a run has come.
struct Spinner(ProgressBar);

impl Watch for Spinner {
    fn progress(&self, progress: Progress) {
        let word = match progress.phase {
            Phase::ReadingPrior => "读取上年文件",
            Phase::Reading => "读取输入",
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
