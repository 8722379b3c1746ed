//! The settings cache against moka and DashMap doing the same job: operations per second as threads read and write.
//!
//! `make bench` runs it. Each cache keeps the same entries as [`SettingsCache`], with the hasher of the standard
//! library: newest revision wins, entries expire. The three are measured in turn, round after round, so that a machine
//! that becomes slower slows all of them; only the ratios within one run can be compared.

#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a measurement prints its ratios"
)]

use control_maniac::{
    server::{clock::SystemClock, setting_layers::cache::SettingsCache},
    sticky::Stamped,
};
use dashmap::{DashMap, Entry};
use moka::ops::compute::Op;
use std::{
    error::Error,
    fmt,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

const SETTINGS: [&str; 2] = ["division", "period"];
/// A multiple of every number of threads, so that each thread has users of its own.
const USERS: u32 = 10_000;

/// What is measured: percent of writes, threads, and operations of each thread.
const WRITES: [u64; 3] = [0, 1, 10];
const THREADS: [u32; 4] = [1, 2, 4, 8];
const OPERATIONS: u32 = 50_000;

/// The median of this many rounds counts; none begins after the last start, no matter how slow the machine.
const ROUNDS: usize = 15;
const LAST_START: Duration = Duration::from_secs(30);

/// The bounds of `SettingsCache::new`.
const TIME_TO_LIVE: Duration = Duration::from_secs(31 * 24 * 60 * 60);
const CAPACITY: u64 = 100_000;

type Key = (i64, &'static str);
type Result<T> = std::result::Result<T, Box<dyn Error>>;

trait Cache: Sync {
    const NAME: &'static str;

    fn empty() -> Self;

    /// The known value, if it hasn't expired.
    fn get(&self, user: i64, key: &'static str) -> Option<Stamped<String>>;

    /// Keeps `stamped`, unless something newer is known.
    fn put(&self, user: i64, key: &'static str, stamped: Stamped<String>);

    /// Finishes what earlier writes left for later.
    fn settle(&self) {}
}

impl Cache for SettingsCache {
    const NAME: &'static str = "ours";

    fn empty() -> Self {
        Self::new(Arc::new(SystemClock))
    }

    fn get(&self, user: i64, key: &'static str) -> Option<Stamped<String>> {
        SettingsCache::get(self, "", user, key)
    }

    fn put(&self, user: i64, key: &'static str, stamped: Stamped<String>) {
        SettingsCache::put(self, "", user, key, stamped);
    }
}

type Moka = moka::sync::Cache<Key, Stamped<String>>;

impl Cache for Moka {
    const NAME: &'static str = "moka";

    fn empty() -> Self {
        Self::builder()
            .max_capacity(CAPACITY)
            .time_to_live(TIME_TO_LIVE)
            .build()
    }

    fn get(&self, user: i64, key: &'static str) -> Option<Stamped<String>> {
        Moka::get(self, &(user, key))
    }

    fn put(&self, user: i64, key: &'static str, stamped: Stamped<String>) {
        self.entry((user, key)).and_compute_with(|known| match known {
            Some(known) if !stamped.is_newer_than(known.value()) => Op::Nop,
            _ => Op::Put(stamped),
        });
    }

    fn settle(&self) {
        self.run_pending_tasks();
    }
}

/// An entry of the [`DashMap`], which knows no expiry.
struct Expiring {
    stamped: Stamped<String>,
    put_at: Instant,
}

impl Expiring {
    fn new(stamped: Stamped<String>) -> Self {
        Self {
            stamped,
            put_at: Instant::now(),
        }
    }

    fn is_live(&self) -> bool {
        self.put_at.elapsed() < TIME_TO_LIVE
    }
}

impl Cache for DashMap<Key, Expiring> {
    const NAME: &'static str = "DashMap";

    fn empty() -> Self {
        Self::new()
    }

    fn get(&self, user: i64, key: &'static str) -> Option<Stamped<String>> {
        let entry = DashMap::get(self, &(user, key))?;
        entry.is_live().then(|| entry.stamped.clone())
    }

    fn put(&self, user: i64, key: &'static str, stamped: Stamped<String>) {
        match self.entry((user, key)) {
            Entry::Occupied(mut known) => {
                if stamped.is_newer_than(&known.get().stamped) || !known.get().is_live() {
                    known.insert(Expiring::new(stamped));
                }
            }
            Entry::Vacant(vacant) => {
                vacant.insert(Expiring::new(stamped));
            }
        }
    }
}

fn main() -> Result<()> {
    let started = Instant::now();
    newest_wins::<SettingsCache>()?;
    newest_wins::<Moka>()?;
    newest_wins::<DashMap<Key, Expiring>>()?;

    let workloads: Vec<(u64, u32)> = WRITES
        .into_iter()
        .flat_map(|writes| THREADS.map(|threads| (writes, threads)))
        .collect();
    let mut rounds: Vec<Vec<[f64; 3]>> = Vec::new();
    while rounds.is_empty() || (rounds.len() < ROUNDS && started.elapsed() < LAST_START) {
        let round = workloads.iter().map(|&(writes, threads)| {
            Ok([
                measure::<SettingsCache>(writes, threads)?,
                measure::<Moka>(writes, threads)?,
                measure::<DashMap<Key, Expiring>>(writes, threads)?,
            ])
        });
        rounds.push(round.collect::<Result<_>>()?);
    }

    println!(
        "\nsettings cache: millions of operations/s, median of {} rounds, and ratio to ours (lowest to highest)",
        rounds.len()
    );
    println!(
        "{USERS} users x {} settings, {OPERATIONS} operations per thread",
        SETTINGS.len()
    );
    println!("ours and moka are bounded to {CAPACITY} entries; DashMap is NOT bounded, it has no such thing");
    println!(
        "  reads  threads {:>7} {:>7}  {:<19} {:>9}  ratio",
        SettingsCache::NAME,
        Moka::NAME,
        "ratio",
        DashMap::<Key, Expiring>::NAME
    );
    for (workload, (writes, threads)) in workloads.into_iter().enumerate() {
        let figures: Vec<[f64; 3]> = rounds.iter().map(|round| round[workload]).collect();
        let [ours, moka, dashmap] = [0, 1, 2].map(|cache| Spread::of(figures.iter().map(|figure| figure[cache])));
        let [moka_ratio, dashmap_ratio] =
            [1, 2].map(|cache| Spread::of(figures.iter().map(|figure| figure[cache] / figure[0])));
        println!(
            "  {:>3} %  {threads:>7} {:>7.2} {:>7.2}  {moka_ratio} {:>9.2}  {dashmap_ratio}",
            100 - writes,
            ours.median,
            moka.median,
            dashmap.median,
        );
    }
    println!("  it took {:.0} s", started.elapsed().as_secs_f64());
    Ok(())
}

/// Checks that of racing writes the highest revision stays: otherwise the figures would compare different jobs.
fn newest_wins<C: Cache>() -> Result<()> {
    let cache = C::empty();
    let [key, _] = SETTINGS;
    let newest = 80_000;
    thread::scope(|scope| {
        for thread in 0..8 {
            let cache = &cache;
            scope.spawn(move || {
                // Each thread puts every eighth revision; only one of them puts the newest.
                for revision in (1..=newest).filter(|revision| revision % 8 == thread) {
                    cache.put(1, key, stamped(revision));
                }
            });
        }
    });
    cache.put(1, key, stamped(newest - 1));
    if cache.get(1, key) != Some(stamped(newest)) {
        return Err(format!("{}: the newest revision didn't win", C::NAME).into());
    }
    Ok(())
}

/// Millions of operations per second on a full cache of its own.
fn measure<C: Cache>(writes: u64, threads: u32) -> Result<f64> {
    let cache = C::empty();
    for user in 0..i64::from(USERS) {
        for key in SETTINGS {
            cache.put(user, key, stamped(0));
        }
    }
    cache.settle();

    let start = Barrier::new(usize::try_from(threads)?);
    let done = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (cache, start) = (&cache, &start);
                scope.spawn(move || {
                    start.wait();
                    work(cache, writes, thread, threads)
                })
            })
            .collect();
        workers
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect::<thread::Result<Vec<Done>>>()
    })
    .map_err(|_| format!("{}: a thread panicked", C::NAME))?;

    let misses: u32 = done.iter().map(|done| done.misses).sum();
    if misses > 0 {
        return Err(format!("{}: {misses} reads found nothing", C::NAME).into());
    }
    let started = done.iter().map(|done| done.started).min().ok_or("no threads")?;
    let ended = done.iter().map(|done| done.ended).max().ok_or("no threads")?;
    Ok(f64::from(threads) * f64::from(OPERATIONS) / (ended - started).as_secs_f64() / 1e6)
}

