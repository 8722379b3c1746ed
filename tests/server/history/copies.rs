//! A session's copy of a setting is never older than what that session is sure to have stored.
//!
//! The session's record is saved whole: of two requests of one session that store at the same time, either may
//! overwrite the other's change. So only a choice counts whose request overlapped no other one of its session that
//! stores. Every later save is then made of a record that has it.

use super::{
    check::{Broken, Rule, stored},
    record::{History, Moment, Outcome, Owned, SessionCopy, Write},
    wire::KEYS,
};
use std::collections::HashMap;

pub fn check(history: &History, broken: &mut Broken) {
    let mut by_session: HashMap<(usize, usize), Vec<&Write>> = HashMap::new();
    for write in &history.writes {
        by_session
            .entry((write.who.user, write.who.session))
            .or_default()
            .push(write);
    }
    let mut sure: HashMap<(Owned, usize), (&Write, i64)> = HashMap::new();
    for ((user, session), mut writes) in by_session {
        writes.sort_by_key(|write| write.sent);
        for (write, revision) in alone(&writes, &history.over) {
            let newest = sure
                .entry(((user, write.setting), session))
                .or_insert((write, revision));
            if newest.1 < revision {
                *newest = (write, revision);
            }
        }
    }
    for left in &history.left {
        let of_left = |copy: &&SessionCopy| (copy.of, copy.session) == (left.of, left.session);
        for copy in history.copies.iter().filter(of_left) {
            if copy
                .stamped
                .as_ref()
                .is_none_or(|stamped| stamped.revision < left.revision)
            {
                broken.add(Rule::SessionKeepsItsChoice, format!("{left:?}, but {copy:?}"));
            }
        }
    }
    for copy in &history.copies {
        let revision = copy.stamped.as_ref().map_or(0, |stamped| stamped.revision);
        if let Some((write, stored)) = sure.get(&(copy.of, copy.session))
            && revision < *stored
        {
            broken.add(
                Rule::SessionKeepsItsChoice,
                format!("revision {stored} is {write:?}, but {copy:?}"),
            );
        }
        if history.rows.get(&copy.of).is_some_and(|row| row.revision < revision) {
            let story = format!("{copy:?} is newer than the row's {}", KEYS[copy.of.1]);
            broken.add(Rule::SessionKeepsItsChoice, story);
        }
    }
}

/// Those of a session's requests, in the order of sending, that were acknowledged and overlapped no other.
fn alone<'a>(writes: &[&'a Write], over: &[Moment]) -> Vec<(&'a Write, i64)> {
    let ends: Vec<Moment> = writes.iter().map(|write| end(write, over)).collect();
    let mut alone = Vec::new();
    let mut busy_until = 0;
    for (at, write) in writes.iter().enumerate() {
        let is_alone = busy_until < write.sent && writes.get(at + 1).is_none_or(|next| ends[at] < next.sent);
        busy_until = busy_until.max(ends[at]);
        if is_alone && let Some(revision) = stored(write) {
            alone.push((*write, revision));
        }
    }
    alone
}

/// From when on nothing of this request is under way any more.
fn end(write: &Write, over: &[Moment]) -> Moment {
    match (&write.outcome, write.ended) {
        (Outcome::Unknown, _) | (_, None) => over
            .iter()
            .copied()
            .find(|over| *over > write.sent)
            .unwrap_or(Moment::MAX),
        (_, Some(ended)) => ended,
    }
}
