//! The charts' data with native charts beside them.

use juesuan_model::{Cell, Chart, ChartKind, ChartSeries, Orientation, Package, Printed, Unit};
use rust_xlsxwriter::{
    Chart as NativeChart, ChartAxisCrossing, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat,
    ChartPoint, ChartSolidFill, ChartType, Worksheet, XlsxError,
};

use super::amount::Amount;
use super::form::print_setup;
use super::formats;
use crate::chart::{fill_of, ink_of};
use crate::printed_text::figure_text;

/// Most characters of the words for a chart in a workbook.
const ALTERNATIVE: usize = 255;
/// Rows that a native chart covers.
const CHART_ROWS: u32 = 19;

pub(super) fn sheet(sheet: &mut Worksheet, name: &str, charts: &[&Chart], package: &Package) -> Result<(), XlsxError> {
    let widest = charts.iter().map(|chart| chart.series.len()).max().unwrap_or(0);
    let beside = u16::try_from(widest + 2).unwrap_or(u16::MAX);
    sheet.set_column_width(0, 24)?;
    for column in 1..beside {
        sheet.set_column_width(column, 14)?;
    }
    let (mut row, mut breaks) = (0, Vec::new());
    for (i, chart) in charts.iter().enumerate() {
        if i > 0 && i % 2 == 0 {
            breaks.push(row - 1);
        }
        let end = data(sheet, chart, package, row)?;
        if !chart.categories.is_empty() && !chart.series.is_empty() {
            sheet.insert_chart(row, beside, &native(chart, package, name, row + 2))?;
        }
        row = end.max(row + CHART_ROWS) + 2;
    }
    print_setup(sheet, Orientation::Landscape);
    // Two charts a page: none is cut.
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Caption, heads, one row a category; gives the row below.
fn data(sheet: &mut Worksheet, chart: &Chart, package: &Package, start: u32) -> Result<u32, XlsxError> {
    let unit = if chart.unit.is_empty() { String::new() } else { format!("（{}）", chart.unit) };
    sheet.write_string_with_format(start, 0, format!("{}{unit}", chart.caption), &formats::plain(11).set_bold())?;
    sheet.write_string_with_format(start + 1, 0, "类别", &formats::head())?;
    for (column, series) in (1..).zip(&chart.series) {
        sheet.write_string_with_format(start + 1, column, &series.name, &formats::head())?;
    }
    let mut row = start + 2;
    for (i, category) in chart.categories.iter().enumerate() {
        sheet.write_string_with_format(row, 0, category, &formats::framed())?;
        for (column, series) in (1..).zip(&chart.series) {
            let Some(id) = series.figures.get(i).copied() else {
                continue;
            };
            let text = figure_text(package, id);
            match package.figure(id).map(|figure| figure.cell) {
                Some(Cell::Number(printed)) => {
                    let amount = Amount::of_printed(printed);
                    let decimals = decimals(series, package).max(amount.decimals);
                    let format = formats::framed().set_num_format(formats::number_format(decimals, &text));
                    sheet.write_number_with_format(row, column, amount.number(), &format)?;
                }
                _ => {
                    sheet.write_string_with_format(row, column, text, &formats::framed())?;
                }
            }
        }
        row += 1;
    }
    Ok(row)
}

/// The numbers of a series.
fn numbers(series: &ChartSeries, package: &Package) -> Vec<Printed> {
    series.figures.iter().filter_map(|id| package.figure(*id)?.cell.number()).collect()
}

/// Most digits behind the point of a series: all of its numbers are shown with as many.
fn decimals(series: &ChartSeries, package: &Package) -> u8 {
    numbers(series, package).iter().map(|printed| printed.decimals).max().unwrap_or(0)
}

/// True for the first of several series that is the same everywhere: the aim of the others.
fn is_aim(chart: &Chart, at: usize, package: &Package) -> bool {
    let own = chart.series.get(at).map(|series| numbers(series, package)).unwrap_or_default();
    at == 0 && chart.series.len() > 1 && own.windows(2).all(|pair| pair.first() == pair.last())
}

/// More groups of bars than these have no room for their names beside each other.
const GROUPS_UPRIGHT: usize = 5;
/// Where the scale of what was reached of each aim ends: beyond it bars are cut, their digits stand in them.
const SHARE_MAX: u32 = 150;
/// A step of that scale.
const SHARE_STEP: u32 = 50;
/// Space between groups of bars across, in percent of a bar.
const GAP: u16 = 60;
/// Size of the title of a chart.
const TITLE_SIZE: u8 = 12;

fn native(chart: &Chart, package: &Package, sheet: &str, first: u32) -> NativeChart {
    let is_share = chart.unit == Unit::Percent.word();
    let is_across = chart.kind == ChartKind::Bars && (is_share || chart.categories.len() > GROUPS_UPRIGHT);
    let mut native = NativeChart::new(match chart.kind {
        ChartKind::Bars if is_across => ChartType::Bar,
        ChartKind::Bars => ChartType::Column,
        ChartKind::Ring => ChartType::Pie,
        ChartKind::StackedBars => ChartType::ColumnStacked,
    });
    let last = first + u32::try_from(chart.categories.len()).unwrap_or(1) - 1;
    let beyond = chart.series.iter().flat_map(|series| numbers(series, package)).any(is_beyond);
    for (column, (i, data)) in (1u16..).zip(chart.series.iter().enumerate()) {
        let series = native
            .add_series()
            .set_name((sheet, first - 1, column))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column));
        if is_across {
            series.set_gap(GAP);
        }
        // What is aimed at is the same everywhere and stands in the scale.
        if !(is_share && is_across && is_aim(chart, i, package)) {
            let digits = formats::number_format(decimals(data, package), "");
            series.set_data_label(&label(chart.kind, is_share && is_across && beyond, i, &digits));
        }
        if chart.kind == ChartKind::Ring {
            let points: Vec<ChartPoint> =
                (0..chart.categories.len()).map(|i| ChartPoint::new().set_format(&mut fill(i))).collect();
            series.set_points(&points);
        } else {
            series.set_format(&mut fill(i));
        }
    }
    let negative = chart.series.iter().flat_map(|series| &series.figures).any(|id| {
        package.figure(*id).and_then(|figure| figure.cell.number()).is_some_and(|printed| printed.mantissa < 0)
    });
    if is_across {
        // The first at the top, as it is read, and the scale below; of bars across the upright axis is that of the names.
        native.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
    }
    let values = if is_across { native.x_axis() } else { native.y_axis() };
    if chart.kind != ChartKind::Ring && !negative {
        // Bars that do not start at zero exaggerate.
        values.set_min(0);
    }
    if is_share && is_across {
        values.set_max(SHARE_MAX).set_major_unit(SHARE_STEP);
    }
    native.title().set_name(&chart.caption).set_font(ChartFont::new().set_bold().set_size(TITLE_SIZE));
    native.set_alt_text(alternative(&chart.alternative)).set_width(560).set_height(360);
    native
}

