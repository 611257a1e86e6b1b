//! Seeds: the smallest documents that use what a format has.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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

/// The seeds of a target.
pub fn of(target: &str) -> Result<Vec<Vec<u8>>> {
    let text = |text: &str| text.as_bytes().to_vec();
    Ok(match target {
        "docx" => vec![docx()?],
        "xlsx" => vec![xlsx()?],
        // No library writes the old format: the container with a stream of records.
        "xls" => vec![xls()],
        "html" => vec![text(PAGE)],
        "pdf" => vec![text(PDF)],
        "text" => {
            vec![text("科目,名称,金额\n201,\"一般,公共\",\"1,234.50\"\n"), text("一、收入\n\n合计 921.96 万元。\n")]
        }
        "numbers" => vec![text("921.96"), text("-1,234.50"), text("０.５"), text("1.2e3")],
        "sentences" => vec![text(SENTENCES)],
        "rules" => vec![text(RULE)],
        _ => vec![docx()?, xlsx()?, text(PAGE), text(PDF), text(SENTENCES)],
    })
}

fn docx() -> Result<Vec<u8>> {
    let document = format!("<w:document><w:body>{BODY}</w:body></w:document>");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
    ] {
        archive.start_file(path, SimpleFileOptions::default())?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn xlsx() -> Result<Vec<u8>> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 1, "收入决算表", &rust_xlsxwriter::Format::new())?;
    sheet.write_string(1, 0, "合计")?.write_number(1, 1, 921.96)?;
    sheet.write_formula(2, 1, "=B2")?;
    Ok(workbook.save_to_buffer()?)
}

/// A compound file of 512-byte sectors: table, directory, and a stream of 4096 bytes with a sheet.
fn xls() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap_or(0);
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0xBB, 0x0D, 0xCC, 0x07, 0, 0, 0, 0, 6, 0, 0, 0]);
    let mut book = begin(5);
    let sheet_at = u32::try_from(book.len() + 4 + 6 + 2 + 2 + 4).unwrap_or(0);
    let mut bound = sheet_at.to_le_bytes().to_vec();
    bound.extend([0, 0, 2, 0, b'a', b'b']);
    book.extend(record(0x0085, &bound));
    book.extend(record(0x000A, &[]));
    book.extend(begin(0x10));
    book.extend(record(0x0200, &[0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0]));
    let mut number = vec![0, 0, 1, 0, 0, 0];
    number.extend(921.96f64.to_le_bytes());
    book.extend(record(0x0203, &number));
    book.extend(record(0x0204, &[1, 0, 0, 0, 0, 0, 2, 0, 0, b'x', b'y']));
    book.extend(record(0x00E5, &[1, 0, 0, 0, 1, 0, 0, 0, 1, 0]));
    book.extend(record(0x000A, &[]));
    book.resize(4096, 0);

    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(24, 0);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.resize(44, 0);
    // One table sector, the directory in sector 1, small streams in none.
    for number in [1u32, 1, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    file.resize(512, 0xFF);
    let mut table = vec![0xFFFF_FFFDu32, 0xFFFF_FFFE];
    table.extend(3..10);
    table.push(0xFFFF_FFFE);
    table.resize(128, 0xFFFF_FFFF);
    file.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    for (name, kind, child, start, size) in
        [("Root Entry", 5u8, 1u32, 0xFFFF_FFFEu32, 0u32), ("Workbook", 2, 0xFFFF_FFFF, 2, 4096)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap_or(0);
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for link in [0xFFFF_FFFF, 0xFFFF_FFFF, child] {
            entry.extend(link.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(512 * 3, 0);
    file.extend(book);
    file
}
