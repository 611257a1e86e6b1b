//! Seeds: the smallest documents, folders and outputs that use what a format has.

mod department;
mod workbook;
mod xls;

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
pub use department::FILES as DEPARTMENT_FILES;
use juesuan_catalog::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::target::{Reported, output};

const BODY: &str = "<w:p><w:pPr><w:pStyle w:val='1'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>收入</w:t></w:r></w:p>\
    <w:p><w:r><w:t>收入合计921.96万元。</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:br/><w:tab/>\
    <w:footnoteReference w:id='2'/><w:fldChar w:fldCharType='begin'/><w:instrText>DATE</w:instrText><w:fldChar w:fldCharType='end'/>\
    <mc:AlternateContent><mc:Choice><w:drawing><a:blip/><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>\
    <mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc>\
    <w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>\
    <w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1.00</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>";

const STYLES: &str = "<w:styles><w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='1'/>\
    <w:rPr><w:sz w:val='32'/><w:vanish w:val='0'/></w:rPr></w:style></w:styles>";

const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
    <w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";

const NOTES: &str = "<w:footnotes><w:footnote w:id='2'><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>";

const PAGE: &str = "<html><head><meta charset=utf-8><title>x</title><script>a<b</script></head><body><h1>一、收入</h1><p>合计&nbsp;1&#46;5<br>万元\
    <ol start=2><li>a<li>b</ol><table><caption>表</caption><thead><tr><th rowspan=2>项目<th colspan=2>金额<tbody><tr><td>1<td style='display:none'>2\
    <td><table><tr><td>3</table></table><pre>a\nb</pre><img src=a><div hidden>x</div>";

const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
    4 0 obj<</Length 118>>stream\nBT /F 12 Tf 20 250 Td (Income 921.96) Tj ET\n20 100 200 80 re S\n20 140 m 220 140 l S\n120 100 m 120 180 l S\nBT /F 9 Tf 30 150 Td (A) Tj ET\nendstream endobj\n\
    5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

const SENTENCES: &str = "一、收入决算情况说明\n2023年度收入合计921.96万元，与2022年度相比，收入合计增加33.63万元，增长3.8%。其中：财政拨款收入905.31万元，占本年收入98.2%。\n\
    本部门无政府性基金预算财政拨款收入。公务接待费支出决算为0.48万元，完成年初预算的48.0%，比上年减少0.5万元，主要原因是厉行节约。国内公务接待12批次，96人次。";

const RULE: &str = "code = \"ZZ001\"\nname = \"income-differs\"\ntitle = \"收支相等\"\nformula = [\"[收入总计] = [支出总计]\"]\nseverity = \"error\"\n\
    message = \"{左}\"\nbasis = []\nholds = []\nbroken = []\nsilent = []\n";

/// A short final account whose figures contradict each other.
pub const ACCOUNT: &str = "云岭市林业局2023年度部门决算\n\n第一部分 云岭市林业局概况\n一、主要职责\n拟订全市林业发展规划并组织实施。\n\n\
    第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n\
    2023年度收、支总计均为921.96万元，与2022年度相比，收、支总计各增加33.63万元，增长3.8%。\n\
    二、收入决算情况说明\n2023年度收入合计911.96万元。其中：财政拨款收入905.31万元，占本年收入98.2%；其他收入16.65万元，占本年收入1.8%。\n\
    三、“三公”经费\n公务接待费支出决算为0.48万元，国内公务接待12批次，96人次。 项目绩效自评结果良好。\n";

/// The same as a page with a table.
const ACCOUNT_PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>云岭市林业局2023年度部门决算</title></head><body>\
    <h1>云岭市林业局2023年度部门决算</h1><h2>第二部分 2023年度部门决算表</h2><p>收入决算表</p><p>单位：万元</p>\
    <table><tr><td colspan=\"2\">项目</td><td>本年收入合计</td><td>财政拨款收入</td><td>其他收入</td></tr>\
    <tr><td>功能分类科目编码</td><td>科目名称</td><td>1</td><td>2</td><td>3</td></tr>\
    <tr><td></td><td>合计</td><td>921.96</td><td>905.31</td><td>16.65</td></tr>\
    <tr><td>201</td><td>一般公共服务支出</td><td>911.96</td><td>905.31</td><td>16.65</td></tr></table>\
    <h2>第三部分 2023年度部门决算情况说明</h2><h3>二、收入决算情况说明</h3>\
    <p>2023年度收入合计911.96万元。其中：财政拨款收入905.31万元，占本年收入98.2%；其他收入16.65万元，占本年收入1.8%。</p></body></html>";

