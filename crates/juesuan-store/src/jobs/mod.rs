//! Work that goes on behind the pages: a queue, how far each job has come, and how it ended.

mod job;
mod order;
mod work;

pub use job::{Item, Job, JobEnd, JobLine, JobState};
