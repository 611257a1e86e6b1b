//! Charts: complete labels, valid XML, fixed bytes.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // clippy sees only `#[test]` functions as tests

mod fixture;

use std::path::PathBuf;

use juesuan_model::{
    Block, Cell, Chart, ChartKind, ChartSeries, Figure, FigureId, Measure, Package, Place, Printed, Seen, Unit,
};
use juesuan_write::fonts::FaceFiles;
use juesuan_write::{FontSource, chart_png, chart_svg};

fn charts(package: &Package) -> Vec<&Chart> {
    let blocks = package.document.parts.iter().flat_map(|part| &part.blocks);
    blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None }).collect()
}

fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut out, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => inside = start.name().as_ref() == "text",
            quick_xml::events::Event::Text(text) if inside => out.push(text.to_string()),
            quick_xml::events::Event::End(_) => inside = false,
            quick_xml::events::Event::Eof => return out,
            _ => {}
        }
    }
}

#[test]
fn a_drawing_contains_every_category_every_series_and_every_printed_value() {
    let package = fixture::package();
    for chart in charts(&package) {
        let svg = chart_svg(chart, &package, "sans-serif");
        let words = texts(&svg).join("");
        for category in &chart.categories {
            assert!(words.contains(category), "{}: {category}", chart.caption);
        }
        for series in &chart.series {
            assert!(chart.series.len() == 1 || words.contains(&series.name), "{}: {}", chart.caption, series.name);
            for id in &series.figures {
                let Some(Cell::Number(printed)) = package.figure(*id).map(|f| f.cell) else { panic!() };
                assert!(words.contains(&printed.digits()), "{}: {}", chart.caption, printed.digits());
            }
        }
        assert!(svg.contains(&chart.alternative) && svg.contains("<title") && svg.contains("role=\"img\""));
    }
}

#[test]
fn a_chart_with_negative_missing_and_single_values_is_still_drawn() {
    let mut package = fixture::package();
    let id = charts(&package)[0].series[0].figures[0];
    let all = charts(&package).into_iter().cloned().collect::<Vec<_>>();
    package.figures[id.0 as usize].cell = Cell::Number(juesuan_model::Printed::count(-5));
    let svg = chart_svg(&all[0], &package, "sans-serif");
    assert!(texts(&svg).contains(&"-5".to_owned()), "{svg}");
    for id in all[1].series[0].figures.iter().skip(1) {
        package.figures[id.0 as usize].cell = Cell::Blank;
    }
    assert!(chart_svg(&all[1], &package, "sans-serif").contains("<path"));
    let mut none = all[2].clone();
    none.categories.clear();
    none.series.clear();
    assert!(chart_svg(&none, &package, "sans-serif").starts_with("<svg"));
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let package = fixture::package();
    for chart in charts(&package) {
        assert_eq!(chart_svg(chart, &package, "sans-serif"), chart_svg(chart, &fixture::package(), "sans-serif"));
    }
}

#[test]
fn without_a_font_there_is_no_picture_and_with_one_it_is_the_same_each_time() {
    let package = fixture::package();
    let chart = charts(&package)[0];
    assert!(chart_png(chart, &package, &FontSource::default()).is_err());
    let fonts = FontSource::search(&[PathBuf::from("/usr/share/fonts")], FaceFiles::default());
    if fonts.family().is_none() {
        println!("skipped: no Chinese font on this machine");
        return;
    }
    let first = chart_png(chart, &package, &fonts).unwrap();
    assert_eq!(first, chart_png(chart, &package, &fonts).unwrap());
    assert_eq!(&first[1..4], b"PNG");
}

#[test]
fn a_share_far_beyond_its_aim_is_cut_and_tells_its_digits() {
    let mut package = Package::default();
    let mut figures = |digits: &[&str]| -> Vec<FigureId> {
        let figure = |digits: &&str| Figure {
            meanings: Vec::new(),
            measure: Measure::Count,
            cell: Cell::Number(Printed::parse(digits, Unit::Percent).unwrap()),
            exact_fen: None,
            seen: Seen::Text,
            place: Place::default(),
        };
        digits.iter().map(|digits| package.push(figure(digits))).collect()
    };
    let series = vec![
        ChartSeries { name: "指标值".into(), figures: figures(&["100", "100", "100"]) },
        ChartSeries { name: "实际完成".into(), figures: figures(&["228", "97.5", "100"]) },
    ];
    let categories = ["疏浚河段", "巡查里程", "受益村民满意度"].map(String::from).to_vec();
    let chart = Chart {
        key: "shares".into(),
        caption: "完成程度".into(),
        kind: ChartKind::Bars,
        unit: "%".into(),
        categories,
        series,
        alternative: "三项指标。".into(),
    };
    let svg = chart_svg(&chart, &package, "sans-serif");
    let words = texts(&svg);
    for word in ["228%", "97.5%", "指标值（100%）", "150", "受益村民满意度"] {
        assert!(words.iter().any(|own| own == word), "{word}: {words:?}");
    }
    // No text stands upright, none of the axis goes beyond half more, and one bar has the mark of a cut.
    assert!(!svg.contains("rotate(") && !words.iter().any(|own| own == "200" || own == "250"), "{svg}");
    assert_eq!(svg.matches("<path").count(), 1);
}

#[test]
fn groups_that_are_too_many_for_their_digits_lie_across_and_no_text_stands_upright() {
    let mut package = Package::default();
    let mut figures = |count: usize, digits: &str| -> Vec<FigureId> {
        let figure = |number: usize| Figure {
            meanings: Vec::new(),
            measure: Measure::Amount,
            cell: Cell::Number(Printed::parse(&digits.replace('?', &number.to_string()), Unit::WanYuan).unwrap()),
            exact_fen: None,
            seen: Seen::Text,
            place: Place::default(),
        };
        (0..count).map(|number| package.push(figure(number))).collect()
    };
    let series = vec![
        ChartSeries { name: "预算".into(), figures: figures(9, "12345?.78") },
        ChartSeries { name: "决算".into(), figures: figures(9, "-123?.56") },
    ];
    let chart = Chart {
        key: "many".into(),
        caption: "各科目".into(),
        kind: ChartKind::Bars,
        unit: "万元".into(),
        categories: (1..=9).map(|number| format!("科目{number}")).collect(),
        series,
        alternative: "九个科目。".into(),
    };
    let svg = chart_svg(&chart, &package, "sans-serif");
    let words = texts(&svg);
    assert!(!svg.contains("rotate("), "{svg}");
    assert_eq!(words.iter().filter(|own| own.starts_with("12345")).count(), 9, "{words:?}");
    assert_eq!(words.iter().filter(|own| own.starts_with("-123")).count(), 9, "{words:?}");
    // The first stands at the top: names come in their order from above.
    assert!(svg.find("科目1<").unwrap() < svg.find("科目9<").unwrap());
}
