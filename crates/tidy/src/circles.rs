//! Files of one crate that use each other in a round.

use std::collections::BTreeMap;

use crate::file::File;
use crate::repository::Crate;

/// The circles of a crate: files that reach each other by what they name, each circle by path.
///
/// A name is followed through `pub use` to the file that has it. Declaring a module is no use of it.
pub fn circles(of: &Crate) -> Vec<Vec<&File>> {
    let by_module: BTreeMap<&[String], usize> =
        of.files.iter().enumerate().map(|(number, file)| (file.module.as_slice(), number)).collect();
    let house = House { files: &of.files, by_module };
    let arrows: Vec<Vec<usize>> = (0..of.files.len()).map(|number| house.arrows(number)).collect();
    let mut out: Vec<Vec<&File>> = rounds(&arrows)
        .into_iter()
        .map(|circle| {
            let mut files: Vec<&File> = circle.into_iter().filter_map(|number| of.files.get(number)).collect();
            files.sort_by(|a, b| a.path.cmp(&b.path));
            files
        })
        .collect();
    out.sort_by(|a, b| a.first().map(|file| &file.path).cmp(&b.first().map(|file| &file.path)));
    out
}

struct House<'c> {
    files: &'c [File],
    by_module: BTreeMap<&'c [String], usize>,
}

/// Steps through `pub use` that are followed.
const STEPS: usize = 8;

impl House<'_> {
    fn arrows(&self, from: usize) -> Vec<usize> {
        let Some(file) = self.files.get(from) else { return Vec::new() };
        let mut out: Vec<usize> = file.paths.iter().filter_map(|path| self.file_of(path, STEPS)).collect();
        out.sort_unstable();
        out.dedup();
        out.retain(|to| *to != from);
        out
    }

    /// The file that a path leads to.
    fn file_of(&self, path: &[String], steps: usize) -> Option<usize> {
        let longest =
            (1..=path.len()).rev().find(|length| self.by_module.contains_key(path.get(..*length).unwrap_or_default()));
        let (number, rest) = match longest {
            Some(length) => (*self.by_module.get(path.get(..length)?)?, path.get(length..)?),
            None => (*self.by_module.get([].as_slice())?, path),
        };
        let file = self.files.get(number)?;
        let Some(name) = rest.first() else { return Some(number) };
        let handed = file.handed_on.iter().find(|(here, _)| here == name).filter(|_| steps > 0);
        match handed {
            Some((_, to)) if to.as_slice() != path => {
                let to: Vec<String> = to.iter().chain(rest.get(1..).unwrap_or_default()).cloned().collect();
                self.file_of(&to, steps - 1)
            }
            _ if longest.is_none() => None,
            _ => Some(number),
        }
    }
}

/// Strongly connected parts with more than one member (Tarjan), in a loop of its own so that depth costs no stack.
fn rounds(arrows: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = arrows.len();
    let reach: Vec<Vec<bool>> = (0..count)
        .map(|from| {
            let mut seen = vec![false; count];
            let mut waiting = vec![from];
            while let Some(at) = waiting.pop() {
                for to in arrows.get(at).into_iter().flatten() {
                    if let Some(mark) = seen.get_mut(*to).filter(|mark| !**mark) {
                        *mark = true;
                        waiting.push(*to);
                    }
                }
            }
            seen
        })
        .collect();
    let reaches = |a: usize, b: usize| reach.get(a).and_then(|row| row.get(b)).copied().unwrap_or(false);
    let mut taken = vec![false; count];
    let mut out = Vec::new();
    for first in 0..count {
        if taken.get(first).copied().unwrap_or(true) || !reaches(first, first) {
            continue;
        }
        let circle: Vec<usize> = (0..count).filter(|other| reaches(first, *other) && reaches(*other, first)).collect();
        for member in &circle {
            if let Some(mark) = taken.get_mut(*member) {
                *mark = true;
            }
        }
        if circle.len() > 1 {
            out.push(circle);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn file(path: &str, text: &str) -> File {
        File::parse(Path::new("src"), &Path::new("src").join(path), text).unwrap()
    }

    #[test]
    fn files_that_use_each_other_are_a_circle_also_through_a_face() {
        let files = vec![
            file("lib.rs", "mod a; mod b; mod c;"),
            file("a.rs", "use crate::b::Beta; pub struct Alpha;"),
            file("b/mod.rs", "mod inner; pub use inner::Beta;"),
            file("b/inner.rs", "use crate::a::Alpha; pub struct Beta;"),
            file("c.rs", "use crate::a::Alpha;"),
        ];
        let of = Crate { name: "x".into(), uses: BTreeSet::new(), follows_lints: true, files };
        let found = circles(&of);
        let paths: Vec<&str> = found.iter().flatten().map(|file| file.path.as_str()).collect();
        assert_eq!((found.len(), paths), (1, vec!["a.rs", "b/inner.rs"]));
    }
}
