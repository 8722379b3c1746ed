//! Waits until everything is quiet, and reads the values that every window, page, row and session then has.

#![expect(clippy::disallowed_methods, reason = "nothing tells when a row has changed")]

use super::{
    chance::Chance,
    proxy::Proxy,
    record::{Dated, Held, History, Left, Owned, Record, SessionCopy},
    storm::{busy, value},
    studio::Studio,
    window::{Window, ask},
    wire::told_by_page,
};
use control_maniac::settings::SETTINGS;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};

/// The longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(10);

/// How long it may take until a row holds a choice whose connection was cut, if it arrived at all.
const ARRIVAL: Duration = Duration::from_secs(2);

/// The pause between two looks at the database while waiting.
const LOOK: Duration = Duration::from_millis(10);

/// Waits until no request is under way, and lets every window be seen.
pub async fn calm(studio: &Studio, proxies: &[Proxy], record: &Record, chance: &mut Chance) {
    proxies.iter().for_each(|proxy| proxy.set_calm(true));
    let mut under_way = record.under_way.subscribe();
    let answered = timeout(Duration::from_secs(30), under_way.wait_for(|count| *count == 0)).await;
    drop(
        answered
            .expect("every request has its answer, or can have none any more")
            .unwrap(),
    );
    for proxy in proxies {
        proxy.quiet().await;
    }
    studio.windows.iter().for_each(|window| window.show(chance));
}

/// Waits until streams and answers have brought the same everywhere, and notes all values in the record.
pub async fn agree(studio: &Studio, record: &Record) {
    let deadline = Instant::now() + DEADLINE;
    let mut changed = record.changed.subscribe();
    let (mut rows, mut held) = (rows_of(studio, record).await, shown(studio));
    while !(is_equal(&rows, &held) || Instant::now() > deadline) {
        drop(timeout(LOOK, changed.changed()).await);
        (rows, held) = (rows_of(studio, record).await, shown(studio));
    }
    loop {
        let mut answered = answered(studio, record).await;
        answered.extend(shown(studio));
        // Something whose connection was cut may still have been stored.
        let now = rows_of(studio, record).await;
        if (now == rows && is_equal(&rows, &answered)) || Instant::now() > deadline {
            let copies = copies_of(studio, record).await;
            record.with(|history| (history.rows, history.held, history.copies) = (now, answered, copies));
            return;
        }
        rows = now;
    }
}

/// The values of the rows, which are the authority.
async fn rows_of(studio: &Studio, record: &Record) -> HashMap<Owned, Dated> {
    let (epoch, rows) = (studio.epoch().await, studio.rows().await);
    let dated = |history: &mut History| {
        let rows = rows.into_iter();
        rows.map(|(of, stamped)| (of, history.dated(&epoch, stamped))).collect()
    };
    record.with(dated)
}

/// The copies in the sessions.
async fn copies_of(studio: &Studio, record: &Record) -> Vec<SessionCopy> {
    let copies = studio.copies().await.into_iter();
    record.with(|history| {
        let dated = copies.map(|(of, session, copy)| SessionCopy {
            of,
            session,
            dated: copy.map(|(epoch, stamped)| history.dated(&epoch, stamped)),
        });
        dated.collect()
    })
}

fn is_equal(rows: &HashMap<Owned, Dated>, held: &[Held]) -> bool {
    held.iter().all(|held| held.is_as_in(rows))
}

/// The values that every window shows.
fn shown(studio: &Studio) -> Vec<Held> {
    let mut held = Vec::new();
    for window in &studio.windows {
        let page = window.page().unwrap();
        for (setting, (mut dated, is_pending)) in page.shown().into_iter().enumerate() {
            let pending = if is_pending { " with something pending" } else { "" };
            let by = format!("{:?}{pending}", page.who);
            if is_pending {
                // Not the row's value, no matter what is confirmed.
                dated.stamp.revision = -1;
            }
            held.push(Held {
                by,
                of: (window.user, setting),
                dated,
            });
        }
    }
    held
}

