//! Running text of a page while it is read: white space counts once, and not at all inside Chinese text.

/// Text up to the next block.
#[derive(Debug, Default)]
pub struct Block {
    text: String,
    /// White space that waits for the next letter; true if a line ended in it.
    space: Option<bool>,
    /// True inside `<pre>`.
    pub verbatim: bool,
}

impl Block {
    /// Adds text of the source.
    pub fn push(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '\n' if self.verbatim => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    let ended = self.space.unwrap_or(false) || letter == '\n';
                    self.space = Some(ended);
                }
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                letter => {
                    if let Some(ended) = self.space.take() {
                        let before = self.text.chars().next_back();
                        let inside_chinese = ended && before.is_some_and(is_wide) && is_wide(letter);
                        if before.is_some_and(|before| before != '\n') && !inside_chinese {
                            self.text.push(' ');
                        }
                    }
                    self.text.push(if letter == '\u{a0}' { ' ' } else { letter });
                }
            }
        }
    }

    /// Ends a line inside the block.
    pub fn end_line(&mut self) {
        self.space = None;
        self.text.push('\n');
    }

    /// The text; the next block begins.
    pub fn take(&mut self) -> String {
        self.space = None;
        std::mem::take(&mut self.text)
    }
}

/// Letters that programs break a line between without meaning a space: Chinese ones and their punctuation.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2014}'..='\u{201d}' | '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut block = Block::default();
        block.push(text);
        block.take()
    }

    #[test]
    fn white_space_counts_once_and_line_ends_inside_chinese_text_do_not_count() {
        assert_eq!(shown("  收入\n   合计 \t 为\n921.96\n万元"), "收入合计 为 921.96 万元");
        assert_eq!(shown("a\nb"), "a b");
        assert_eq!(shown("&nbsp;\u{a0}合计"), "&nbsp; 合计");
    }
}