/// Values outside where there is room, else in the middle in a colour that is seen on the fill. A native ring cannot
/// carry its values outside, therefore a ring is a pie here.
fn label(kind: ChartKind, is_cut: bool, series: usize, digits: &str) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    label.show_value();
    match kind {
        ChartKind::Bars if is_cut => {
            label.set_position(ChartDataLabelPosition::InsideBase).set_font(ChartFont::new().set_color(ink_of(series)))
        }
        ChartKind::Bars => label.set_position(ChartDataLabelPosition::OutsideEnd),
        // Digits of parts that are nothing would stand on each other.
        ChartKind::Ring => label
            .show_leader_lines()
            .set_position(ChartDataLabelPosition::OutsideEnd)
            .set_num_format(format!("{digits};-{digits};;")),
        ChartKind::StackedBars => {
            label.set_position(ChartDataLabelPosition::Center).set_font(ChartFont::new().set_color(ink_of(series)))
        }
    };
    label
}

/// True for a share that is beyond the scale.
fn is_beyond(printed: Printed) -> bool {
    let most = i64::from(SHARE_MAX).saturating_mul(10i64.saturating_pow(u32::from(printed.decimals)));
    i128::from(printed.mantissa) > i128::from(most)
}

/// The colour that the drawn chart uses too.
fn fill(index: usize) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(fill_of(index)));
    format
}

/// The words for those who do not see the chart, as long as a workbook holds them; they are written in full in the text.
fn alternative(text: &str) -> String {
    if text.chars().count() <= ALTERNATIVE {
        return text.to_owned();
    }
    text.chars().take(ALTERNATIVE - 1).chain(['…']).collect()
}
