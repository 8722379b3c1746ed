//! How everything goes quiet, and what every window, page, row and session holds then.

use super::{
    chance::Chance,
    proxy::Proxy,
    record::{Held, Left, Owned, Record, SessionCopy},
    storm::{busy, value},
    studio::Studio,
    window::{Window, ask},
    wire::{KEYS, both_of_page},
};
use control_maniac::sticky::Stamped;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout};

/// How long something that must come is waited for at the most.
const DEADLINE: Duration = Duration::from_secs(10);

/// How long it may take until a row holds a choice whose connection was cut, where it arrived at all.
const ARRIVAL: Duration = Duration::from_secs(2);

/// How often the database is looked at while something is waited for.
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

/// Waits until streams and answers have brought the same everywhere, and notes in the record what everything holds.
pub async fn agree(studio: &Studio, record: &Record) {
    let deadline = Instant::now() + DEADLINE;
    let mut changed = record.changed.subscribe();
    let (mut rows, mut held) = (studio.rows().await, shown(studio));
    while !(is_equal(&rows, &held) || Instant::now() > deadline) {
        drop(timeout(LOOK, changed.changed()).await);
        (rows, held) = (studio.rows().await, shown(studio));
    }
    loop {
        let mut answered = answered(studio, record).await;
        answered.extend(shown(studio));
        // Something whose connection was cut may still have been stored.
        let now = studio.rows().await;
        if (now == rows && is_equal(&rows, &answered)) || Instant::now() > deadline {
            let copies = studio.copies().await;
            record.with(|history| (history.rows, history.held, history.copies) = (now, answered, copies));
            return;
        }
        rows = now;
    }
}

fn is_equal(rows: &HashMap<Owned, Stamped<String>>, held: &[Held]) -> bool {
    held.iter().all(|held| rows.get(&held.of) == Some(&held.stamped))
}

/// What every window shows.
fn shown(studio: &Studio) -> Vec<Held> {
    let mut held = Vec::new();
    for window in &studio.windows {
        let page = window.page().unwrap();
        for (setting, (stamped, is_pending)) in page.shown().into_iter().enumerate() {
            let pending = if is_pending { " with something pending" } else { "" };
            let by = format!("{:?}{pending}", page.who);
            // Something pending is not what the row holds, whatever is confirmed.
            let revision = if is_pending { -1 } else { stamped.revision };
            held.push(Held {
                by,
                of: (window.user, setting),
                stamped: Stamped { revision, ..stamped },
            });
        }
    }
    held
}

/// What every session is answered when it opens a page and when it asks for the newest.
async fn answered(studio: &Studio, record: &Record) -> Vec<Held> {
    let mut held = Vec::new();
    for (user, browsers) in studio.browsers.iter().enumerate() {
        for (session, browser) in browsers.iter().enumerate() {
            let window = &studio.windows_of(user, session)[0];
            let page = window.page().unwrap();
            let begun = record.now();
            let answer = browser.get("/", "text/html").await.unwrap();
            let of_page = both_of_page(&answer.body);
            record.saw(page.who, super::record::How::Page, begun, &of_page);
            let newest = ask(&page).await.expect("in calm weather there is an answer");
            for setting in 0..KEYS.len() {
                for (how, both) in [("a page", &of_page), ("the newest", &newest)] {
                    let by = format!("{how} for session {session}");
                    held.push(Held {
                        by,
                        of: (user, setting),
                        stamped: both[setting].clone(),
                    });
                }
            }
        }
    }
    held
}

/// Each session makes a last choice of each setting and leaves the page at once: nobody hears the answer. Nothing else
/// of its session is under way meanwhile, so its copy must have what the row has.
pub async fn leave_everywhere(studio: &Studio, proxies: &[Proxy], record: &Arc<Record>, chance: &mut Chance) {
    for session in 0..studio.size.sessions {
        for setting in 0..KEYS.len() {
            let mut users: Vec<usize> = (0..studio.size.users).collect();
            // Cut too soon, a request may never be read: then again, and cut later.
            for linger in [40, 80, 160, 320] {
                proxies.iter().for_each(|proxy| proxy.set_linger(linger));
                users = leave(studio, proxies, record, (session, setting), users, chance).await;
            }
        }
    }
    proxies.iter().for_each(|proxy| proxy.set_linger(20));
}

/// Gives those users for whom nothing was stored.
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
    let before = studio.rows().await;
    // The database is busy, so that the connection is cut before the choice is stored.
    let busy = busy(&studio.db).await;
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
    let is_stored = |rows: &HashMap<Owned, Stamped<String>>, user: usize| {
        let of = (user, setting);
        let was = before.get(&of).map_or(0, |row| row.revision);
        rows.get(&of)
            .is_some_and(|row| row.revision == was + 1 && row.value == chosen[&user])
    };
    let deadline = Instant::now() + ARRIVAL;
    let mut rows = studio.rows().await;
    while !users.iter().all(|user| is_stored(&rows, *user)) && Instant::now() < deadline {
        tokio::time::sleep(LOOK).await;
        rows = studio.rows().await;
    }
    let (stored, missed): (Vec<usize>, Vec<usize>) = users.into_iter().partition(|user| is_stored(&rows, *user));
    let left: Vec<Left> = stored
        .into_iter()
        .map(|user| Left {
            of: (user, setting),
            session,
            revision: rows[&(user, setting)].revision,
        })
        .collect();
    let deadline = Instant::now() + ARRIVAL;
    while !kept(&left, &studio.copies().await) && Instant::now() < deadline {
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
            let revision = copy.stamped.as_ref().map_or(0, |stamped| stamped.revision);
            (copy.of, copy.session) == (left.of, left.session) && revision >= left.revision
        })
    })
}
