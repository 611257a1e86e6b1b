//! What people see: problems of the input, findings of the document, the four counts.

use juesuan_model::{Finding, Gravity, Problem, Severity, Tally};

/// Prints problems, grave ones first, each on one line with its place.
pub fn problems(problems: &[Problem]) {
    for gravity in [Gravity::Fatal, Gravity::Doubt] {
        for problem in problems.iter().filter(|p| p.gravity == gravity) {
            let word = match gravity {
                Gravity::Fatal => "输入错误",
                Gravity::Doubt => "请核实",
            };
            eprintln!("{word}　{problem}");
        }
    }
}

/// Prints findings, grave ones first: code, message, likely cause, evidence, basis.
pub fn findings(findings: &[Finding]) {
    for severity in [Severity::Error, Severity::Warning, Severity::Notice] {
        for finding in findings.iter().filter(|f| f.severity == severity) {
            println!("{}　{}　{}", severity.word(), finding.code, finding.title);
            println!("　　{}", finding.message);
            if let Some(cause) = &finding.likely_cause {
                println!("　　可能原因：{cause}");
            }
            for evidence in finding.evidence.iter().take(4) {
                println!("　　佐证：{evidence}");
            }
            if finding.evidence.len() > 4 {
                println!("　　佐证：另有 {} 条，见 manifest.json", finding.evidence.len() - 4);
            }
            if !finding.basis.is_empty() {
                println!("　　依据：{}", finding.basis.join("；"));
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
