//! The clock: the only place that asks what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Milliseconds since 1970 by universal time.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A moment for people, by the clock of this computer: `2026-11-30 14:05`.
pub fn shown(at: i64) -> String {
    local(at).map_or_else(String::new, |local| local.strftime("%Y-%m-%d %H:%M").to_string())
}

/// The day of today, `2026-11-30`.
pub fn today() -> String {
    local(now()).map_or_else(String::new, |local| local.strftime("%Y-%m-%d").to_string())
}

fn local(at: i64) -> Option<jiff::Zoned> {
    Some(Timestamp::from_millisecond(at).ok()?.to_zoned(TimeZone::system()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_by_day_and_minute() {
        let shown = shown(0);
        assert_eq!(shown.len(), "1970-01-01 00:00".len());
        assert!(today().as_str() > "2026-01-01", "the clock runs");
        assert_eq!(super::shown(i64::MAX), "", "what is no moment is not told");
    }
}
