//! `registers/`: what the department counts itself – trips, vehicles, receptions, contracts, equipment, staff.
//!
//! A register that is there and empty says that there is nothing; one that is absent says nothing.

use juesuan_facts::record::Record;
use juesuan_model::{Money, Place};
use juesuan_text::Day;

/// One group that travelled abroad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// Name of the group.
    pub group: String,
    /// Persons.
    pub persons: i64,
    /// Countries and regions.
    pub places: String,
    /// Task.
    pub purpose: String,
    /// Cost, if given.
    pub amount: Option<Money>,
    /// Row of the register.
    pub place: Place,
}

/// One vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// Number plate or inventory number.
    pub plate: String,
    /// Use, in the standard word.
    pub vehicle_use: String,
    /// Who pays for its running.
    pub payer: Payer,
    /// Day of purchase.
    pub acquired: Option<Day>,
    /// Day of disposal.
    pub disposed: Option<Day>,
    /// What kind of vehicle, for 其他用车.
    pub note: String,
    /// Row of the register.
    pub place: Place,
}

/// Who pays for the running of a vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// 财政拨款: the vehicle counts for 三公经费.
    Fiscal,
    /// Other money.
    Other,
}

/// One reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// 国内 or 外宾.
    pub kind: String,
    /// Day.
    pub date: Option<Day>,
    /// Who was received.
    pub guests: String,
    /// Why.
    pub purpose: String,
    /// Guests counted.
    pub persons: i64,
    /// Cost.
    pub amount: Money,
    /// Row of the register.
    pub place: Place,
}

/// One contract of government procurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// Number or name.
    pub contract: String,
    /// 货物, 工程 or 服务.
    pub category: String,
    /// Amount.
    pub amount: Money,
    /// 大型, 中型, 小型, 微型 or 其他.
    pub supplier_size: String,
    /// For whom the contract was reserved: 中小企业, 小微企业, 无 or empty.
    pub reserved: String,
    /// Row of the register.
    pub place: Place,
}

/// Equipment of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equipment {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Pieces.
    pub quantity: i64,
    /// Value of one.
    pub unit_price: Money,
    /// Row of the register.
    pub place: Place,
}

/// Posts and persons of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Unit; empty if the register does not say.
    pub unit: String,
    /// 行政, 参公, 事业, 离休 or 退休.
    pub kind: String,
    /// Posts.
    pub posts: i64,
    /// Persons at the end of the year.
    pub persons: i64,
    /// Row of the register.
    pub place: Place,
}

/// One kind of 非税收入.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonTax {
    /// Name.
    pub name: String,
    /// Budget.
    pub budget: Money,
    /// Actual.
    pub actual: Money,
    /// Row of the register.
    pub place: Place,
}

/// All registers; `None` where there is no file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// 因公出国（境）登记.
    pub trips: Option<Vec<Trip>>,
    /// 公务用车登记.
    pub vehicles: Option<Vec<Vehicle>>,
    /// 公务接待登记.
    pub receptions: Option<Vec<Reception>>,
    /// 政府采购合同登记.
    pub contracts: Option<Vec<Contract>>,
    /// 大型设备登记.
    pub equipment: Option<Vec<Equipment>>,
    /// 人员和编制.
    pub staff: Option<Vec<Staff>>,
    /// 非税收入.
    pub nontax: Option<Vec<NonTax>>,
}

fn text(record: &Record, key: &str) -> String {
    record.text(key).to_owned()
}

/// A number of things; nothing where the cell is empty.
fn count(record: &Record, key: &str) -> i64 {
    record.count(key).unwrap_or_default()
}

/// An amount; nothing where the cell is empty.
fn yuan(record: &Record, key: &str) -> Money {
    record.yuan(key).unwrap_or_default()
}

impl Registers {
    /// From the records of each kind; `records` gives `None` for a kind without a file.
    pub fn new(records: impl Fn(&str) -> Option<Vec<Record>>) -> Registers {
        fn each<T: for<'r> From<&'r Record>>(records: Option<Vec<Record>>) -> Option<Vec<T>> {
            records.map(|records| records.iter().map(T::from).collect())
        }
        Registers {
            trips: each(records("trips")),
            vehicles: each(records("vehicles")),
            receptions: each(records("receptions")),
            contracts: each(records("contracts")),
            equipment: each(records("assets")),
            staff: each(records("staff")),
            nontax: each(records("nontax")),
        }
    }
}

impl From<&Record> for Trip {
    fn from(r: &Record) -> Trip {
        Trip {
            unit: text(r, "unit"),
            group: text(r, "group"),
            persons: count(r, "persons"),
            places: text(r, "places"),
            purpose: text(r, "purpose"),
            amount: r.yuan("amount"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for Vehicle {
    fn from(r: &Record) -> Vehicle {
        Vehicle {
            unit: text(r, "unit"),
            plate: text(r, "plate"),
            vehicle_use: text(r, "use"),
            payer: if r.text("fiscal") == "否" { Payer::Other } else { Payer::Fiscal },
            acquired: r.date("acquired"),
            disposed: r.date("disposed"),
            note: text(r, "note"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for Reception {
    fn from(r: &Record) -> Reception {
        Reception {
            unit: text(r, "unit"),
            kind: text(r, "kind"),
            date: r.date("date"),
            guests: text(r, "guests"),
            purpose: text(r, "purpose"),
            persons: count(r, "persons"),
            amount: yuan(r, "amount"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for Contract {
    fn from(r: &Record) -> Contract {
        Contract {
            unit: text(r, "unit"),
            contract: text(r, "contract"),
            category: text(r, "category"),
            amount: yuan(r, "amount"),
            supplier_size: text(r, "supplier_size"),
            reserved: text(r, "reserved"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for Equipment {
    fn from(r: &Record) -> Equipment {
        Equipment {
            unit: text(r, "unit"),
            name: text(r, "name"),
            quantity: count(r, "quantity"),
            unit_price: yuan(r, "unit_price"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for Staff {
    fn from(r: &Record) -> Staff {
        Staff {
            unit: text(r, "unit"),
            kind: text(r, "kind"),
            posts: count(r, "posts"),
            persons: count(r, "persons"),
            place: r.row_place(),
        }
    }
}

impl From<&Record> for NonTax {
    fn from(r: &Record) -> NonTax {
        NonTax { name: text(r, "name"), budget: yuan(r, "budget"), actual: yuan(r, "actual"), place: r.row_place() }
    }
}
