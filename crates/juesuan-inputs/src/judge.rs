//! One table judged by itself, while it is typed: by the readers that read the saved folder, and by nothing else.
//!
//! In: the sheet as it would be saved, and what it is judged by besides itself ([`Around`]), which is read once. Out: its rows, and what
//! is wrong in it. What only shows beside other tables is told by who reads the whole folder.

use std::collections::BTreeMap;

use juesuan_catalog::{Catalog, InputFile};
use juesuan_facts::department::Department;
use juesuan_facts::record::Record;
use juesuan_model::Problem;
use juesuan_read::{Files, Grid};

use crate::budget::Budget;
use crate::folder::Folder;
use crate::mapping::Mapping;
use crate::read::{check_codes, check_units, department, mapping};
use crate::registers::Registers;
use crate::{entered, of_unit, origin, register_facts, register_order, sheet};

/// What a table is judged by besides itself.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Header words that the department adds.
    pub mapping: Mapping,
    /// Whose table it is; `None` where that cannot be read.
    pub department: Option<Department>,
    /// Bodies out of which the department and its units were made.
    before: Vec<String>,
}

/// How much of its kind a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All rows of its kind stand in it.
    Whole,
    /// Other files have rows of the same kind.
    Part,
}

/// A table that was read.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Its rows, without those in which something is wrong.
    pub records: Vec<Record>,
    /// What is wrong in it.
    pub problems: Vec<Problem>,
}

impl Around {
    /// Of a folder. Only the files are opened that say whose it is and what its columns are called.
    pub fn of(folder: &dyn Files, catalog: &Catalog) -> Around {
        let mut files = Folder::outer(folder, catalog);
        // What is wrong with these files is told where they are read for good.
        let mut told = Vec::new();
        let mapping = mapping(&files, catalog, &mut told);
        let sheets = entered::read(&mut files, catalog, &mapping, &mut told);
        let department = department(&files, &sheets, catalog, &mut Vec::new(), &mut told);
        let before = department.as_ref().map(|own| origin::before(own, catalog)).unwrap_or_default();
        Around { mapping, department, before }
    }

    /// Reads a table of the kind `spec` from its sheets, of which other files may have more rows.
    pub fn judge(&self, grids: &[Grid], spec: &InputFile, extent: Extent, catalog: &Catalog) -> Judged {
        let mut problems = Vec::new();
        let read = sheet::read_entered(grids, spec, &self.mapping, &catalog.sheet_words, &mut problems);
        let (is_read, records) = (read.is_some(), read.unwrap_or_default());
        let Some(department) = &self.department else { return Judged { records, problems } };
        let before: &[String] = if spec.key == of_unit::PRIOR { &self.before } else { &[] };
        check_units(std::iter::once(&records), department, before, &mut problems);
        let all = BTreeMap::from([(spec.key.clone(), records)]);
        check_codes(&all, catalog, department.year, &mut problems);
        if is_read && extent == Extent::Whole {
            let of = |kind: &str| all.get(kind).cloned();
            register_facts::check(&Registers::new(of), department, catalog, &mut problems);
            Budget::of(of).check(&mut problems);
            register_order::check(&all, catalog, department.year, &mut problems);
        }
        Judged { records: all.into_values().flatten().collect(), problems }
    }
}

#[cfg(test)]
mod tests {
    use juesuan_read::{Memory, grids_entered};

    use super::*;

    const DEPARTMENT: &str = "name = \"甲局\"\nscope = \"部门\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"县\"\n\
                              [[unit]]\nname = \"甲局本级\"\nkind = \"行政\"\nheadquarters = true\n[[unit]]\nname = \"乙所\"\nkind = \"事业\"\n";
    const TABLE: &str = "阶段,单位名称,资金性质,支出功能分类,支出性质,金额\n\
                         年初预算,乙所,一般公共预算,2010301,公用经费,约三万\n\
                         年初预算,丙所,一般公共预算,2010301,公用经费,1\n\
                         年初预算,乙所,一般公共预算,9999999,公用经费,1\n\
                         调,乙所,一般公共预算,2010301,公用经费,1\n";

    fn folder(table: &str) -> Memory {
        let mut folder = Memory::folder("甲");
        folder.put("department.toml", DEPARTMENT);
        folder.put("budget/预算指标.csv", table);
        folder
    }

    #[test]
    fn a_table_by_itself_is_judged_as_in_its_folder() {
        let catalog = Catalog::load(&[]).unwrap();
        let spec = catalog.inputs.get("budget").unwrap();
        let folder = folder(TABLE);
        let around = Around::of(&folder, &catalog);
        let grids = grids_entered("budget/预算指标.csv", TABLE.as_bytes()).unwrap();
        let judged = around.judge(&grids, spec, Extent::Whole, &catalog);
        let mut whole = crate::read(&folder, &catalog).unwrap().problems;
        whole.retain(|problem| problem.place.file.as_deref() == Some("budget/预算指标.csv"));
        assert_eq!(judged.problems, whole);
        let lines: Vec<Option<u32>> = judged.problems.iter().map(|problem| problem.place.line).collect();
        assert_eq!(lines, [2, 5, 3, 4].map(Some));
        assert_eq!(judged.records.len(), 2, "rows in which a cell is wrong are none");
    }

    #[test]
    fn what_would_contradict_the_rows_of_another_file_is_not_told_of_a_part() {
        let catalog = Catalog::load(&[]).unwrap();
        let spec = catalog.inputs.get("budget").unwrap();
        let table = "阶段,单位名称,资金性质,支出功能分类,支出性质,金额\n调整,乙所,一般公共预算,2010301,公用经费,1\n";
        let around = Around::of(&folder(table), &catalog);
        let grids = grids_entered("budget/预算指标.csv", table.as_bytes()).unwrap();
        assert_eq!(around.judge(&grids, spec, Extent::Whole, &catalog).problems.len(), 1);
        assert!(around.judge(&grids, spec, Extent::Part, &catalog).problems.is_empty());
    }

    #[test]
    fn a_folder_that_does_not_say_whose_it_is_has_its_cells_judged_all_the_same() {
        let catalog = Catalog::load(&[]).unwrap();
        let around = Around::of(&Memory::folder("甲"), &catalog);
        let grids = grids_entered("budget/预算指标.csv", TABLE.as_bytes()).unwrap();
        let judged = around.judge(&grids, catalog.inputs.get("budget").unwrap(), Extent::Whole, &catalog);
        assert_eq!(judged.problems.len(), 2);
    }
}
