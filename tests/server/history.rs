//! The history check: many windows use a true server at random while connections are cut and servers restarted, and
//! what was recorded must hold what `history/check.rs` asks for. Broken on purpose, it must be noticed.
//!
//! `CONTROL_MANIAC_SEED` repeats the choices of a run (not its timing), `CONTROL_MANIAC_OPS` sets how many operations
//! there are; `make soak OPS=1000000` runs a long one.

mod chance;
mod check;
mod copies;
mod hand_made;
mod link;
mod node;
mod order;
mod page;
mod proxy;
mod quiet;
mod record;
mod storm;
mod studio;
mod window;
mod wire;

use crate::database::{Kind, TestDatabase};
use chance::Chance;
use check::{Nodes, Rule, Violation, check};
use control_maniac::server::mutation::Mutation;
use link::Link;
use node::{Node, Signal};
use proxy::{Proxy, Weather};
use record::{History, Record};
use std::{
    collections::BTreeMap,
    io::Write,
    sync::Arc,
    time::{Instant, SystemTime},
};
use storm::Faults;
use studio::{Size, Studio};
use window::Habits;

/// After so many operations everything goes quiet and is checked, and the record begins anew.
const ROUND: u64 = 10_000;

/// What is run.
#[derive(Clone, Copy)]
struct Plan {
    kind: Kind,
    nodes: usize,
    size: Size,
    weather: Weather,
    faults: Faults,
    mutation: Option<Mutation>,
    habits: Habits,
}

const TRUE_TO_LIFE: Plan = Plan {
    kind: Kind::Sqlite,
    nodes: 1,
    size: Size {
        users: 6,
        sessions: 2,
        windows: 3,
    },
    weather: Weather {
        delay: 20,
        long_in_thousand: 2,
        cut_percent: 5,
    },
    faults: Faults {
        restart_every: 600,
        busy_every: 250,
        burst_every: 70,
    },
    mutation: None,
    habits: Habits {
        follows: true,
        sends_at_once: false,
    },
};

