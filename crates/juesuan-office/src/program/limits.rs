//! What the process that interprets may take from the machine.

/// Sets them for this process, once and for all. Limits that were lower before stay.
#[cfg(unix)]
pub(super) fn set() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// Address space: the program itself, two stacks, and room for a page as a picture with the scans on it.
    const MEMORY_BYTES: u64 = 1 << 30;
    /// Time of the processor: a document of three thousand pages takes ten.
    const PROCESSOR_SECONDS: u64 = 60;
    /// No image of the memory of a stranger's file is left on the disk.
    const CORE_BYTES: u64 = 0;
    for (resource, most) in
        [(Resource::As, MEMORY_BYTES), (Resource::Cpu, PROCESSOR_SECONDS), (Resource::Core, CORE_BYTES)]
    {
        let before = getrlimit(resource);
        let lower = |limit: Option<u64>, most: u64| Some(limit.map_or(most, |limit| limit.min(most)));
        // A system that refuses one (macOS knows no bound of address space) still has the others, and who asked its clock.
        // Above what ends it with a word on the reason (SIGXCPU) is what ends it without one.
        let limits = Rlimit { current: lower(before.current, most), maximum: lower(before.maximum, most + 1) };
        let _ = setrlimit(resource, limits);
    }
    // The process goes when who asked is gone; without this it would when it next says something.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// Elsewhere the clock of who asked is the only bound.
#[cfg(not(unix))]
pub(super) fn set() {}
