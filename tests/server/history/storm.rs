//! Random operations in all windows at once, and the faults meanwhile: restarts, a busy database, a backup that is put
//! back, and bursts in which every window of a user chooses at the same moment.

#![expect(clippy::disallowed_methods, reason = "people click at random moments")]

use super::{
    archive::Archive,
    chance::Chance,
    node::{Node, Signal},
    page::Page,
    record::Record,
    studio::Studio,
    window::{Window, ask, navigate},
};
use crate::examples::{Example, examples};
use chrono::{Days, NaiveDate};
use control_maniac::{period::Period, settings::SETTINGS, sticky::Setting};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// How many operations lie between two events of each kind; 0 means never.
#[derive(Clone, Copy)]
pub struct Faults {
    pub restart_every: u64,
    pub busy_every: u64,
    pub burst_every: u64,
    /// A backup and its restore take turns.
    pub backup_every: u64,
}

const VIEWS: [&str; 4] = ["/", "/projects", "/costs", "/projects?page=2"];

/// The operations that are still to be done.
struct Operations {
    done: watch::Sender<u64>,
    most: u64,
}

impl Operations {
    /// Whether there is another one to be done.
    fn next(&self) -> bool {
        self.done.send_if_modified(|done| {
            let is_next = *done < self.most;
            *done += u64::from(is_next);
            is_next
        })
    }
}

/// Does `most` operations.
pub async fn rage(
    studio: &Studio,
    nodes: &mut [Node],
    archive: &mut Archive,
    record: &Arc<Record>,
    most: u64,
    faults: Faults,
    seed: u64,
) {
    let operations = Arc::new(Operations {
        done: watch::channel(0).0,
        most,
    });
    let windows = studio.windows.iter().enumerate().map(|(number, window)| {
        tokio::spawn(use_window(
            window.clone(),
            operations.clone(),
            Chance::of(seed, number as u64),
        ))
    });
    let windows: Vec<_> = windows.collect();
    let chance = Chance::of(seed, 1_000_000);
    let failing = fail(studio, nodes, archive, record, &operations, faults, chance);
    let (bursts, ()) = tokio::join!(failing, all(windows));
    all(bursts).await;
}

/// A value of a setting; where it has enough of them, one that hardly anything else uses.
pub fn value(setting: usize, chance: &mut Chance) -> String {
    static PERIODS: AtomicU64 = AtomicU64::new(0);
    let Example { known, values } = examples().nth(setting).unwrap();
    if known.key != Period::KEY || chance.percent(10) {
        let default = (known.default_text)();
        let all: Vec<&str> = values.iter().copied().chain([&*default]).collect();
        return chance.pick(&all).to_owned();
    }
    let number = PERIODS.fetch_add(1, Ordering::Relaxed);
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    let from = first + Days::new(number % 35_000);
    format!("{from}..{}", from + Days::new(number / 35_000 % 1_000))
}

async fn use_window(window: Arc<Window>, operations: Arc<Operations>, mut chance: Chance) {
    if window.page().is_none() {
        window.open("/", &mut chance).await;
    }
    let record = window.record.clone();
    while operations.next() {
        sleep(chance.millis(20)).await;
        let page = window.page().unwrap();
        let setting = chance.below(SETTINGS.len() as u64) as usize;
        match chance.below(100) {
            0..25 => choose(&page, setting, &mut chance),
            25..50 => {
                choose(&page, setting, &mut chance);
                saved(&page).await;
            }
            50..55 => (0..3).for_each(|_| choose(&page, setting, &mut chance)),
            55..65 => {
                record.count("navigations");
                drop(navigate(&page, chance.pick(&VIEWS)).await);
            }
            65..74 => {
                record.count("questions for the newest");
                look(&page).await;
            }
            74..82 => {
                record.count("reloads");
                window.open(chance.pick(&VIEWS), &mut chance).await;
            }
            82..86 => {
                record.count("hidden");
                window.hide();
            }
            86..91 => {
                record.count("shown again");
                if window.habits.follows {
                    window.show(&mut chance);
                }
            }
            91..97 => {
                page.choose_and_wait(setting, value(setting, &mut chance));
                window.open(chance.pick(&VIEWS), &mut chance).await;
            }
            _ => {
                record.count("pages put aside and shown again");
                page.leave().await;
                window.hide();
                page.restored();
                drop(ask(&page).await);
                if window.habits.follows {
                    window.show(&mut chance);
                }
            }
        }
    }
}

