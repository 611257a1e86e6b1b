//! Charts: two years side by side, or the parts of one year, with caption and the same in words.

use juesuan_catalog::Section;
use juesuan_catalog::section::{ChartSpec, Slot, Version};
use juesuan_model::{
    Ask, Cell, Chart, ChartKind, ChartSeries, Figure, FigureId, Meaning, Measure, Need, Place, Problem, Seen, Unit,
    Wanted,
};

use super::value::{Value, share};
use super::{Narrator, Written};

/// A slot of a chart with its name.
struct Named<'a> {
    name: &'a str,
    slot: &'a Slot,
    meanings: Vec<Meaning>,
}

impl Narrator<'_> {
    /// The chart, if every value it needs is known; else the problem says which is not.
    pub fn chart(&self, section: &Section, spec: &ChartSpec, heading: &str, written: &mut Written) -> Option<Chart> {
        let slots: Vec<Named> = spec
            .slots
            .iter()
            .filter_map(|key| section.slot.get_key_value(key))
            .map(|(key, slot)| Named {
                name: if slot.name.is_empty() { key } else { &slot.name },
                slot,
                meanings: section.meanings(slot),
            })
            .collect();
        let versions = spec.versions();
        let values = match self.drawn(section, &slots, versions) {
            Ok(values) => values,
            Err((named, version)) => {
                self.undrawn(&spec.caption, named, version, heading, written);
                return None;
            }
        };
        let mut push = |named: &Named, version: Version, value: Value, column: String| -> FigureId {
            let place = Place {
                section: Some(heading.to_owned()),
                table: Some(spec.caption.clone()),
                row: Some(named.name.to_owned()),
                column: Some(column),
                ..Place::default()
            };
            written.package.push(Figure {
                meanings: named.meanings.iter().map(|meaning| self.values.version(meaning, version)).collect(),
                measure: Measure::Amount,
                cell: Cell::Number(value.printed),
                exact_fen: value.exact,
                seen: Seen::Text,
                place,
            })
        };
        let (categories, series, alternative) = match spec.kind {
            ChartKind::Ring => {
                let figures =
                    slots.iter().zip(&values).map(|(n, v)| push(n, Version::Own, *v, self.year(Version::Own)));
                let series = vec![ChartSeries { name: self.year(Version::Own), figures: figures.collect() }];
                let words = self.parts_in_words(section, &slots, &values);
                (slots.iter().map(|named| named.name.to_owned()).collect(), series, words)
            }
            ChartKind::Bars | ChartKind::StackedBars => {
                let series = slots.iter().zip(values.chunks(versions.len())).map(|(named, values)| ChartSeries {
                    name: named.name.to_owned(),
                    figures: versions
                        .iter()
                        .zip(values)
                        .map(|(version, value)| push(named, *version, *value, self.year(*version)))
                        .collect(),
                });
                let series = series.collect();
                let words = self.years_in_words(&slots, &values, versions);
                (versions.iter().map(|version| self.year(*version)).collect(), series, words)
            }
        };
        Some(Chart {
            key: spec.key.clone(),
            caption: spec.caption.clone(),
            kind: spec.kind,
            unit: Unit::WanYuan.word().to_owned(),
            categories,
            series,
            alternative: format!("{alternative}。"),
        })
    }

    /// The values of a chart, slot by slot; else what nobody knows.
    fn drawn<'s>(
        &self,
        section: &Section,
        slots: &'s [Named<'s>],
        versions: &[Version],
    ) -> Result<Vec<Value>, (&'s Named<'s>, Version)> {
        let each = slots.iter().flat_map(|named| versions.iter().map(move |version| (named, *version)));
        each.map(|(named, version)| self.value(section, named.slot, &named.meanings, version).ok_or((named, version)))
            .collect()
    }

    /// A chart is not drawn without a figure, which is asked for: the document is complete without it.
    fn undrawn(&self, caption: &str, named: &Named, version: Version, heading: &str, written: &mut Written) {
        let meaning = named.meanings.first().map(|meaning| self.values.version(meaning, version)).unwrap_or_default();
        let place = Place { section: Some(heading.to_owned()), ..Place::default() };
        written.asks.push(Ask::new(Wanted::Amount(meaning), named.name, place.clone(), Need::May));
        let unknown = format!("{}的{}", self.year(version), named.name);
        let message = format!("“{caption}”没有画：不知道{unknown}，请补充后重新编制");
        written.problems.push(Problem::doubt(place, message));
    }

    /// The parts of a whole with their shares; those of nothing together at the end.
    fn parts_in_words(&self, section: &Section, slots: &[Named], values: &[Value]) -> String {
        let whole = slots.first().and_then(|named| section.slot.get_key_value(&named.slot.of));
        let all = whole.and_then(|(_, slot)| self.value(section, slot, &section.meanings(slot), Version::Own));
        let (none, some): (Vec<_>, Vec<_>) = slots.iter().zip(values).partition(|(_, value)| value.is_zero());
        let parts = some.into_iter().map(|(named, value)| {
            let rate = all.and_then(|all| share(*value, all, self.wording.percent_decimals));
            let rate = rate.map_or_else(String::new, |rate| format!("，占{}%", self.digits(rate)));
            format!("{}{}{rate}", named.name, self.told(value))
        });
        let mut words = parts.collect::<Vec<_>>().join("；");
        if !none.is_empty() {
            let names: Vec<&str> = none.into_iter().map(|(named, _)| named.name).collect();
            words.push_str(&format!("；{}为零", names.join("、")));
        }
        words
    }

    /// Each slot with its value of each year.
    fn years_in_words(&self, slots: &[Named], values: &[Value], versions: &[Version]) -> String {
        let words = slots.iter().zip(values.chunks(versions.len())).map(|(named, values)| {
            let years = versions.iter().zip(values);
            let years = years.map(|(version, value)| format!("{}{}", self.year(*version), self.told(value)));
            format!("{}{}", named.name, years.collect::<Vec<_>>().join("，"))
        });
        words.collect::<Vec<_>>().join("；")
    }

    fn told(&self, value: &Value) -> String {
        format!("{}{}", self.digits(value.printed), Unit::WanYuan.word())
    }

    fn year(&self, version: Version) -> String {
        format!("{}年度", self.year_of(&self.values.version(&Meaning::new(), version)))
    }
}
