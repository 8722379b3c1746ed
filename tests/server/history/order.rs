//! Of a page's choices the last one wins: none is stored over one that was made after it, however its request came
//! along; and nothing is stored that nobody chose.
//!
//! A revision that no acknowledgement explains must come from a request whose outcome nobody knows. Where there is one
//! such request, it is taken as stored under that revision; where there are several, one of them must fit.

use super::{
    check::{Broken, Rule, observed, stored},
    record::{History, Moment, Outcome, Owned, Who, Write},
    wire::KEYS,
};
use std::collections::{HashMap, HashSet};

/// A page's setting.
type Place = (Who, usize);

/// What each place is known to have stored: when it was sent, and under which revision.
type Stored<'a> = HashMap<Place, Vec<(&'a Write, i64)>>;

/// A revision that no acknowledgement explains, when it was seen first, and what may explain it.
struct Unexplained<'a> {
    of: Owned,
    revision: i64,
    value: String,
    candidates: Vec<&'a Write>,
}

pub fn check(history: &History, broken: &mut Broken) {
    let mut known: Stored = HashMap::new();
    for write in &history.writes {
        if let Some(revision) = stored(write) {
            known
                .entry((write.who, write.setting))
                .or_default()
                .push((write, revision));
        }
    }
    let unexplained = unexplained(history);
    for one in &unexplained {
        match one.candidates[..] {
            [] => broken.add(Rule::OneValueForARevision, format!("nobody chose {}", one.told())),
            [write] => known
                .entry((write.who, write.setting))
                .or_default()
                .push((write, one.revision)),
            _ => {}
        }
    }
    for places in known.values_mut() {
        places.sort_by_key(|(write, _)| write.sent);
        for pair in places.windows(2) {
            let [(earlier, first), (later, second)] = pair else {
                continue;
            };
            if first >= second {
                let story = format!("revision {first} is {earlier:?}, but revision {second} is {later:?}");
                broken.add(Rule::LastChoiceWins, story);
            }
        }
    }
    for one in unexplained.iter().filter(|one| one.candidates.len() > 1) {
        if !one.candidates.iter().any(|write| fits(write, one.revision, &known)) {
            let story = format!(
                "{} would be stored over a later choice: {:?}",
                one.told(),
                one.candidates
            );
            broken.add(Rule::LastChoiceWins, story);
        }
    }
}

/// Whether `write` may have been stored under `revision`, as far as its own page's other choices go.
fn fits(write: &Write, revision: i64, known: &Stored) -> bool {
    let others = known.get(&(write.who, write.setting)).map_or(&[][..], Vec::as_slice);
    others
        .iter()
        .all(|(other, stored)| (other.sent < write.sent) == (*stored < revision))
}

impl Unexplained<'_> {
    fn told(&self) -> String {
        let (user, setting) = self.of;
        format!(
            "{} {} of user {user}, revision {}",
            KEYS[setting], self.value, self.revision
        )
    }
}

fn unexplained(history: &History) -> Vec<Unexplained<'_>> {
    let mut acknowledged: HashSet<(Owned, i64)> = HashSet::new();
    let mut unknown: HashMap<(Owned, &str), Vec<&Write>> = HashMap::new();
    for write in &history.writes {
        let of = (write.who.user, write.setting);
        match stored(write) {
            Some(revision) => drop(acknowledged.insert((of, revision))),
            None if write.outcome == Outcome::Unknown => {
                unknown.entry((of, &write.value)).or_default().push(write);
            }
            None => {}
        }
    }
    let mut unexplained = Vec::new();
    for (of, revisions) in observed(history) {
        let first = history.first.get(&of).map_or(0, |first| first.revision);
        for (revision, values) in revisions {
            if revision <= first || acknowledged.contains(&(of, revision)) {
                continue;
            }
            for (stamped, at, _) in values {
                let sent_before = |write: &&&Write| sent_before(write, at);
                let candidates = unknown.get(&(of, &*stamped.value)).map_or(&[][..], Vec::as_slice);
                unexplained.push(Unexplained {
                    of,
                    revision,
                    candidates: candidates.iter().filter(sent_before).copied().collect(),
                    value: stamped.value,
                });
            }
        }
    }
    unexplained
}

fn sent_before(write: &Write, at: Moment) -> bool {
    write.sent < at
}
