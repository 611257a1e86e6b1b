//! A consistent package of tables T1–T6, TP and sentences, out of exact amounts.

use juesuan_model::package::LaidOutSum;
use juesuan_model::{
    Against, BudgetUnit, Cell, Claim, Dimension, Entity, Figure, FigureId, Meaning, Measure, Money, Package, Place,
    Printed, Ratio, Seen, Statement, UnitKind,
};

use crate::books::Books;
use crate::random::Random;

const SOURCES: [&str; 5] = ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"];
const FUNDS: [&str; 3] = ["一般公共预算", "政府性基金", "国有资本经营"];

pub fn of(pairs: &[(Dimension, &str)]) -> Meaning {
    pairs.iter().fold(
        Meaning::new(),
        |meaning, (dimension, node)| {
            if node.is_empty() { meaning } else { meaning.with(*dimension, *node) }
        },
    )
}

pub fn item(name: &str) -> Meaning {
    of(&[(Dimension::Item, name)])
}

pub struct Maker {
    pub package: Package,
    books: Books,
    sentence: u32,
}

impl Maker {
    pub fn package(seed: u64) -> Package {
        let books = Books::make(&mut Random(seed));
        let unit = BudgetUnit { name: "示例局".to_owned(), kind: UnitKind::Administrative, note: String::new() };
        let entity = Entity { year: 2023, variant: "hubei".to_owned(), units: vec![unit], ..Entity::default() };
        let mut maker = Maker { package: Package { entity, ..Package::default() }, books, sentence: 0 };
        maker.income_expense();
        maker.by_function();
        maker.fiscal();
        maker.general();
        maker.economic();
        maker.three_public();
        maker.text();
        maker.package
    }

    fn amount_of(&self, meaning: &Meaning) -> i64 {
        let books = &self.books;
        let get = |d| meaning.get(d).unwrap_or("");
        let (function, fund, nature, source) =
            (get(Dimension::Function), get(Dimension::Fund), get(Dimension::Nature), get(Dimension::Source));
        let wants = |which: usize| match fund {
            "" => true,
            "财政拨款" => which < 2,
            other => which < 2 && FUNDS[which] == other,
        };
        let basic = if wants(0) && nature != "项目支出" { books.basic_of(function, &[]) } else { 0 };
        let project = if nature == "基本支出" {
            0
        } else {
            let parts = [&books.project, &books.fund, &books.own];
            (0..3).filter(|i| wants(*i)).map(|i| Books::below(parts[i], function)).sum()
        };
        let balance = |list: &[i64; 3]| (0..3).filter(|i| wants(*i)).map(|i| list[i]).sum::<i64>();
        // Income of an item is its expense; what stays over goes to the first item of each fund.
        let moved = |which: usize, home: &str| {
            if home.starts_with(function) { books.closing[which] - books.opening[which] } else { 0 }
        };
        let homes = ["2010301", "2120803", "2010302"];
        match get(Dimension::Item) {
            "支出" => basic + project,
            "收入" if source == "其他收入" => Books::below(&books.own, function) + moved(2, homes[2]),
            "收入" if !source.is_empty() => 0,
            "收入" => basic + project + (0..3).filter(|i| wants(*i)).map(|i| moved(i, homes[i])).sum::<i64>(),
            "年初结转和结余" => balance(&books.opening),
            "年末结转和结余" => balance(&books.closing),
            "收入总计" | "支出总计" => basic + project + balance(&books.closing),
            _ => 0,
        }
    }

    fn cell(&mut self, table: &str, row: &str, column: &str, meaning: Meaning) -> FigureId {
        let fen = self.amount_of(&meaning);
        self.cell_of(table, row, column, meaning, fen)
    }

    fn cell_of(&mut self, table: &str, row: &str, column: &str, meaning: Meaning, fen: i64) -> FigureId {
        let place = Place {
            table: Some(table.to_owned()),
            row: Some(row.to_owned()),
            column: Some(column.to_owned()),
            ..Place::default()
        };
        self.push(meaning, Measure::Amount, Printed::wan_yuan(Money(fen)), place)
    }

