//! The history check: many windows use a real server at random while connections are cut, servers are restarted and
//! backups are restored. The record must satisfy `history/check.rs`. Rules that are broken on purpose must be
//! noticed.
//!
//! A restore begins a new epoch of the database. Within an epoch the newest wins and no window goes back; a restore
//! takes no acknowledged choice that is older than its backup, and once quiet all windows, pages and sessions agree
//! with the database, whose values are restored or chosen since.
//!
//! `CONTROL_MANIAC_SEED` repeats the choices of a run (not its timing), `CONTROL_MANIAC_OPS` sets how many operations
//! there are; `make soak OPS=1000000` runs a long one.

mod archive;
mod check;
mod copies;
mod hand_made;
mod hand_made_restores;
mod kept;
mod link;
mod node;
mod order;
mod page;
mod proxy;
mod quiet;
mod record;
mod run;
mod storm;
mod studio;
mod window;
mod wire;

use crate::{
    chance::{self, number},
    database::Kind,
};
use check::{Rule, Violation};
use control_maniac::server::mutation::Mutation;
use proxy::Weather;
use run::{Plan, ROUND, run, say};
use std::{collections::BTreeMap, time::SystemTime};
use storm::Faults;
use studio::Size;
use window::Habits;

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
        backup_every: 1_000,
    },
    mutation: None,
    habits: Habits {
        follows: true,
        sends_at_once: false,
        ignores_restores: false,
    },
};

/// Many browsers of few users choose at the same moment, and their writes overtake each other on the way to the cache.
/// No window follows the stream: one that does asks with its session's copy, and so mends the cache.
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
        backup_every: 0,
    },
    habits: Habits {
        follows: false,
        sends_at_once: false,
        ignores_restores: false,
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
    must_be_noticed(plan, 400, &wanted, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_gets_no_copy_is_noticed() {
    let plan = Plan {
        mutation: Some(Mutation::NoSessionCopy),
        ..TRUE_TO_LIFE
    };
    must_be_noticed(plan, 500, &[Rule::SessionKeepsItsChoice], &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_sends_every_choice_at_once_is_noticed() {
    let plan = Plan {
        habits: Habits {
            follows: true,
            sends_at_once: true,
            ignores_restores: false,
        },
        ..TRUE_TO_LIFE
    };
    // A machine that is busy with other things refuses so many requests at once, and rightly.
    must_be_noticed(plan, 1_000, &[Rule::LastChoiceWins], &[Rule::NothingRefused]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_keeps_what_a_restore_took_is_noticed() {
    let plan = Plan {
        faults: Faults {
            backup_every: 100,
            ..TRUE_TO_LIFE.faults
        },
        habits: Habits {
            follows: true,
            sends_at_once: false,
            ignores_restores: true,
        },
        ..TRUE_TO_LIFE
    };
    must_be_noticed(plan, 350, &[Rule::AllEqualOnceQuiet], &[]).await;
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

/// Runs histories with one seed after another until one shows what was broken on purpose: by one of the `wanted` rules.
/// None but those and what may happen `besides` may be broken.
async fn must_be_noticed(plan: Plan, operations: u64, wanted: &[Rule], besides: &[Rule]) {
    let first = seed();
    for seed in first..first + 5 {
        let (violations, told) = run(plan, operations, seed).await;
        let is_fair = |violation: &Violation| wanted.contains(&violation.rule) || besides.contains(&violation.rule);
        let are_fair = violations.iter().all(is_fair);
        assert!(are_fair, "CONTROL_MANIAC_SEED={seed} {told}\n{}", stories(&violations));
        if !violations.iter().any(|violation| wanted.contains(&violation.rule)) {
            say(&format!("CONTROL_MANIAC_SEED={seed}: not noticed in {told}"));
            continue;
        }
        say(&format!(
            "CONTROL_MANIAC_SEED={seed}: noticed, {} times; {told}\n{}",
            violations.len(),
            stories(&violations[..1])
        ));
        return;
    }
    panic!("CONTROL_MANIAC_SEED={first}: what was broken on purpose was not noticed");
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

/// The given seed, or a new one each time.
#[expect(clippy::disallowed_methods, reason = "every run has another seed")]
fn seed() -> u64 {
    number("CONTROL_MANIAC_SEED").unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        u64::from(now.subsec_nanos()) ^ now.as_secs().wrapping_mul(1_000)
    })
}
