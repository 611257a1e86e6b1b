//! What can go wrong while a format is written.

/// A fault of the machine or of a library; faults of the document are findings and never come here.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ZIP container of a DOCX could not be written.
    #[error("DOCX 压缩包写入失败：{0}")]
    Zip(#[from] zip::result::ZipError),
    /// Bytes could not be written into memory.
    #[error("写入失败：{0}")]
    Write(#[from] std::io::Error),
    /// The workbook refused something.
    #[error("XLSX 写入失败：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The package could not be written as JSON.
    #[error("JSON 写入失败：{0}")]
    Json(#[from] serde_json::Error),
    /// A document was asked for that is not there.
    #[error("document {0}")]
    NoDocument(usize),
    /// A document that was put down could not be taken up again.
    #[error("{0}")]
    Lost(std::io::Error),
    /// A chart could not be turned into a picture.
    #[error("图“{chart}”不能转成图片：{reason}")]
    Picture {
        /// Caption of the chart.
        chart: String,
        /// What was missing.
        reason: String,
    },
}
