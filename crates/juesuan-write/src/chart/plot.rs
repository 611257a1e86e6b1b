//! The data of a chart, looked up once.

use juesuan_model::{Cell, Chart, FigureId, Package};

use crate::printed_text::figure_text;

/// Sizes are integers in 10^-6 of the printed unit.
pub(super) const STEPS: i128 = 1_000_000;

/// A value to draw.
pub(super) struct Value {
    /// Printed digits.
    pub(super) label: String,
    /// Size in [`STEPS`]; `None` where no number stands.
    pub(super) size: Option<i128>,
}

/// A named row of values, one a category.
pub(super) struct Series {
    pub(super) name: String,
    pub(super) values: Vec<Value>,
}

/// What is drawn.
pub(super) struct Plot {
    pub(super) unit: String,
    pub(super) categories: Vec<String>,
    pub(super) series: Vec<Series>,
}

impl Plot {
    pub(super) fn new(chart: &Chart, package: &Package) -> Plot {
        let series = chart
            .series
            .iter()
            .map(|series| Series {
                name: series.name.clone(),
                values: series.figures.iter().map(|id| value(package, *id)).collect(),
            })
            .collect();
        Plot { unit: chart.unit.clone(), categories: chart.categories.clone(), series }
    }

    /// The line that names the unit.
    pub(super) fn unit_line(&self) -> String {
        if self.unit.is_empty() { String::new() } else { format!("单位：{}", self.unit) }
    }
}

fn value(package: &Package, id: FigureId) -> Value {
    let size = package.figure(id).and_then(|figure| match figure.cell {
        // 10^-6 is enough for 分 in 万元; finer digits could not be seen in a drawing.
        Cell::Number(printed) => {
            Some(i128::from(printed.mantissa) * STEPS / 10i128.pow(u32::from(printed.decimals.min(30))))
        }
        _ => None,
    });
    Value { label: figure_text(package, id), size }
}