const WAIVERS: &str = "[[waiver]]\ncode = \"LW001\"\ndocument = \"云岭市林业局\"\nplace = \"全文\"\nreason = \"已经更正，另行公告\"\nperson = \"张三\"\nuntil = \"2025-12-31\"\n\n\
    [[waiver]]\ncode = \"LW002\"\ndocument = \"a.txt\"\nplace = \"收入决算情况说明\"\nreason = \"尾差\"\nperson = \"李四\"\nuntil = \"2023-01-01\"\n";

const MAPPING: &str = "[vouchers]\naccount = [\"科目号\"]\ndebit = [\"借方\"]\n\n[receptions]\ndate = [\"哪天\"]\n";

/// The seeds of a target.
pub fn of(target: &str) -> Result<Vec<Vec<u8>>> {
    let text = |text: &str| text.as_bytes().to_vec();
    Ok(match target {
        "docx" => vec![docx()?],
        "xlsx" => vec![xlsx()?],
        "xls" => vec![xls::workbook()],
        "html" => vec![text(PAGE), text(ACCOUNT_PAGE)],
        "pdf" => vec![text(PDF)],
        "text" => {
            vec![text("科目,名称,金额\n201,\"一般,公共\",\"1,234.50\"\n"), text("一、收入\n\n合计 921.96 万元。\n")]
        }
        "numbers" => vec![text("921.96"), text("-1,234.50"), text("０.５"), text("1.2e3")],
        "sentences" => vec![text(SENTENCES)],
        "rules" => vec![text(RULE)],
        "documents" => {
            vec![docx()?, xlsx()?, text(PAGE), text(PDF), text(SENTENCES), text(ACCOUNT), text(ACCOUNT_PAGE)]
        }
        "archives" => archives()?,
        "overlays" => overlays()?,
        "departments" => department::all()?,
        "reports" => vec![Reported::of("a.txt", ACCOUNT)?, Reported::of("a.html", ACCOUNT_PAGE)?],
        "outputs" => vec![output()?],
        "waivers" => vec![text(WAIVERS)],
        "mappings" => vec![text(MAPPING)],
        "imports" => vec![workbook::summary()?],
        other => anyhow::bail!("no seeds for {other}"),
    })
}

/// Files by path as an archive.
pub fn packed<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(path, SimpleFileOptions::default())?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What an office sends: documents of every format, in folders and archives of their own.
fn archives() -> Result<Vec<Vec<u8>>> {
    let (docx, xlsx, xls) = (docx()?, xlsx()?, xls::workbook());
    let inner = packed([("说明.txt", ACCOUNT.as_bytes()), ("表.xlsx", &xlsx)])?;
    let mixed = packed([
        ("甲/决算.docx", docx.as_slice()),
        ("甲/决算.html", ACCOUNT_PAGE.as_bytes()),
        ("乙/表.xls", &xls),
        ("乙/页.pdf", PDF.as_bytes()),
        ("丙.zip", &inner),
    ])?;
    let twice = packed([("2023.txt", ACCOUNT.as_bytes()), ("2023.html", ACCOUNT_PAGE.as_bytes())])?;
    Ok(vec![mixed, twice, inner])
}

/// One small file of every folder of the catalogue as a bureau's own folder.
fn overlays() -> Result<Vec<Vec<u8>>> {
    let source = Source::embedded();
    let mut smallest = std::collections::BTreeMap::new();
    for (path, text) in source.all().filter(|(path, _)| path.ends_with(".toml") || path.ends_with(".tsv")) {
        let kind = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        let own = smallest.entry(kind).or_insert((path, text));
        if text.len() < own.1.len() {
            *own = (path, text);
        }
    }
    let all: Vec<(&str, &[u8])> = smallest.values().map(|(path, text)| (*path, text.as_bytes())).collect();
    let mut seeds: Vec<Vec<u8>> = all.iter().map(|file| packed([*file])).collect::<Result<_>>()?;
    let own = packed([
        ("rules/ZZ901-own.toml", RULE.as_bytes()),
        ("lexicon.toml", b"[[word]]\nwords = [\"\xe5\xa2\x9e\xe5\x8a\xa0\", \"\xe5\x87\x80\xe5\xa2\x9e\"]\n"),
    ])?;
    seeds.push(own);
    seeds.first().context("a catalogue has files")?;
    Ok(seeds)
}

fn docx() -> Result<Vec<u8>> {
    let document = format!("<w:document><w:body>{BODY}</w:body></w:document>");
    let parts = [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
    ];
    packed(parts.map(|(path, content)| (path, content.as_bytes())))
}

fn xlsx() -> Result<Vec<u8>> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 1, "收入决算表", &rust_xlsxwriter::Format::new())?;
    sheet.write_string(1, 0, "合计")?.write_number(1, 1, 921.96)?;
    sheet.write_formula(2, 1, "=B2")?;
    Ok(workbook.save_to_buffer()?)
}
