//! Of a page's choices the last one wins: none overwrites a later one, no matter what happened to its request. And
//! nothing is stored that nobody chose.
//!
//! A revision that no acknowledgement explains must come from a request whose outcome nobody knows. If there is one
//! such request, it is taken as stored under that revision; if there are several, one of them must fit.
//!
//! The order holds within an epoch, and among requests that were sent in it: a restore takes back the row's knowledge
//! of void requests, so one that was under way meanwhile may come in late.

use super::{
    check::{Broken, Rule, observed, stored},
    record::{History, Outcome, Owned, Stamp, Who, Write},
    wire::keys,
};
use std::collections::{HashMap, HashSet};

/// A page's setting in an epoch.
type Place = (Who, usize, usize);

/// The choices that each place is known to have stored: when it was sent, and under which revision.
type Stored<'a> = HashMap<Place, Vec<(&'a Write, Stamp)>>;

/// A revision that no acknowledgement explains, when it was seen first, and the requests that may explain it.
struct Unexplained<'a> {
    of: Owned,
    stamp: Stamp,
    value: String,
    candidates: Vec<&'a Write>,
}

pub fn check(history: &History, broken: &mut Broken) {
    let mut known: Stored = HashMap::new();
    let mut know = |write, stamp: Stamp| {
        if was_sent_in(history, write, stamp.epoch) {
            known.entry(place(write, stamp)).or_default().push((write, stamp));
        }
    };
    for write in &history.writes {
        if let Some(stamp) = stored(write) {
            know(write, stamp);
        }
    }
    let unexplained = unexplained(history);
    for one in &unexplained {
        match one.candidates[..] {
            [] => broken.add(Rule::OneValueForARevision, format!("nobody chose {}", one.told())),
            [write] => know(write, one.stamp),
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
                let story = format!("{first:?} is {earlier:?}, but {second:?} is {later:?}");
                broken.add(Rule::LastChoiceWins, story);
            }
        }
    }
    for one in unexplained.iter().filter(|one| one.candidates.len() > 1) {
        let may_be = |write: &&Write| !was_sent_in(history, write, one.stamp.epoch) || fits(write, one.stamp, &known);
        if !one.candidates.iter().any(may_be) {
            let story = format!(
                "{} would be stored over a later choice: {:?}",
                one.told(),
                one.candidates
            );
            broken.add(Rule::LastChoiceWins, story);
        }
    }
}

fn place(write: &Write, stamp: Stamp) -> Place {
    (write.who, write.setting, stamp.epoch)
}

/// Whether `write` was sent when the epoch had begun.
fn was_sent_in(history: &History, write: &Write, epoch: usize) -> bool {
    history.epochs.get(epoch).is_none_or(|epoch| epoch.begun < write.sent)
}

/// Whether `write` may have been stored under `stamp`, as far as its own page's other choices go.
fn fits(write: &Write, stamp: Stamp, known: &Stored) -> bool {
    let others = known.get(&place(write, stamp)).map_or(&[][..], Vec::as_slice);
    others
        .iter()
        .all(|(other, stored)| (other.sent < write.sent) == (*stored < stamp))
}

impl Unexplained<'_> {
    fn told(&self) -> String {
        let (user, setting) = self.of;
        format!("{} {} of user {user}, {:?}", keys()[setting], self.value, self.stamp)
    }
}

fn unexplained(history: &History) -> Vec<Unexplained<'_>> {
    let mut acknowledged: HashSet<(Owned, Stamp)> = HashSet::new();
    let mut unknown: HashMap<(Owned, &str), Vec<&Write>> = HashMap::new();
    for write in &history.writes {
        let of = (write.who.user, write.setting);
        match stored(write) {
            Some(stamp) => drop(acknowledged.insert((of, stamp))),
            None if write.outcome == Outcome::Unknown => {
                unknown.entry((of, &write.value)).or_default().push(write);
            }
            None => {}
        }
    }
    let mut unexplained = Vec::new();
    for (of, revisions) in observed(history) {
        let first = |stamp: Stamp| history.epochs.get(stamp.epoch)?.first.get(&of);
        for (stamp, values) in revisions {
            let was_there = first(stamp).map_or(0, |first| first.stamp.revision) >= stamp.revision;
            if was_there || acknowledged.contains(&(of, stamp)) {
                continue;
            }
            for (value, at, _) in values {
                let sent_before = |write: &&&Write| write.sent < at;
                let candidates = unknown.get(&(of, &*value)).map_or(&[][..], Vec::as_slice);
                unexplained.push(Unexplained {
                    of,
                    stamp,
                    candidates: candidates.iter().filter(sent_before).copied().collect(),
                    value,
                });
            }
        }
    }
    unexplained
}