    fn push(&mut self, meaning: Meaning, measure: Measure, printed: Printed, place: Place) -> FigureId {
        self.package.push(Figure {
            meanings: vec![meaning],
            measure,
            cell: Cell::Number(printed),
            exact_fen: None,
            seen: Seen::Text,
            place,
        })
    }

    fn sum(&mut self, total: FigureId, parts: Vec<FigureId>) {
        self.package.sums.push(LaidOutSum { total, parts, less: Vec::new(), law: "sum".to_owned() });
    }

    fn income_expense(&mut self) {
        let table = "收入支出决算总表";
        let mut parts = Vec::new();
        for fund in FUNDS {
            parts.push(self.cell(table, fund, "收入", item("收入").with(Dimension::Fund, fund)));
        }
        for source in SOURCES {
            parts.push(self.cell(table, source, "收入", item("收入").with(Dimension::Source, source)));
        }
        let income = self.cell(table, "本年收入合计", "收入", item("收入"));
        self.sum(income, parts);
        let used = self.cell(table, "使用非财政拨款结余", "收入", item("使用非财政拨款结余"));
        let opening = self.cell(table, "年初结转和结余", "收入", item("年初结转和结余"));
        let total = self.cell(table, "总计", "收入", item("收入总计"));
        self.sum(total, vec![income, used, opening]);
        let mut classes = Vec::new();
        for class in self.books.codes().into_iter().filter(|c| c.len() == 3) {
            classes.push(self.cell(table, &class, "支出", item("支出").with(Dimension::Function, class.as_str())));
        }
        let expense = self.cell(table, "本年支出合计", "支出", item("支出"));
        self.sum(expense, classes);
        let distribution = self.cell(table, "结余分配", "支出", item("结余分配"));
        let closing = self.cell(table, "年末结转和结余", "支出", item("年末结转和结余"));
        let total = self.cell(table, "总计", "支出", item("支出总计"));
        self.sum(total, vec![expense, distribution, closing]);
    }

    fn by_function(&mut self) {
        let income: Vec<(&str, Meaning)> = std::iter::once(("本年收入合计", item("收入")))
            .chain([("财政拨款收入", item("收入").with(Dimension::Fund, "财政拨款"))])
            .chain(SOURCES.map(|s| (s, item("收入").with(Dimension::Source, s))))
            .collect();
        self.function_table("收入决算表", &income);
        let expense = [
            ("本年支出合计", item("支出")),
            ("基本支出", item("支出").with(Dimension::Nature, "基本支出")),
            ("项目支出", item("支出").with(Dimension::Nature, "项目支出")),
        ];
        self.function_table("支出决算表", &expense);
    }

    fn general(&mut self) {
        let general = item("支出").with(Dimension::Fund, "一般公共预算");
        let columns = [
            ("本年支出合计", general.clone()),
            ("基本支出", general.clone().with(Dimension::Nature, "基本支出")),
            ("项目支出", general.with(Dimension::Nature, "项目支出")),
        ];
        self.function_table("一般公共预算财政拨款支出决算表", &columns);
    }

    fn function_table(&mut self, table: &str, columns: &[(&str, Meaning)]) {
        let mut codes = vec![String::new()];
        codes.extend(self.books.codes().into_iter().filter(|code| {
            let meaning = columns[0].1.clone().with(Dimension::Function, code.as_str());
            self.amount_of(&meaning) != 0
        }));
        let mut grid: Vec<(String, Vec<FigureId>)> = Vec::new();
        for code in &codes {
            let mut row = Vec::new();
            for (name, meaning) in columns {
                let meaning = if code.is_empty() {
                    meaning.clone()
                } else {
                    meaning.clone().with(Dimension::Function, code.as_str())
                };
                let label = if code.is_empty() { "合计" } else { code };
                row.push(self.cell(table, label, name, meaning));
            }
            self.sum(row[0], row[1..].to_vec());
            grid.push((code.clone(), row));
        }
        for (code, row) in &grid {
            let digits = if code.is_empty() { 3 } else { code.len() + 2 };
            for (column, total) in row.iter().enumerate() {
                let parts: Vec<FigureId> = grid
                    .iter()
                    .filter(|(c, _)| c.len() == digits && c.starts_with(code.as_str()))
                    .map(|(_, r)| r[column])
                    .collect();
                if !parts.is_empty() {
                    self.sum(*total, parts);
                }
            }
        }
    }

