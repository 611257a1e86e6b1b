//! What the process that interprets may take from the machine.

/// Address space: the program itself, two stacks, and room for a page as a picture with the scans on it.
const MEMORY_BYTES: u32 = 1 << 30;

/// Sets them for this process, once and for all. Limits that were lower before stay.
#[cfg(unix)]
pub(super) fn set() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// Time of the processor: a document of three thousand pages takes ten.
    const PROCESSOR_SECONDS: u64 = 60;
    /// No image of the memory of a stranger's file is left on the disk.
    const CORE_BYTES: u64 = 0;
    for (resource, most) in
        [(Resource::As, u64::from(MEMORY_BYTES)), (Resource::Cpu, PROCESSOR_SECONDS), (Resource::Core, CORE_BYTES)]
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

/// What the program takes from the memory where the system sets no bound that safe code could ask for: counted, and bounded when asked.
#[cfg(not(unix))]
#[global_allocator]
static MEMORY: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// Elsewhere the memory is counted by ourselves; time is bounded by the clock of who asked, and where he is gone by our own.
#[cfg(not(unix))]
pub(super) fn set() {
    // What is in use now is far below it.
    let _ = MEMORY.set_limit(MEMORY_BYTES as usize);
    let end = || {
        std::thread::sleep(super::ANSWER_TIME);
        std::process::exit(1);
    };
    // Without room for a thread there is none for a document either.
    let _ = std::thread::Builder::new().spawn(end);
}
