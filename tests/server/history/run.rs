//! A run: its nodes, the proxies before them and its windows, round after round. Each round is checked once everything
//! is quiet.

use super::{
    archive::Archive,
    chance::Chance,
    check::{Nodes, Violation, check},
    link::Link,
    node::{Node, Signal},
    proxy::{Proxy, Weather},
    quiet,
    record::{History, Record},
    storm::{self, Faults},
    studio::{Size, Studio},
    window::Habits,
};
use crate::database::{Kind, TestDatabase};
use control_maniac::{server::mutation::Mutation, settings::SETTINGS};
use std::{collections::BTreeMap, io::Write, sync::Arc, time::Instant};

/// After this many operations everything becomes quiet and is checked, and a new record begins.
pub const ROUND: u64 = 10_000;

/// The plan of a run.
#[derive(Clone, Copy)]
pub struct Plan {
    pub kind: Kind,
    pub nodes: usize,
    pub size: Size,
    pub weather: Weather,
    pub faults: Faults,
    pub mutation: Option<Mutation>,
    pub habits: Habits,
}

/// The violations of the first round that has any, and a report of what was done in how much time.
pub async fn run(plan: Plan, operations: u64, seed: u64) -> (Vec<Violation>, String) {
    say(&format!(
        "CONTROL_MANIAC_SEED={seed}: {operations} operations on {} node(s)",
        plan.nodes
    ));
    let database = TestDatabase::demo(plan.kind).await;
    let folder = tempfile::tempdir().unwrap();
    let mut nodes = Vec::new();
    let mut proxies = Vec::new();
    let mut links = Vec::new();
    for number in 0..plan.nodes {
        let log = folder.path().join(format!("{number}.log"));
        let link = match plan.kind {
            Kind::Postgres => Some(Link::start(&database.url, Chance::of(seed, 4_000_000 + number as u64)).await),
            Kind::Sqlite => None,
        };
        let url = link.as_ref().map_or(&database.url, |link| &link.url);
        let node = Node::start(url, plan.mutation, log).await;
        let chance = Chance::of(seed, 2_000_000 + number as u64);
        proxies.push(Proxy::start(node.address, plan.weather, chance).await);
        nodes.push(node);
        links.push(link);
    }
    let addresses: Vec<_> = proxies.iter().map(|proxy| proxy.address).collect();
    let record = Arc::new(Record::default());
    let studio = Studio::open(&database.url, plan.size, &addresses, &record, seed, plan.habits).await;
    let mut run = Run {
        plan,
        nodes,
        proxies,
        archive: Archive::of(&database.url),
        studio,
        record,
    };
    let began = Instant::now();
    let mut done = 0;
    let mut violations = Vec::new();
    while done < operations && violations.is_empty() {
        let most = ROUND.min(operations - done);
        violations = run.round(most, seed.wrapping_add(done)).await;
        done += most;
        let log: String = run.nodes.iter().map(Node::log).collect();
        assert!(!log.contains("panicked"), "{log}");
        say(&format!("  {done} operations, {:.1} s", began.elapsed().as_secs_f64()));
    }
    let lost: u64 = run.proxies.iter().map(Proxy::lost).sum();
    let counts = run.record.with(|history| std::mem::take(&mut history.counts));
    let told = report(done, began, lost, &counts);
    say(&told);
    drop((run, links));
    database.drop().await;
    (violations, told)
}

struct Run {
    plan: Plan,
    nodes: Vec<Node>,
    proxies: Vec<Proxy>,
    archive: Archive,
    studio: Studio,
    record: Arc<Record>,
}

impl Run {
    async fn round(&mut self, most: u64, seed: u64) -> Vec<Violation> {
        let Self {
            plan,
            nodes,
            proxies,
            archive,
            studio,
            record,
        } = self;
        let scope = if plan.nodes == 1 { Nodes::One } else { Nodes::Several };
        let checked = || record.with(|history| check(history, scope));
        let mut chance = Chance::of(seed, 3_000_000);
        record.begin(studio.epoch().await, studio.rows().await);
        archive.empty();
        proxies.iter().for_each(|proxy| proxy.set_calm(false));
        storm::rage(studio, nodes, archive, record, most, plan.faults, seed).await;
        quiet::calm(studio, proxies, record, &mut chance).await;
        let violations = checked();
        if !violations.is_empty() {
            return violations;
        }
        quiet::agree(studio, record).await;
        let violations = checked();
        if !violations.is_empty() {
            return violations;
        }
        // No earlier request survives this.
        if archive.is_empty() {
            for node in nodes.iter_mut() {
                node.restart(chance.pick(&[Signal::Term, Signal::Kill])).await;
            }
        } else {
            archive.restore(studio, nodes, record, &mut chance).await;
        }
        record.with(|history| {
            let over = history.now();
            history.over.push(over);
        });
        if !archive.is_empty() {
            // Nobody chooses anything now: everything goes back to the restored values.
            quiet::agree(studio, record).await;
            let violations = checked();
            if !violations.is_empty() {
                return violations;
            }
        }
        quiet::leave_everywhere(studio, proxies, record, &mut chance).await;
        quiet::calm(studio, proxies, record, &mut chance).await;
        quiet::agree(studio, record).await;
        let wanted = plan.size.users * plan.size.sessions * SETTINGS.len();
        let left = record.with(|history: &mut History| history.left.len());
        assert!(
            left * 2 > wanted,
            "of {wanted} last choices only {left} arrived: too few to check anything"
        );
        checked()
    }
}

/// The report, in words.
fn report(operations: u64, began: Instant, lost: u64, counts: &BTreeMap<&'static str, u64>) -> String {
    let counts: Vec<_> = counts.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    let time = began.elapsed().as_secs_f64();
    format!(
        "{operations} operations in {time:.1} s; connections cut: {lost}; {}",
        counts.join("; ")
    )
}

/// Prints even if the output of passing tests is captured: the seed and the progress of a long run must be visible.
pub fn say(text: &str) {
    drop(writeln!(std::io::stderr(), "history: {text}"));
}