/// Many browsers of few users choose in the same moment, and what they store overtakes each other on the way to the cache. No window
/// follows the stream: one that does asks with its session's copy, and heals the cache of what it missed.
const CROWD: Plan = Plan {
    kind: Kind::Sqlite,
    size: Size {
        users: 2,
        sessions: 6,
        windows: 1,
    },
    weather: Weather {
        delay: 2,
        long_in_thousand: 0,
        cut_percent: 0,
    },
    faults: Faults {
        restart_every: 200,
        busy_every: 100,
        burst_every: 5,
    },
    habits: Habits {
        follows: false,
        sends_at_once: false,
    },
    ..TRUE_TO_LIFE
};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_chosen_last_is_what_everything_holds() {
    must_hold(TRUE_TO_LIFE, number("CONTROL_MANIAC_OPS").unwrap_or(ROUND)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_share_a_database_agree_once_quiet() {
    let plan = Plan {
        kind: Kind::Postgres,
        nodes: 2,
        ..TRUE_TO_LIFE
    };
    must_hold(plan, 2_000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cache_in_which_the_newest_may_lose_is_noticed() {
    let plan = Plan {
        mutation: Some(Mutation::OldestMayWin),
        ..CROWD
    };
    let wanted = [
        Rule::NeverBack,
        Rule::ReadYourWrites,
        Rule::NeverStale,
        Rule::AllEqualOnceQuiet,
    ];
    must_be_noticed(plan, 400, &wanted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_not_saved_at_once_is_noticed() {
    let plan = Plan {
        mutation: Some(Mutation::NoExplicitSave),
        ..TRUE_TO_LIFE
    };
    must_be_noticed(plan, 500, &[Rule::SessionKeepsItsChoice]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_sends_every_choice_at_once_is_noticed() {
    let plan = Plan {
        habits: Habits {
            follows: true,
            sends_at_once: true,
        },
        ..TRUE_TO_LIFE
    };
    must_be_noticed(plan, 1_000, &[Rule::LastChoiceWins]).await;
}

async fn must_hold(plan: Plan, operations: u64) {
    let seed = seed();
    let (violations, told) = run(plan, operations, seed).await;
    assert!(
        violations.is_empty(),
        "CONTROL_MANIAC_SEED={seed} {told}\n{}",
        stories(&violations)
    );
}

/// Runs histories with one seed after the other until one shows what was broken on purpose.
async fn must_be_noticed(plan: Plan, operations: u64, wanted: &[Rule]) {
    let first = seed();
    for seed in first..first + 5 {
        let (violations, told) = run(plan, operations, seed).await;
        if violations.is_empty() {
            say(&format!("CONTROL_MANIAC_SEED={seed}: not noticed in {told}"));
            continue;
        }
        let is_wanted = violations.iter().all(|violation| wanted.contains(&violation.rule));
        assert!(is_wanted, "CONTROL_MANIAC_SEED={seed} {told}\n{}", stories(&violations));
        say(&format!(
            "CONTROL_MANIAC_SEED={seed}: noticed, {} times; {told}\n{}",
            violations.len(),
            stories(&violations[..1])
        ));
        return;
    }
    panic!("CONTROL_MANIAC_SEED={first}: what was broken on purpose was not noticed");
}

/// The violations of the first round that has any, and what was done in how much time.
async fn run(plan: Plan, operations: u64, seed: u64) -> (Vec<Violation>, String) {
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
    let studio = Studio::open(
        database.connect().await,
        plan.size,
        &addresses,
        &record,
        seed,
        plan.habits,
    )
    .await;
    let mut run = Run {
        plan,
        nodes,
        proxies,
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
    studio: Studio,
    record: Arc<Record>,
}

impl Run {
    async fn round(&mut self, most: u64, seed: u64) -> Vec<Violation> {
        let Self {
            plan,
            nodes,
            proxies,
            studio,
            record,
        } = self;
        let scope = if plan.nodes == 1 { Nodes::One } else { Nodes::Several };
        let checked = || record.with(|history| check(history, scope));
        let mut chance = Chance::of(seed, 3_000_000);
        record.begin(studio.rows().await);
        proxies.iter().for_each(|proxy| proxy.set_calm(false));
        storm::rage(studio, nodes, record, most, plan.faults, seed).await;
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
        // Nothing of what was sent until now outlives this.
        for node in nodes.iter_mut() {
            node.restart(chance.pick(&[Signal::Term, Signal::Kill])).await;
        }
        record.with(|history| {
            let over = history.now();
            history.over.push(over);
        });
        quiet::leave_everywhere(studio, proxies, record, &mut chance).await;
        quiet::calm(studio, proxies, record, &mut chance).await;
        quiet::agree(studio, record).await;
        let wanted = plan.size.users * plan.size.sessions * wire::KEYS.len();
        let left = record.with(|history: &mut History| history.left.len());
        assert!(
            left * 2 > wanted,
            "of {wanted} last choices only {left} arrived: too few to check anything"
        );
        checked()
    }
}

/// What was done, in words.
fn report(operations: u64, began: Instant, lost: u64, counts: &BTreeMap<&'static str, u64>) -> String {
    let counts: Vec<_> = counts.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    let time = began.elapsed().as_secs_f64();
    format!(
        "{operations} operations in {time:.1} s; connections cut: {lost}; {}",
        counts.join("; ")
    )
}

/// The first violations of each rule.
fn stories(violations: &[Violation]) -> String {
    let mut by_rule: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for violation in violations {
        by_rule
            .entry(format!("{:?}", violation.rule))
            .or_default()
            .push(&violation.story);
    }
    let told = by_rule.into_iter().map(|(rule, stories)| {
        let first: Vec<_> = stories.iter().take(5).map(|story| format!("    {story}")).collect();
        format!("  {rule}, {} times:\n{}", stories.len(), first.join("\n"))
    });
    told.collect::<Vec<_>>().join("\n")
}

/// The seed that was given, or another one each time.
fn seed() -> u64 {
    number("CONTROL_MANIAC_SEED").unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        u64::from(now.subsec_nanos()) ^ now.as_secs().wrapping_mul(1_000)
    })
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number: {text}")),
    )
}

/// Says it also where the output of tests that pass is kept back: the seed must be known, and how far a long run is.
fn say(text: &str) {
    drop(writeln!(std::io::stderr(), "history: {text}"));
}
