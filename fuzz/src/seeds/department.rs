//! Folders of departments: the examples with their longest sheets cut short, and one made by hand.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::packed;

/// Rows that are left of a sheet: what a file is like shows in the first ones.
const ROWS: usize = 24;
/// Longest file that is left as it is.
const BYTES_MAX: usize = 8 * 1024;

const DEPARTMENT: &str = "name = \"青溪区政府办公室\"\nyear = 2023\nvariant = \"hubei\"\nlevel = \"区\"\n\n[[unit]]\nname = \"青溪区政府办公室本级\"\n\
    kind = \"行政\"\nheadquarters = true\n\n[[unit]]\nname = \"青溪区信息中心\"\nkind = \"事业\"\n";

const VOUCHERS: &str = "单位名称,凭证号,日期,摘要,科目号,功能分类,经济分类,支出性质,资金性质,项目名称,往来单位,借方金额,贷方金额\n\
    青溪区政府办公室本级,1,2023-01-05,拨款,6001,2010301,,,一般公共预算,,,,1000.00\n\
    青溪区政府办公室本级,2,2023-02-05,工资,7101,2010301,30101,基本支出,一般公共预算,,,650.00,\n\
    青溪区信息中心,1,2023-03-05,往来,6601,2010301,,,非财政拨款,,青溪区政府办公室本级,,1.00\n";

const OPENING: &str =
    "单位名称,科目编码,类型,资金性质,功能分类,项目名称,年初余额\n青溪区信息中心,8201,基本,非财政拨款,2010301,,5.00\n";

const NARRATIVE: &str = "duties = [\"办文、办会、办事。\", \"督查。\"]\n\n[causes]\n\"收入增减\" = \"人员增加\"\n";

const RECEPTIONS: &str = "单位名称,日期,类别,批次,人次,金额\n青溪区信息中心,2023-05-01,国内,1,8,480\n";

const MAPPING: &str = "[vouchers]\naccount = [\"科目号\"]\n";

/// A department of two units with books, texts and a register.
pub const FILES: [(&str, &str); 6] = [
    ("department.toml", DEPARTMENT),
    ("narrative.toml", NARRATIVE),
    ("mapping.toml", MAPPING),
    ("books/凭证.csv", VOUCHERS),
    ("books/年初余额.csv", OPENING),
    ("registers/公务接待登记.csv", RECEPTIONS),
];

/// All of them as archives.
pub fn all() -> Result<Vec<Vec<u8>>> {
    let own = packed(FILES.map(|(path, text)| (path, text.as_bytes())))?;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    Ok(vec![own, cut(&examples.join("putuo-planning-2024"))?, cut(&examples.join("zengdu-2023"))?])
}

/// The input files of an example; sheets keep their first rows.
fn cut(root: &Path) -> Result<Vec<u8>> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    files.sort();
    packed(files.iter().map(|(path, content)| (path.as_str(), content.as_slice())))
}

fn collect(root: &Path, below: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path = Path::new(below).join(entry.file_name()).to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if !path.ends_with(".md") && path != "expected.json" {
            let mut content = fs::read(entry.path())?;
            if path.ends_with(".csv") && content.len() > BYTES_MAX {
                content = content.split_inclusive(|byte| *byte == b'\n').take(ROWS).collect::<Vec<_>>().concat();
            }
            files.push((path, content));
        }
    }
    Ok(())
}
