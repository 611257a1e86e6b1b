//! Charts with their data.

use juesuan_model::{Chart, FigureId, Package};

use super::body::FigureIds;
use crate::chart::{FAMILIES_OF_VIEWERS, chart_svg};
use crate::markup::{Push, escape, file_stem};
use crate::output::Output;
use crate::printed_text::figure_text;

/// What a chart becomes.
pub(super) struct ChartBlock {
    pub(super) markup: String,
    pub(super) files: Vec<Output>,
}

/// The drawing in the page, its file, and its data as a table.
pub(super) fn block(chart: &Chart, package: &Package, anchor: &str, figures: &mut FigureIds) -> ChartBlock {
    let svg = chart_svg(chart, package, FAMILIES_OF_VIEWERS);
    let caption = escape(&chart.caption);
    // Two charts may share a key; ids in one page may not be shared.
    let key = file_stem(&chart.key, "chart");
    let mut inline = svg.clone();
    for part in ["title", "desc"] {
        inline = inline.replace(&format!("\"{key}-{part}\""), &format!("\"{anchor}-{part}\""));
    }
    inline = inline.replace(
        &format!("aria-labelledby=\"{key}-title {key}-desc\""),
        &format!("aria-labelledby=\"{anchor}-title {anchor}-desc\""),
    );
    let number = anchor.rsplit('-').next().unwrap_or_default();
    let file = format!("charts/{number:0>2}-{key}.svg");
    let mut markup = format!(
        "<figure id=\"{anchor}\">\n{inline}<figcaption>{caption}</figcaption>\n\
         <details>\n<summary>图的数据<span class=\"unseen\">：{caption}</span></summary>\n"
    );
    data(chart, package, anchor, figures, &mut markup);
    markup.put(format_args!(
        "<p class=\"csv\"><a href=\"{file}\" download>下载SVG<span class=\"unseen\">：{caption}</span></a></p>\n</details>\n</figure>\n"
    ));
    ChartBlock { markup, files: vec![Output::new(file, svg)] }
}

fn data(chart: &Chart, package: &Package, anchor: &str, figures: &mut FigureIds, out: &mut String) {
    out.put(format_args!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}（数据）\">\n<table>\n<caption>{}</caption>\n\
         <thead>\n<tr><th scope=\"col\" id=\"{anchor}-c0\">类别</th>",
        escape(&chart.caption),
        escape(&chart.alternative)
    ));
    for (i, series) in chart.series.iter().enumerate() {
        let unit = if chart.unit.is_empty() { String::new() } else { format!("（{}）", chart.unit) };
        out.put(format_args!(
            "<th scope=\"col\" id=\"{anchor}-c{}\">{}{}</th>",
            i + 1,
            escape(&series.name),
            escape(&unit)
        ));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (row, category) in chart.categories.iter().enumerate() {
        out.put(format_args!("<tr><th scope=\"row\" id=\"{anchor}-r{row}\">{}</th>", escape(category)));
        for (i, series) in chart.series.iter().enumerate() {
            let figure: Option<FigureId> = series.figures.get(row).copied();
            out.put(format_args!(
                "<td class=\"amount right\" headers=\"{anchor}-c{} {anchor}-r{row}\"{}>{}</td>",
                i + 1,
                figure.map_or(String::new(), |id| figures.attribute_in_chart(id)),
                figure.map_or(String::new(), |id| escape(&figure_text(package, id)))
            ));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}
