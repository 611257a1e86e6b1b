//! The crates and arrows that ARCHITECTURE.md draws: the table whose head begins with `| crate | may use |`.

use std::collections::{BTreeMap, BTreeSet};

/// Name of a crate → the crates of this workspace that it may use, in the order of the table.
pub type Plan = Vec<(String, BTreeSet<String>)>;

/// Reads the table. A crate may use what its row names and nothing else; `all above` are all rows before it.
///
/// # Errors
/// No such table, or a name in it that is no row.
pub fn plan(architecture: &str) -> Result<Plan, String> {
    let mut rows = architecture.lines().skip_while(|line| !line.starts_with("| crate | may use |"));
    if rows.next().is_none() {
        return Err("ARCHITECTURE.md has no table that begins with “| crate | may use |”".to_owned());
    }
    let mut out: Plan = Vec::new();
    for row in rows.skip(1).take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [name, uses, ..] = cells.as_slice() else { return Err(format!("a row with too few cells: {row}")) };
        let short = |text: &str| text.trim().trim_matches('`').to_owned();
        let above: BTreeSet<String> = out.iter().map(|(name, _)| name.clone()).collect();
        let mut allowed = BTreeSet::new();
        for used in uses.split(',').map(short).filter(|used| !used.is_empty() && used != "–") {
            match (used.as_str(), full(&used)) {
                ("all above", _) => allowed.extend(above.clone()),
                (_, full) if above.contains(&full) => {
                    allowed.insert(full);
                }
                _ => return Err(format!("{} may use {used}, which no row above is", short(name))),
            }
        }
        out.push((short(name), allowed));
    }
    Ok(out)
}

fn full(short: &str) -> String {
    if short.starts_with("juesuan") { short.to_owned() } else { format!("juesuan-{short}") }
}

/// What the code has and the plan does not: crates without a row, and arrows that no row allows; and rows without a crate.
pub fn strangers(plan: &Plan, crates: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut out = Vec::new();
    for (name, uses) in crates {
        match plan.iter().find(|(planned, _)| planned == name) {
            None => out.push(format!("{name} has no row in ARCHITECTURE.md")),
            Some((_, allowed)) => {
                out.extend(
                    uses.difference(allowed).map(|used| format!("{name} uses {used}, which its row does not allow")),
                );
            }
        }
    }
    out.extend(
        plan.iter().filter(|(name, _)| !crates.contains_key(name)).map(|(name, _)| format!("there is no crate {name}")),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "x\n| crate | may use | in → out |\n|---|---|---|\n| `juesuan-model` | – | types |\n| `juesuan-read` | model | |\n| `juesuan` | all above | |\n\ny";

    #[test]
    fn an_arrow_that_no_row_allows_is_named() {
        let plan = plan(TABLE).unwrap();
        let uses = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let mut crates = BTreeMap::from([
            ("juesuan-model".to_owned(), uses(&[])),
            ("juesuan-read".to_owned(), uses(&["juesuan-model"])),
            ("juesuan".to_owned(), uses(&["juesuan-model", "juesuan-read"])),
        ]);
        assert_eq!(strangers(&plan, &crates), Vec::<String>::new());
        crates.insert("juesuan-model".to_owned(), uses(&["juesuan-read"]));
        crates.insert("juesuan-new".to_owned(), uses(&[]));
        assert_eq!(strangers(&plan, &crates).len(), 2);
    }
}