/// The values that every session gets when it opens a page and when it asks for the current state.
async fn answered(studio: &Studio, record: &Record) -> Vec<Held> {
    let mut held = Vec::new();
    for (user, browsers) in studio.browsers.iter().enumerate() {
        for (session, browser) in browsers.iter().enumerate() {
            let window = &studio.windows_of(user, session)[0];
            let page = window.page().unwrap();
            let begun = record.now();
            let answer = browser.get("/", "text/html").await.unwrap();
            let of_page = record.dated(told_by_page(&answer.body));
            record.saw(page.who, super::record::How::Page, begun, &of_page);
            let newest = ask(&page).await.expect("in calm weather there is an answer");
            for setting in 0..SETTINGS.len() {
                for (how, settings) in [("a page", &of_page), ("the newest", &newest)] {
                    let by = format!("{how} for session {session}");
                    held.push(Held {
                        by,
                        of: (user, setting),
                        dated: settings[setting].clone(),
                    });
                }
            }
        }
    }
    held
}

/// Each session makes a last choice of each setting and leaves the page at once: nobody hears the answer. Nothing else
/// of its session is under way meanwhile, so its copy must have the row's value.
pub async fn leave_everywhere(studio: &Studio, proxies: &[Proxy], record: &Arc<Record>, chance: &mut Chance) {
    for session in 0..studio.size.sessions {
        for setting in 0..SETTINGS.len() {
            let mut users: Vec<usize> = (0..studio.size.users).collect();
            // If it is cut too soon, a request may never be read: then it is sent again and cut later.
            for linger in [40, 80, 160, 320] {
                proxies.iter().for_each(|proxy| proxy.set_linger(linger));
                users = leave(studio, proxies, record, (session, setting), users, chance).await;
            }
        }
    }
    proxies.iter().for_each(|proxy| proxy.set_linger(20));
}

/// Returns the users for whom nothing was stored.
async fn leave(
    studio: &Studio,
    proxies: &[Proxy],
    record: &Arc<Record>,
    (session, setting): (usize, usize),
    users: Vec<usize>,
    chance: &mut Chance,
) -> Vec<usize> {
    if users.is_empty() {
        return users;
    }
    let before = rows_of(studio, record).await;
    // The database is busy, so that the connection is cut before the choice is stored.
    let busy = busy(&studio.db()).await;
    let mut chosen = HashMap::new();
    for user in &users {
        let value = value(setting, chance);
        let page = studio.windows_of(*user, session)[0].page().unwrap();
        page.choose_and_wait(setting, value.clone());
        page.leave().await;
        chosen.insert(*user, value);
    }
    for proxy in proxies {
        proxy.quiet().await;
    }
    busy.rollback().await.unwrap();
    let is_stored = |rows: &HashMap<Owned, Dated>, user: usize| {
        let of = (user, setting);
        let was = before.get(&of).map_or(0, |row| row.stamp.revision);
        rows.get(&of)
            .is_some_and(|row| row.stamp.revision == was + 1 && row.value == chosen[&user])
    };
    let deadline = Instant::now() + ARRIVAL;
    let mut rows = rows_of(studio, record).await;
    while !users.iter().all(|user| is_stored(&rows, *user)) && Instant::now() < deadline {
        tokio::time::sleep(LOOK).await;
        rows = rows_of(studio, record).await;
    }
    let (stored, missed): (Vec<usize>, Vec<usize>) = users.into_iter().partition(|user| is_stored(&rows, *user));
    let left: Vec<Left> = stored
        .into_iter()
        .map(|user| Left {
            of: (user, setting),
            session,
            stamp: rows[&(user, setting)].stamp,
        })
        .collect();
    let deadline = Instant::now() + ARRIVAL;
    while !kept(&left, &copies_of(studio, record).await) && Instant::now() < deadline {
        tokio::time::sleep(LOOK).await;
    }
    for user in chosen.keys() {
        let window: &Window = &studio.windows_of(*user, session)[0];
        window.open("/", chance).await;
    }
    record.with(|history| {
        *history.counts.entry("last choices left with, and stored").or_default() += left.len() as u64;
        *history
            .counts
            .entry("last choices left with, and cut too soon")
            .or_default() += missed.len() as u64;
        history.left.extend(left);
    });
    missed
}

fn kept(left: &[Left], copies: &[SessionCopy]) -> bool {
    left.iter().all(|left| {
        copies.iter().any(|copy| {
            let stamp = copy.dated.as_ref().map(|dated| dated.stamp);
            (copy.of, copy.session) == (left.of, left.session) && stamp >= Some(left.stamp)
        })
    })
}