/// The work that one thread has done.
struct Done {
    started: Instant,
    ended: Instant,
    misses: u32,
}

/// One thread's operations: the same in every round and on every cache. It reads every user's settings and writes
/// those of its own users, so that each write is the newest, as it is after a commit, and none is cheaply refused.
fn work<C: Cache>(cache: &C, writes: u64, thread: u32, threads: u32) -> Done {
    let started = Instant::now();
    let mut misses = 0;
    // Marsaglia's xorshift, from a seed of the thread's own.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64 ^ (u64::from(thread + 1) << 32);
    for operation in 1..=OPERATIONS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let user = (random >> 32) as u32 % USERS;
        let key = SETTINGS[usize::from(random & 1 == 1)];
        if (random >> 8) % 100 < writes {
            let own_user = user - user % threads + thread;
            cache.put(i64::from(own_user), key, stamped(i64::from(operation)));
        } else if std::hint::black_box(cache.get(i64::from(user), key)).is_none() {
            misses += 1;
        }
    }
    Done {
        started,
        ended: Instant::now(),
        misses,
    }
}

fn stamped(revision: i64) -> Stamped<String> {
    Stamped {
        value: "web".to_owned(),
        revision,
    }
}

/// The median and the extremes of the rounds.
struct Spread {
    lowest: f64,
    median: f64,
    highest: f64,
}

impl Spread {
    fn of(rounds: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = rounds.collect();
        sorted.sort_by(f64::total_cmp);
        Self {
            lowest: sorted[0],
            median: sorted[sorted.len() / 2],
            highest: sorted[sorted.len() - 1],
        }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            lowest,
            median,
            highest,
        } = self;
        write!(formatter, "{median:.2} ({lowest:.2} to {highest:.2})")
    }
}
