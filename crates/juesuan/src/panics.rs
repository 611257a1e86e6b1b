//! Panics: faults of this program itself. Most are caught where a document is worked on and are a problem of that document.

use std::panic::{PanicHookInfo, catch_unwind, set_hook};

use juesuan_office::State;

use crate::terminal;

/// Set by whoever wants to know where a panic came from, as for any program in Rust.
const ASKED: &str = "RUST_BACKTRACE";

/// Runs the program. A panic that nobody caught ends it like a fault of the machine. What a panic says may hold texts of the
/// input: nobody sees it unless they ask, and never as it is.
pub fn caught(run: fn() -> State) -> State {
    set_hook(Box::new(|panic| {
        if std::env::var_os(ASKED).is_some() {
            terminal::warn(told(panic));
        }
    }));
    catch_unwind(run).unwrap_or_else(|_| {
        terminal::warn(format!("出错　程序出错中断，没有完成；请设 {ASKED}=1 再运行一次，把显示的位置告诉维护者"));
        State::Machine
    })
}

/// Place and message on one line of printable characters.
fn told(panic: &PanicHookInfo<'_>) -> String {
    panic.to_string().escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_nobody_caught_ends_the_program_as_a_fault_of_the_machine() {
        assert_eq!(caught(|| panic!("\u{1b}[2J")), State::Machine);
        assert_eq!(caught(|| State::Clean), State::Clean);
    }
}
