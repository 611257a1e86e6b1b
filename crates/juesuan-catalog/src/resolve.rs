//! What a file names in another one: looked up once everything is loaded, so that a name that leads nowhere is a fault of the
//! catalogue and not a figure or a sentence that is silently missing.

use juesuan_model::Problem;

use crate::catalog::Catalog;
use crate::form::Form;
use crate::input::ColumnKind;
use crate::near::{lacking, nearest};
use crate::performance::{CountSpec, OperandSource, RegisterSpec};
use crate::variant::Variant;

/// Names everything that leads nowhere.
pub(crate) fn check(catalog: &Catalog, problems: &mut Vec<Problem>) {
    let mut resolver = Resolver { catalog, problems };
    resolver.forms();
    resolver.sections();
    resolver.rules();
    resolver.counts();
    resolver.rates();
    resolver.library();
    resolver.bulletin();
}

struct Resolver<'a> {
    catalog: &'a Catalog,
    problems: &'a mut Vec<Problem>,
}

impl Resolver<'_> {
    fn fault(&mut self, path: &str, words: &[&str], message: String) {
        self.problems.push(self.catalog.source.fault(path, words, message));
    }

    fn forms(&mut self) {
        let catalog = self.catalog;
        for variant in catalog.variants.iter() {
            for form in &variant.forms {
                let cells = form.block.iter().flat_map(|block| {
                    let columns = block.column.iter().map(|column| &column.means);
                    std::iter::once(&block.means).chain(columns).chain(block.row.iter().map(|row| &row.means))
                });
                for meaning in std::iter::once(&form.means).chain(&form.absent).chain(cells) {
                    for (node, message) in catalog.trees.unknown_in(meaning) {
                        self.form_fault(variant, form, &[node], message);
                    }
                }
                let laws = || catalog.rulebook.laws().iter().map(|law| law.key.as_str());
                for column in form.block.iter().flat_map(|block| &block.column) {
                    if !laws().any(|law| law == column.law) {
                        let message = lacking("laws.toml", &column.law, laws());
                        self.form_fault(variant, form, &[&column.key, &column.law], message);
                    }
                }
            }
        }
    }

    /// A fault of a form stands in its file, or in that of the variant that changes it.
    fn form_fault(&mut self, variant: &Variant, form: &Form, words: &[&str], message: String) {
        let source = &self.catalog.source;
        let own = source.fault(&format!("forms/{}.toml", form.key), words, message.as_str());
        self.problems.push(match words.last() {
            Some(word) if own.place.line.is_none() => variant.fault_of_form(&form.key, word, source, message),
            _ => own,
        });
    }

    fn sections(&mut self) {
        let catalog = self.catalog;
        let forms = || catalog.source.below("forms/", ".toml").map(|path| crate::source::stem(path, "forms/"));
        for (variant, text) in &catalog.sections.variants {
            for section in text.sections.values() {
                let slots = section.slot.values().map(|slot| &slot.form);
                for form in std::iter::once(&section.explains).chain(slots).filter(|form| !form.is_empty()) {
                    if !forms().any(|key| key == form) {
                        let message = lacking("forms/", form, forms());
                        let place = (variant.as_str(), section.key.as_str());
                        self.problems.push(catalog.sections.fault(place, form, &catalog.source, message));
                    }
                }
            }
            for term in &text.glossary.term {
                for (node, message) in term.functions.iter().flat_map(|means| catalog.trees.unknown_in(means)) {
                    self.fault(&format!("glossary/{variant}.toml"), &[node], message);
                }
            }
        }
    }

    fn rules(&mut self) {
        let catalog = self.catalog;
        let variants = || catalog.variants.iter().map(|variant| variant.key.as_str());
        for rule in catalog.rulebook.rules() {
            for key in rule.applies.variants.iter().filter(|key| !variants().any(|own| own == **key)) {
                let message = lacking("variants/", key, variants());
                self.fault(&rule.path, &["applies", key], message);
            }
        }
    }

    fn counts(&mut self) {
        const PATH: &str = "performance/counts.toml";
        let catalog = self.catalog;
        let counts = &catalog.performance.counts;
        for spec in &counts.registers {
            self.columns(&spec.key, &spec.key, register_columns(spec));
        }
        for (at, spec) in counts.counts.iter().enumerate() {
            let name = spec.names.first().map_or("", String::as_str);
            self.columns(name, &spec.register, count_columns(spec));
            if spec.unit.is_empty() && spec.measure.is_empty() {
                self.fault(PATH, &[name], format!("计数“{name}”应写 unit 或 measure"));
            }
            for double in spec.names.iter().filter(|n| counts.counts.iter().take(at).any(|own| own.names.contains(n))) {
                self.fault(PATH, &[name, double], format!("名称“{double}”属于两个计数，请删去一个"));
            }
            for filter in spec.filters.iter().chain(&spec.share) {
                let column = catalog.inputs.get(&spec.register).and_then(|file| file.column(&filter.column));
                let Some(column) = column.filter(|column| column.kind == ColumnKind::Choice) else { continue };
                for word in filter.is.iter().filter(|word| !column.choices.contains(word)) {
                    let near = nearest(word, column.choices.iter().map(String::as_str));
                    let message =
                        format!("“{}”列里不能填“{word}”{near}；可以填：{}", column.key, column.choices.join("、"));
                    self.fault(PATH, &[name, word], message);
                }
            }
        }
    }

    /// Columns of a register that an entry of `counts.toml` names.
    fn columns<'c>(&mut self, entry: &str, register: &str, columns: impl Iterator<Item = &'c String>) {
        const PATH: &str = "performance/counts.toml";
        let inputs = &self.catalog.inputs;
        let Some(file) = inputs.get(register) else {
            let message = lacking("inputs/", register, inputs.iter().map(|file| file.key.as_str()));
            self.fault(PATH, &[entry, register], message);
            return;
        };
        for column in columns.filter(|column| !column.is_empty() && file.column(column).is_none()) {
            let near = nearest(column, file.column.iter().map(|column| column.key.as_str()));
            let keys: Vec<&str> = file.column.iter().map(|column| column.key.as_str()).collect();
            let message = format!("登记表 {register} 没有“{column}”这一列{near}；它的列：{}", keys.join("、"));
            self.fault(PATH, &[entry, column], message);
        }
    }

    fn rates(&mut self) {
        let performance = &self.catalog.performance;
        for rate in &performance.rates {
            for operand in rate.way.iter().flat_map(|way| [&way.part, &way.whole]) {
                let OperandSource::Count(key) = operand.source() else { continue };
                if !is_count(self.catalog, key) {
                    let message = lacking("counts.toml", key, counts(self.catalog));
                    self.fault("performance/rates.toml", &[&rate.key, key], message);
                }
            }
        }
    }

    fn library(&mut self) {
        let performance = &self.catalog.performance;
        let methods = &performance.methods;
        let methods =
            || [&methods.ratio, &methods.all_or_nothing, &methods.tiers, &methods.judged].into_iter().flatten();
        for path in self.catalog.source.below("performance/library/", ".toml") {
            for own in performance.library.iter().filter(|own| own.file == path) {
                if !methods().any(|word| *word == own.method) {
                    let words = methods().map(String::as_str).collect::<Vec<_>>().join("、");
                    let message = format!("指标“{}”：methods.toml 里没有“{}”；可以写：{words}", own.name, own.method);
                    self.fault(path, &[&own.name, &own.method], message);
                }
                let computed = &own.computed;
                if !computed.is_empty() && performance.rate(computed).is_none() && !is_count(self.catalog, computed) {
                    let rates = performance.rates.iter().map(|rate| rate.key.as_str());
                    let near = nearest(computed, rates.chain(counts(self.catalog)));
                    let message = format!("指标“{}”：rates.toml 和 counts.toml 里都没有“{computed}”{near}", own.name);
                    self.fault(path, &[&own.name, computed], message);
                }
            }
        }
    }

    fn bulletin(&mut self) {
        for section in &self.catalog.performance.bulletin.sections {
            let listed = section.each.is_some();
            let faulty = [
                (listed == section.column.is_empty(), "each 和 column 应一起写"),
                (listed == section.item.is_empty(), "each 和 item 应一起写"),
                (!listed && section.text.is_empty(), "应写 text 或 each"),
                (section.column.iter().any(|column| column.width == 0), "column 的 width 应大于0"),
            ];
            for (_, message) in faulty.into_iter().filter(|(wrong, _)| *wrong) {
                let message = format!("“{}”一节：{message}", section.heading);
                self.fault("performance/bulletin.toml", &[&section.heading], message);
            }
        }
    }
}

fn register_columns(spec: &RegisterSpec) -> impl Iterator<Item = &String> {
    let columns = [&spec.given, &spec.due, &spec.done, &spec.status];
    columns.into_iter().chain(&spec.dates).chain(&spec.owners).chain(&spec.same)
}

fn count_columns(spec: &CountSpec) -> impl Iterator<Item = &String> {
    let filters = spec.filters.iter().chain(&spec.share).flat_map(|f| [&f.column, &f.by, &f.within, &f.from]);
    filters.chain([&spec.sum, &spec.distinct, &spec.measure]).chain(&spec.each)
}

fn counts(catalog: &Catalog) -> impl Iterator<Item = &str> {
    catalog.performance.counts.names()
}

fn is_count(catalog: &Catalog, name: &str) -> bool {
    counts(catalog).any(|own| own == name)
}
