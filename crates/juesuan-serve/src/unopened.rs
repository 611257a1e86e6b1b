//! Why there is no window, for a person who has no console: a page of its own, in a file that the browser opens.

use std::io::{self, Write};
use std::path::PathBuf;

use askama::Template;

/// The page. It stands alone: there is no server that could give it a style.
#[derive(Template)]
#[template(path = "unopened.html")]
struct Unopened<'w> {
    why: &'w str,
}

/// Shows `why` in the browser; the file that it opened, which stays for it.
///
/// # Errors
/// A system that takes no file for a while, or opens none.
pub fn show(why: &str) -> io::Result<PathBuf> {
    let page = Unopened { why }.render().map_err(io::Error::other)?;
    // A name that nobody guesses: the folder may belong to all users of the computer.
    let mut file = tempfile::Builder::new().prefix("juesuan-").suffix(".html").tempfile()?;
    file.write_all(page.as_bytes())?;
    let (_, path) = file.keep()?;
    open::that_detached(&path)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_there_is_no_window_is_told_line_by_line_and_never_as_markup() {
        let page = Unopened { why: "/数据/<b>a</b>\n没有权限" }.render().unwrap();
        assert!(page.contains("窗口没有打开") && page.contains("没有权限"), "{page}");
        assert!(!page.contains("<b>a"), "{page}");
        assert!(page.contains("<p>没有权限</p>"), "{page}");
    }
}
