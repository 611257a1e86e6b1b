//! Fills the folder of a desk with documents that nobody has read, to measure long lists: `seed FOLDER COUNT`.

use juesuan_store::{Figures, Identity, Reading, Result, Stamp, Store};
use serde_json::Value;

/// When the first of them is said to have been checked: 21 September 2026.
const FIRST_MS: i64 = 1_790_000_000_000;

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let (folder, count) = (words.next().unwrap_or_default(), words.next().and_then(|count| count.parse().ok()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(folder.as_ref()).await?;
        for number in 0..count.unwrap_or(0u16) {
            let stamp = Stamp::new(FIRST_MS + i64::from(number) * 60_000, "Li");
            let identity = Identity {
                body: format!("Body {:04}", number / 3),
                year: Some(2023 + number % 3),
                kind: "final-department".to_owned(),
            };
            store.record(&stamp, &identity, &reading(&store, number)?).await?;
        }
        store.close().await;
        Ok(())
    })
}

/// What is kept of a document with this number.
fn reading(store: &Store, number: u16) -> Result<Reading> {
    Ok(Reading {
        content: store.contents().put(format!("document {number}").as_bytes())?,
        name: format!("{number:05}.pdf"),
        title: "Final accounts".to_owned(),
        result: None,
        figures: Figures {
            state: if number.is_multiple_of(4) { "clean" } else { "errors" }.to_owned(),
            errors: u32::from(number % 7),
            warnings: u32::from(number % 5),
            notices: 0,
            unread: 0,
            coverage: Some(990),
        },
        summary: Value::Null,
    })
}
