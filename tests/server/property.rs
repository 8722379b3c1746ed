//! Rules for any studio and any history: random studios are entered into the books and compared with an oracle
//! that calculates them day by day.
//!
//! The studios are the same every time. `CONTROL_MANIAC_STUDIOS` sets how many there are, `CONTROL_MANIAC_SEED` makes others;
//! the ones of a seed that failed come again with it, cut down to few commands.

mod accounts;
mod command;
mod entering;
mod generator;
mod oracle;
mod pages;
mod picture;
mod properties;

use crate::{app::CONTROLLER, chance::number, database::Kind};
use command::Story;
use control_maniac::server::{demo, password};
use generator::story;
use properties::{Studio, hold};

/// How many studios there are by default.
const STUDIOS: u64 = 8;

/// The number of the first studio whose pages are looked at, as well as a quarter as many of the others.
const PAGES: u64 = 1_000_000;

/// How often a failing story is tried with fewer commands.
const TRIES: u32 = 150;

#[tokio::test(flavor = "multi_thread")]
async fn figures_hold_under_any_history_on_sqlite() {
    all_hold(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_hold_under_any_history_on_postgres() {
    all_hold(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_agree_under_any_history_on_sqlite() {
    all_pages_agree(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_agree_under_any_history_on_postgres() {
    all_pages_agree(Kind::Postgres).await;
}

async fn all_pages_agree(kind: Kind) {
    let hash = password::hash(demo::PASSWORD.to_owned()).await.unwrap();
    for number in 0..studios().div_ceil(4) {
        let story = story(seed(), PAGES + number);
        let studio = Studio::found(kind, &story, &hash).await.unwrap();
        let browser = studio.app.logged_in(CONTROLLER).await;
        if let Err(fault) = pages::agree(&studio, &browser).await {
            panic!(
                "CONTROL_MANIAC_SEED={} studio {} on {kind:?}: {fault}",
                seed(),
                PAGES + number
            );
        }
        studio.close().await;
    }
}

fn seed() -> u64 {
    number("CONTROL_MANIAC_SEED").unwrap_or(9)
}

fn studios() -> u64 {
    number("CONTROL_MANIAC_STUDIOS").unwrap_or(STUDIOS)
}

async fn all_hold(kind: Kind) {
    let seed = seed();
    for studio in 0..studios() {
        let story = story(seed, studio);
        if let Err(fault) = hold(kind, &story).await {
            let (story, fault) = shortest(kind, story, fault).await;
            panic!(
                "CONTROL_MANIAC_SEED={seed} studio {studio} on {kind:?}, today {}: {fault}\nfirst {:#?}\nthen {:#?}",
                story.today, story.first, story.then
            );
        }
    }
}

/// The smallest story found that still fails, and its failure.
async fn shortest(kind: Kind, mut story: Story, mut fault: String) -> (Story, String) {
    let mut tries = 0;
    let mut size = story.len() / 2;
    while size > 0 {
        let mut start = 0;
        while start < story.len() && tries < TRIES {
            tries += 1;
            let shorter = story.without(start, start + size);
            match hold(kind, &shorter).await {
                Err(still) => (story, fault) = (shorter, still),
                Ok(()) => start += size,
            }
        }
        size /= 2;
    }
    (story, fault)
}