    fn fiscal(&mut self) {
        let table = "财政拨款收入支出决算总表";
        let all = |name: &str| item(name).with(Dimension::Fund, "财政拨款");
        let mut totals = Vec::new();
        for (name, row) in [("收入", "本年收入合计"), ("年初结转和结余", "年初财政拨款结转和结余")]
        {
            let mut parts = Vec::new();
            for fund in FUNDS {
                parts.push(self.cell(table, &format!("{row}{fund}"), "金额", item(name).with(Dimension::Fund, fund)));
            }
            let total = self.cell(table, row, "金额", all(name));
            self.sum(total, parts);
            totals.push(total);
        }
        let grand = self.cell(table, "总计", "金额", all("收入总计"));
        self.sum(grand, totals);
        let columns = ["财政拨款", FUNDS[0], FUNDS[1], FUNDS[2]];
        let mut grid: Vec<Vec<FigureId>> = Vec::new();
        let classes: Vec<String> = self.books.codes().into_iter().filter(|c| c.len() == 3).collect();
        let mut rows: Vec<(String, Meaning)> =
            classes.iter().map(|c| (c.clone(), item("支出").with(Dimension::Function, c.as_str()))).collect();
        rows.push(("本年支出合计".to_owned(), item("支出")));
        rows.push(("年末财政拨款结转和结余".to_owned(), item("年末结转和结余")));
        rows.push(("总计".to_owned(), item("支出总计")));
        for (name, meaning) in rows {
            let mut row = Vec::new();
            for fund in columns {
                row.push(self.cell(table, &name, fund, meaning.clone().with(Dimension::Fund, fund)));
            }
            self.sum(row[0], row[1..].to_vec());
            grid.push(row);
        }
        let count = grid.len();
        for column in 0..columns.len() {
            let parts = grid[..count - 3].iter().map(|row| row[column]).collect();
            self.sum(grid[count - 3][column], parts);
            self.sum(grid[count - 1][column], vec![grid[count - 3][column], grid[count - 2][column]]);
        }
    }

    fn economic(&mut self) {
        let table = "一般公共预算财政拨款基本支出决算明细表";
        let basic =
            of(&[(Dimension::Item, "支出"), (Dimension::Fund, "一般公共预算"), (Dimension::Nature, "基本支出")]);
        let codes: Vec<&str> = {
            let mut codes: Vec<&str> = self.books.basic.values().flat_map(|c| c.keys().copied()).collect();
            codes.sort_unstable();
            codes
        };
        let mut classes: Vec<(&str, FigureId)> = Vec::new();
        for class in ["301", "302", "303", "310"] {
            let mut parts = Vec::new();
            for code in codes.iter().filter(|c| c.starts_with(class)) {
                let fen = self.books.basic_of("", &[*code]);
                parts.push(self.cell_of(table, code, "决算数", basic.clone().with(Dimension::Economic, *code), fen));
            }
            let fen = self.books.basic_of("", &[class]);
            let total = self.cell_of(table, class, "决算数", basic.clone().with(Dimension::Economic, class), fen);
            if !parts.is_empty() {
                self.sum(total, parts);
            }
            classes.push((class, total));
        }
        for (name, list) in [("人员经费", ["301", "303"]), ("公用经费", ["302", "310"])] {
            let fen = self.books.basic_of("", &list);
            let meaning = basic.clone().with(Dimension::Nature, name);
            let total = self.cell_of(table, &format!("{name}合计"), "决算数", meaning, fen);
            let parts = classes.iter().filter(|(class, _)| list.contains(class)).map(|(_, id)| *id).collect();
            self.sum(total, parts);
        }
    }

