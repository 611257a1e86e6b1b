//! What was found by each rule, counted document by document.

use std::collections::{BTreeMap, BTreeSet};

use juesuan_catalog::Catalog;
use juesuan_model::Severity;

use super::{Checked, Teller};

/// The counts of a run.
#[derive(Default)]
pub struct Statistics {
    rules: BTreeMap<(String, Severity), Count>,
    documents: usize,
}

#[derive(Default)]
struct Count {
    findings: usize,
    documents: BTreeSet<usize>,
    /// What is wrong, as the first of them says it.
    named: String,
}

impl Statistics {
    /// Counts the findings of one more document.
    pub fn add(&mut self, document: &Checked, catalog: &Catalog) {
        self.documents += 1;
        let teller = Teller::of(catalog, document);
        for finding in &document.report.findings {
            let count = self.rules.entry((finding.code.clone(), finding.severity)).or_default();
            count.findings += 1;
            count.documents.insert(self.documents);
            if count.named.is_empty() {
                count.named = teller.headline(finding).split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
    }

    /// Heads; a row a rule with findings, documents, code, severity and what is wrong, the most frequent first; all together.
    pub fn rows(&self, catalog: &Catalog) -> Vec<[String; 5]> {
        let mut rows: Vec<_> = self.rules.iter().collect();
        rows.sort_by_key(|((code, severity), count)| {
            (std::cmp::Reverse(count.findings), std::cmp::Reverse(*severity), code.as_str())
        });
        let all: usize = rows.iter().map(|(_, count)| count.findings).sum();
        let words = &catalog.report.statistics;
        let mut table = vec![words.heads.clone()];
        table.extend(rows.into_iter().map(|((code, severity), count)| {
            let (findings, documents) = (count.findings.to_string(), count.documents.len().to_string());
            [findings, documents, code.clone(), severity.word().to_owned(), count.named.clone()]
        }));
        table.push([all.to_string(), self.documents.to_string(), words.all.clone(), String::new(), String::new()]);
        table
    }
}
