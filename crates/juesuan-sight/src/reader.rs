//! Many stretches of writing to letters: the same picture once, those of one width together, over the cores; by a swift model where it is sure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rten::ThreadPool;

use crate::net::{HEIGHT, Letter, Net};
use crate::plane::Plane;
use crate::warp::{byte, float, index, mixed};

/// Stretches that are read at once, at most.
const BATCH_MAX: usize = 8;
/// Dots that are read at once, at most: bounds memory.
const BATCH_DOTS_MAX: usize = 3_200;
/// Widths are so many dots apart: the step of the models. What is read beside a stretch of another width is padded, and reads otherwise.
const WIDTHS_APART: usize = 8;
/// Threads that read, at most: each needs memory of its own.
const THREADS_MAX: usize = 4;

/// What the swift model said of a stretch, if it said anything.
pub(crate) type Takes<'a> = dyn Fn(usize, &[Letter]) -> bool + 'a;

/// The models.
pub(crate) struct Reader {
    sure: Net,
    /// A smaller one; what it reads counts where the caller takes it.
    swift: Option<Net>,
    /// One thread each: a stretch is too small to be shared.
    pools: Vec<Arc<ThreadPool>>,
}

impl Reader {
    /// With these models.
    pub(crate) fn new(sure: Net, swift: Option<Net>) -> Reader {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let pools = (0..threads).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Reader { sure, swift, pools }
    }

    /// What stands in each stretch, which is given at the height of the models, black on white. What the swift model reads of one counts if
    /// `takes` says so.
    ///
    /// # Errors
    /// What a model says.
    pub(crate) fn read(&self, stretches: &[Plane], takes: &Takes<'_>) -> Result<Vec<Vec<Letter>>, String> {
        let first = firsts(stretches);
        let once: Vec<usize> =
            first.iter().enumerate().filter(|(number, first)| number == *first).map(|(number, _)| number).collect();
        let mut read: BTreeMap<usize, Vec<Letter>> = BTreeMap::new();
        if let Some(swift) = &self.swift {
            read = self.over_cores(swift, stretches, &once)?;
            read.retain(|number, letters| takes(*number, letters));
        }
        let rest: Vec<usize> = once.into_iter().filter(|number| !read.contains_key(number)).collect();
        read.extend(self.over_cores(&self.sure, stretches, &rest)?);
        Ok(first.iter().map(|first| read.get(first).cloned().unwrap_or_default()).collect())
    }

    /// Reads those stretches with a model.
    fn over_cores(
        &self,
        net: &Net,
        stretches: &[Plane],
        numbers: &[usize],
    ) -> Result<BTreeMap<usize, Vec<Letter>>, String> {
        let batches = batches(stretches, numbers);
        let next = AtomicUsize::new(0);
        let work = |pool: &Arc<ThreadPool>| -> Result<Vec<(usize, Vec<Letter>)>, String> {
            let mut read = Vec::new();
            while let Some((width, batch)) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let planes: Vec<&Plane> = batch.iter().filter_map(|number| stretches.get(*number)).collect();
                read.extend(batch.iter().copied().zip(net.read(&planes, *width, pool)?));
            }
            Ok(read)
        };
        let work = &work;
        thread::scope(|scope| {
            let threads: Vec<_> = self.pools.iter().map(|pool| scope.spawn(move || work(pool))).collect();
            let read = threads
                .into_iter()
                .map(|thread| thread.join().map_err(|_| "a thread that reads fell over".to_owned())?);
            let read: Result<Vec<_>, String> = read.collect();
            Ok(read?.into_iter().flatten().collect())
        })
    }
}

/// Of each stretch, the first one that is the same picture dot for dot: `0.00` stands a hundred times on a page.
fn firsts(stretches: &[Plane]) -> Vec<usize> {
    let mut known: HashMap<&Plane, usize> = HashMap::new();
    stretches.iter().enumerate().map(|(number, stretch)| *known.entry(stretch).or_insert(number)).collect()
}

/// Stretches of one width each, with that width, the widest first.
fn batches(stretches: &[Plane], numbers: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut widths: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in numbers {
        let width = stretches.get(*number).map_or(0, |stretch| stretch.width);
        widths.entry(width.next_multiple_of(WIDTHS_APART).max(WIDTHS_APART * 2)).or_default().push(*number);
    }
    let parts = |(width, numbers): (usize, Vec<usize>)| {
        let count = (BATCH_DOTS_MAX / width).clamp(1, BATCH_MAX);
        numbers.chunks(count).map(|batch| (width, batch.to_vec())).collect::<Vec<_>>()
    };
    widths.into_iter().rev().flat_map(parts).collect()
}

/// A part of a picture at the height at which the model reads: each dot the mean of what it covers.
pub(crate) fn stretch(light: &Plane, [left, top, right, bottom]: [f32; 4]) -> Plane {
    let scale = (bottom - top).max(1.0) / float(HEIGHT);
    let width = index(((right - left) / scale).round()).unwrap_or(1).max(8);
    let across = (right - left) / float(width);
    // As many looks for each dot as it covers dots of the picture.
    let looks = index(scale.max(across).ceil()).unwrap_or(1).clamp(1, 4);
    Plane::from_rows(width, HEIGHT, |y, row| {
        for (x, slot) in row.iter_mut().enumerate() {
            let mut sum = 0.0;
            for down in 0..looks {
                for along in 0..looks {
                    let part = |look: usize| (float(look) + 0.5) / float(looks);
                    let at =
                        [left + (float(x) + part(along)) * across - 0.5, top + (float(y) + part(down)) * scale - 0.5];
                    sum += f32::from(mixed(light, at).unwrap_or(u8::MAX));
                }
            }
            *slot = byte(sum / float(looks * looks));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_picture_is_read_once_and_one_that_differs_by_a_dot_by_itself() {
        let zero = Plane::filled(30, HEIGHT, 200);
        let mut other = zero.clone();
        other.fill([3, 3, 4, 4], 199);
        let wide = Plane::filled(31, HEIGHT, 200);
        assert_eq!(firsts(&[zero.clone(), other, zero.clone(), wide, zero]), [0, 1, 0, 3, 0]);
    }

    #[test]
    fn stretches_are_read_beside_those_of_their_own_width() {
        let stretches: Vec<Plane> = [30, 32, 33, 9, 31, 4_000].map(|width| Plane::filled(width, HEIGHT, 0)).to_vec();
        let found = batches(&stretches, &[0, 1, 2, 3, 4, 5]);
        assert_eq!(found, [(4_000, vec![5]), (40, vec![2]), (32, vec![0, 1, 4]), (16, vec![3])]);
        let many: Vec<Plane> = vec![Plane::filled(30, HEIGHT, 0); 20];
        let counts: Vec<usize> =
            batches(&many, &(0..20).collect::<Vec<_>>()).iter().map(|(_, batch)| batch.len()).collect();
        assert_eq!(counts, [8, 8, 4]);
    }
}