fn choose(page: &Arc<Page>, setting: usize, chance: &mut Chance) {
    page.record.count("toggles");
    page.choose(setting, value(setting, chance));
}

/// How long somebody waits until a choice is saved before they go on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Waits until nothing is pending any more, for a while.
async fn saved(page: &Page) {
    let mut changed = page.record.changed.subscribe();
    let nothing_pending = changed.wait_for(|()| page.shown().iter().all(|(_, is_pending)| !is_pending));
    drop(timeout(PATIENCE, nothing_pending).await);
}

/// Lets things fail until the operations are done.
async fn fail(
    studio: &Studio,
    nodes: &mut [Node],
    archive: &mut Archive,
    record: &Record,
    operations: &Operations,
    faults: Faults,
    mut chance: Chance,
) -> Vec<JoinHandle<()>> {
    let mut bursts = Vec::new();
    let mut done = operations.done.subscribe();
    let mut points = [
        faults.restart_every,
        faults.busy_every,
        faults.burst_every,
        faults.backup_every,
    ];
    let mut backups = 0;
    let mut restarts = 0;
    loop {
        let Some(next) = points.iter().copied().filter(|point| *point > 0).min() else {
            return bursts;
        };
        let is_over = done
            .wait_for(|done| *done >= next.min(operations.most))
            .await
            .is_ok_and(|done| *done >= operations.most);
        if is_over {
            return bursts;
        }
        if points[0] == next {
            points[0] += faults.restart_every;
            restarts += 1;
            let signal = [Signal::Kill, Signal::Term][restarts % 2];
            record.count(if signal == Signal::Kill {
                "restarts after SIGKILL"
            } else {
                "restarts after SIGTERM"
            });
            let node = chance.below(nodes.len() as u64) as usize;
            nodes[node].restart(signal).await;
        }
        if points[1] == next {
            points[1] += faults.busy_every;
            record.count("times the database was busy");
            let busy = busy(&studio.db()).await;
            sleep(chance.millis(100)).await;
            busy.rollback().await.unwrap();
        }
        if points[2] == next {
            points[2] += faults.burst_every;
            record.count("bursts");
            bursts.extend(burst(studio, &mut chance));
        }
        if points[3] == next {
            points[3] += faults.backup_every;
            backups += 1;
            if backups % 2 == 1 {
                archive.back_up(record).await;
            } else {
                archive.restore(studio, nodes, record, &mut chance).await;
            }
        }
    }
}

/// Every window of a user chooses at the same moment, and asks for the current state once its choice is saved.
fn burst(studio: &Studio, chance: &mut Chance) -> Vec<JoinHandle<()>> {
    let user = chance.below(studio.size.users as u64) as usize;
    let setting = chance.below(SETTINGS.len() as u64) as usize;
    let windows = (0..studio.size.sessions).flat_map(|session| studio.windows_of(user, session));
    let pages: Vec<_> = windows.filter_map(|window| window.page()).collect();
    let choosing = pages.into_iter().map(|page| {
        let mut chance = Chance::of(chance.next(), 0);
        tokio::spawn(async move {
            choose(&page, setting, &mut chance);
            saved(&page).await;
            look(&page).await;
        })
    });
    choosing.collect()
}

/// A window that follows asks for the current state, which is answered from the rows and heals the cache. One that
/// doesn't follow asks for figures, for which the cache is enough.
async fn look(page: &Page) {
    drop(if page.habits.follows {
        ask(page).await
    } else {
        navigate(page, "/").await
    });
}

/// Keeps everybody else from writing until it is rolled back.
pub async fn busy(db: &DatabaseConnection) -> DatabaseTransaction {
    let busy = db.begin().await.unwrap();
    busy.execute_unprepared(match db.get_database_backend() {
        DbBackend::Postgres => "LOCK TABLE settings IN SHARE MODE",
        _ => "UPDATE rights_revision SET revision = revision",
    })
    .await
    .unwrap();
    busy
}

/// Waits for all of them.
async fn all(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}
