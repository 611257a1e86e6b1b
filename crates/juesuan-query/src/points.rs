//! Points and scores of documents as views, made of the formula of the catalogue.
//!
//! Each criterion is a question that says of each document which part of its points it gets, in thousandths, and why. From them come
//! `points` (a document and a criterion a row) and `scores` (a document a row), which any question may use. What is not known counts
//! neither for nor against.

use juesuan_catalog::{Criterion, Ranking};

/// Views that follow from the formula, in order: name and question.
pub fn views(ranking: &Ranking) -> [(&'static str, String); 2] {
    let quoted = |text: &str| text.replace('\'', "''");
    let points = |own: &Criterion| {
        format!(
            "SELECT document, '{}' AS criterion, '{}' AS title, CAST({} AS BIGINT) AS weight, CAST(part AS BIGINT) AS part, reason \
             FROM ({}) AS own",
            quoted(&own.key),
            quoted(&own.title),
            own.weight,
            own.sql
        )
    };
    let points = ranking.criteria.iter().map(points).collect::<Vec<_>>().join(" UNION ALL ");
    let letters =
        ranking.bands.iter().map(|band| format!("WHEN score >= {} THEN '{}'", band.from * 10, quoted(&band.letter)));
    let scores = format!(
        "SELECT document, score, CASE {} END AS letter FROM (SELECT document, \
         CAST(round(CAST(sum(weight * part) AS DOUBLE) / CAST(sum(weight) AS DOUBLE)) AS BIGINT) AS score \
         FROM points WHERE part IS NOT NULL GROUP BY document) AS summed",
        letters.collect::<Vec<_>>().join(" ")
    );
    [("points", points), ("scores", scores)]
}