    fn public(&self) -> [(&'static str, i64); 6] {
        let (abroad, running) = (self.books.abroad, self.books.basic_of("", &["30231"]));
        let reception = self.books.basic_of("", &["30217"]) + self.books.reception_project;
        [
            ("三公经费", abroad + running + reception),
            ("因公出国（境）费", abroad),
            ("公务用车购置及运行维护费", running),
            ("公务用车购置费", 0),
            ("公务用车运行维护费", running),
            ("公务接待费", reception),
        ]
    }

    fn three_public(&mut self) {
        let table = "财政拨款“三公”经费支出决算表";
        for (stage, add) in [("全年预算", 1_230_000), ("", 0)] {
            let mut ids = Vec::new();
            for (number, (theme, fen)) in self.public().into_iter().enumerate() {
                let more = [3 * add, add, add, 0, add, add][number];
                let meaning = of(&[(Dimension::Item, "支出"), (Dimension::Theme, theme), (Dimension::Stage, stage)]);
                let column = format!("{stage}{theme}");
                ids.push(self.cell_of(table, "合计", &column, meaning, fen + more));
            }
            self.sum(ids[0], vec![ids[1], ids[2], ids[5]]);
            self.sum(ids[2], vec![ids[3], ids[4]]);
        }
    }

    fn place(&mut self, section: &str) -> Place {
        self.sentence += 1;
        Place { section: Some(section.to_owned()), quote: Some(format!("第{}处", self.sentence)), ..Place::default() }
    }

    fn say(&mut self, section: &str, meaning: &Meaning, fen: i64) {
        let place = self.place(section);
        self.push(meaning.clone(), Measure::Amount, Printed::wan_yuan(Money(fen)), place);
    }

    /// Change, growth, direction and cause against last year's amount.
    fn compare(&mut self, section: &str, meaning: &Meaning, fen: i64, against: Against, base: i64) {
        let place = self.place(section);
        self.push(meaning.clone(), Measure::Change(against), Printed::wan_yuan(Money(fen - base)), place);
        if let Some(ratio) = Ratio::new(Money(fen - base), Money(base)) {
            let place = self.place(section);
            self.push(meaning.clone(), Measure::Growth(against), ratio.percent(1), place);
        }
        let statement = match fen.cmp(&base) {
            std::cmp::Ordering::Greater => Statement::Up(against),
            std::cmp::Ordering::Less => Statement::Down(against),
            std::cmp::Ordering::Equal => Statement::Level(against),
        };
        let cause = Statement::Cause(against, "人员变动和新增信息化项目".to_owned());
        for statement in [statement, cause] {
            let place = self.place(section);
            self.package.claims.push(Claim { meanings: vec![meaning.clone()], statement, place, seen: Seen::Text });
        }
    }

    fn rate(&mut self, section: &str, meaning: &Meaning, measure: Measure, part: i64, whole: i64) {
        if let Some(ratio) = Ratio::new(Money(part), Money(whole)) {
            let place = self.place(section);
            self.push(meaning.clone(), measure, ratio.percent(1), place);
        }
    }

    fn text(&mut self) {
        let prior = |fen: i64, promille: i64| fen / 1000 * promille;
        let promille = self.books.prior_promille;
        let fiscal = |name: &str| item(name).with(Dimension::Fund, "财政拨款");
        let sections = [
            ("一、收入支出决算总体情况说明", vec![item("收入总计"), item("支出总计")]),
            ("二、收入决算情况说明", vec![item("收入")]),
            ("三、支出决算情况说明", vec![item("支出")]),
            ("四、财政拨款收入支出决算总体情况说明", vec![fiscal("收入总计"), fiscal("支出总计")]),
        ];
        for (section, meanings) in sections {
            for meaning in meanings {
                let fen = self.amount_of(&meaning);
                self.say(section, &meaning, fen);
                self.compare(section, &meaning, fen, Against::PriorYear, prior(fen, promille));
            }
        }
        let parts: [(&str, Meaning, Meaning); 4] = [
            ("二、收入决算情况说明", fiscal("收入"), item("收入")),
            ("二、收入决算情况说明", item("收入").with(Dimension::Source, "其他收入"), item("收入")),
            ("三、支出决算情况说明", item("支出").with(Dimension::Nature, "基本支出"), item("支出")),
            ("三、支出决算情况说明", item("支出").with(Dimension::Nature, "项目支出"), item("支出")),
        ];
        for (section, part, whole) in parts {
            let (fen, all) = (self.amount_of(&part), self.amount_of(&whole));
            self.say(section, &part, fen);
            self.rate(section, &part, Measure::Share { of: Box::new(whole) }, fen, all);
        }
        self.general_text();
        self.public_text();
    }

    fn general_text(&mut self) {
        let section = "五、一般公共预算财政拨款支出决算情况说明";
        let general = item("支出").with(Dimension::Fund, "一般公共预算");
        let initial = |meaning: &Meaning| meaning.clone().with(Dimension::Stage, "年初预算");
        let (fen, budget) = (self.amount_of(&general), self.books.budget.values().sum::<i64>());
        for _ in 0..3 {
            self.say(section, &general, fen);
        }
        self.say(section, &initial(&general), budget);
        self.rate(section, &general, Measure::Completion(Against::InitialBudget), fen, budget);
        let items: Vec<(&str, i64)> = self.books.budget.iter().map(|(code, fen)| (*code, *fen)).collect();
        for (code, budget) in items {
            let meaning = general.clone().with(Dimension::Function, code);
            let fen = self.amount_of(&meaning);
            self.say(section, &initial(&meaning), budget);
            self.say(section, &meaning, fen);
            self.rate(section, &meaning, Measure::Completion(Against::InitialBudget), fen, budget);
        }
        let section = "六、一般公共预算财政拨款基本支出决算情况说明";
        for (nature, list) in
            [("基本支出", &[][..]), ("人员经费", &["301", "303"][..]), ("公用经费", &["302", "310"][..])]
        {
            let fen = self.books.basic_of("", list);
            self.say(section, &general.clone().with(Dimension::Nature, nature), fen);
        }
        let running = of(&[(Dimension::Item, "支出"), (Dimension::Theme, "机关运行经费")]);
        let fen = self.books.basic_of("", &["302", "310"]);
        self.say("十、机关运行经费支出情况说明", &running, fen);
    }

    fn public_text(&mut self) {
        let section = "九、“三公”经费支出决算情况说明";
        for (theme, fen) in self.public() {
            let meaning = of(&[(Dimension::Item, "支出"), (Dimension::Theme, theme)]);
            self.say(section, &meaning, fen);
        }
        let counts = [
            ("团组", "因公出国（境）费", self.books.groups),
            ("人次", "因公出国（境）费", self.books.travellers),
            ("购置车辆", "", 0),
            ("车辆", "财政拨款开支车辆", self.books.vehicles),
            ("车辆", "", self.books.vehicles + 1),
            ("批次", "国内接待", self.books.receptions),
            ("人次", "国内接待", self.books.guests),
        ];
        for (name, theme, number) in counts {
            let place = self.place(section);
            self.push(
                of(&[(Dimension::Item, name), (Dimension::Theme, theme)]),
                Measure::Count,
                Printed::count(number),
                place,
            );
        }
        let reception = self.public()[5].1;
        self.say(section, &of(&[(Dimension::Item, "支出"), (Dimension::Theme, "国内接待")]), reception);
        self.say(section, &of(&[(Dimension::Item, "支出"), (Dimension::Theme, "外宾接待")]), 0);
    }
}
