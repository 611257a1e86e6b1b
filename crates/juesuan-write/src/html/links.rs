//! The other formats, offered on the page.

use crate::markup::{Push, encoded, escape};

/// Folder of what the page offers for download.
pub const DOWNLOADS: &str = "下载";

/// The page of another body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Whose.
    pub name: String,
    /// Its address as seen from `index.html`.
    pub address: String,
}

/// Relative addresses of the other files of the package, as seen from `index.html` (e.g. `下载/决算.xlsx`). What is
/// `None` is not offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Workbook.
    pub xlsx: Option<String>,
    /// Word document.
    pub docx: Option<String>,
    /// PDF.
    pub pdf: Option<String>,
    /// The package as data.
    pub json: Option<String>,
    /// Pages of the units of a department.
    pub pages: Vec<Page>,
}

impl Links {
    pub(super) fn markup(&self) -> String {
        let all = [
            ("PDF（版式文件）", &self.pdf),
            ("DOCX（文字文档）", &self.docx),
            ("XLSX（全部表格，含公式）", &self.xlsx),
            ("JSON（全部数据）", &self.json),
        ];
        let mut out = String::from(
            "<section class=\"downloads\" aria-labelledby=\"downloads\">\n<h2 id=\"downloads\">数据下载</h2>\n<ul>\n",
        );
        for (name, address) in all {
            if let Some(address) = address {
                out.put(format_args!("<li><a href=\"{}\" download>{name}</a></li>\n", escape(&encoded(address))));
            }
        }
        out.push_str("<li>各表CSV：见每张表下方的链接</li>\n</ul>\n</section>\n");
        if !self.pages.is_empty() {
            out.push_str(
                "<section class=\"units\" aria-labelledby=\"units\">\n<h2 id=\"units\">所属单位决算</h2>\n<ul>\n",
            );
            for Page { name, address } in &self.pages {
                out.put(format_args!("<li><a href=\"{}\">{}</a></li>\n", escape(&encoded(address)), escape(name)));
            }
            out.push_str("</ul>\n</section>\n");
        }
        out
    }
}
