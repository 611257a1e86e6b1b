//! Findings and relations in words, as records that are kept and compared.

use juesuan_model::{FigureId, Finding, FindingKey, Place, Relation, Severity, Verdict};
use serde::{Deserialize, Serialize};

use super::{Named, Teller};

/// A relation in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRelation {
    /// Code of the law or rule.
    pub code: String,
    /// The relation with its figures.
    pub text: String,
    /// Figures it joins.
    pub figures: Vec<FigureId>,
    /// What came out.
    pub verdict: Verdict,
    /// True where it holds only within rounding (尾差).
    #[serde(default)]
    pub tail: bool,
}

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldFinding {
    /// Code of the law or rule.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: String,
    /// Place, what stands there, what should and why, what to do.
    pub message: String,
    /// What stands at the spots, the wrong one first.
    pub figures: Vec<Named>,
    /// Their places.
    pub places: Vec<Place>,
    /// Difference with its unit, if there is one.
    #[serde(default)]
    pub difference: Option<String>,
    /// What probably happened.
    #[serde(default)]
    pub likely_cause: Option<String>,
    /// Legal ground.
    #[serde(default)]
    pub basis: Vec<String>,
    /// What else points at it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// By what it is known again.
    #[serde(default)]
    pub key: FindingKey,
}

impl ToldRelation {
    /// Every relation of a report.
    pub fn all(relations: &[Relation], teller: &Teller<'_>) -> Vec<ToldRelation> {
        let told = |relation: &Relation| ToldRelation {
            code: relation.code.clone(),
            text: teller.relation(relation),
            figures: relation.figures(),
            verdict: relation.verdict,
            tail: relation.tail,
        };
        relations.iter().map(told).collect()
    }
}

impl ToldFinding {
    /// A finding.
    pub fn new(finding: &Finding, teller: &Teller<'_>) -> ToldFinding {
        ToldFinding {
            code: finding.code.clone(),
            severity: finding.severity,
            title: teller.headline(finding).to_owned(),
            message: teller.message(finding),
            figures: teller.figures(finding),
            places: finding.places().map(|place| teller.unfiled(place)).collect(),
            difference: finding.difference.map(|difference| teller.difference(difference)),
            likely_cause: teller.cause(finding),
            basis: teller.basis(finding).to_vec(),
            evidence: teller.evidence(finding),
            key: finding.key.clone(),
        }
    }
}
