//! Why a job failed, as it is kept with the job and told on its page.

use juesuan_store::JobLine;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Fault;
use crate::said;

/// Why a job failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Failed {
    /// What kind of fault it was: the page says what to do.
    pub kind: Kind,
    /// What was said of it, in words.
    #[serde(alias = "why")]
    pub details: String,
}

/// Kinds of faults, by what a person can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing is known but what was said.
    #[default]
    Told,
    /// The state of the desk could not be read or kept.
    Store,
    /// The machine failed.
    Machine,
    /// What it was to work on is not there any more.
    Gone,
    /// The program itself.
    Program,
}

impl Failed {
    /// Why a job ended with this fault.
    pub fn of(fault: &Fault) -> Failed {
        let (kind, details) = match fault {
            Fault::Office(error) => (Kind::Told, error.to_string()),
            Fault::Store(error) => (Kind::Store, said::why(error)),
            Fault::Machine(error) => (Kind::Machine, juesuan_text::system_fault(error)),
            Fault::Missing => (Kind::Gone, String::new()),
            _ => (Kind::Program, String::new()),
        };
        Failed { kind, details }
    }

    /// Why this job failed. One of an earlier program may have kept nothing.
    pub fn in_job(job: &JobLine) -> Failed {
        let kept = job.outcome.as_ref().filter(|outcome| outcome.is_object());
        kept.and_then(|kept| serde_json::from_value(kept.clone()).ok())
            .unwrap_or(Failed { kind: Kind::Program, details: String::new() })
    }

    /// As it is kept with the job.
    pub fn kept(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::window::Window;

    #[test]
    fn what_is_kept_of_a_failure_is_read_back_and_that_of_an_earlier_program_too() {
        let machine = Failed::of(&Fault::Machine(std::io::ErrorKind::StorageFull.into()));
        assert_eq!(machine.kind, Kind::Machine);
        assert!(!machine.details.is_ascii(), "in Chinese: {}", machine.details);
        assert_eq!(serde_json::from_value::<Failed>(machine.kept()).unwrap(), machine);
        let before: Failed = serde_json::from_value(json!({ "why": "x" })).unwrap();
        assert_eq!(before, Failed { kind: Kind::Told, details: "x".into() });
    }

    #[tokio::test]
    async fn the_page_of_a_job_that_failed_says_why_and_what_to_do() {
        let window = Window::open().await;
        let store = &window.desk.store;
        let stamp = juesuan_store::Stamp::new(1, "");
        for (kind, words) in [("check", "重新开始"), ("make", "重新开始")] {
            for (fault, what) in [
                (Fault::Broken, "不是您的文件的错"),
                (Fault::Store(juesuan_store::Error::DiskFull), "磁盘满了"),
                (Fault::Machine(std::io::ErrorKind::PermissionDenied.into()), "文件夹的权限"),
                (Fault::Missing, "已经不在"),
            ] {
                let job = store.enqueue(&stamp, kind, &json!({ "folder": 1, "trees": [] }), &[]).await.unwrap();
                store.claim().await.unwrap().unwrap();
                store.finish(job, juesuan_store::JobEnd::Failed, &Failed::of(&fault).kept()).await.unwrap();
                let front = if kind == "make" { "/make/jobs" } else { "/jobs" };
                window.get(&format!("{front}/{job}")).await.says(&["没有做成", what, words]);
            }
        }
    }
}
