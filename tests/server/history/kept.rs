//! Acknowledged choices are kept: in the rows at the end, and over a restore as far as its backup goes. Choices
//! acknowledged before the backup began are there when the new epoch begins; any later one may be gone.

use super::{
    check::{Broken, Rule, stored},
    record::{Dated, History, Moment, Owned},
};
use std::collections::HashMap;

/// The values that the database held, their epoch, and until when they were acknowledged.
struct Kept<'a> {
    by: &'static str,
    epoch: usize,
    until: Moment,
    rows: &'a HashMap<Owned, Dated>,
}

pub fn check(history: &History, broken: &mut Broken) {
    let backups = history.epochs.iter().filter_map(|epoch| {
        epoch.backup.map(|backup| Kept {
            by: "the backup",
            epoch: backup.epoch,
            until: backup.begun,
            rows: &epoch.first,
        })
    });
    // The rows are looked at when all is quiet.
    let at_the_end = (!history.rows.is_empty()).then(|| Kept {
        by: "the row",
        epoch: history.epochs.len().saturating_sub(1),
        until: Moment::MAX,
        rows: &history.rows,
    });
    for kept in backups.chain(at_the_end) {
        let revision = |of: &Owned| kept.rows.get(of).map_or(0, |row| row.stamp.revision);
        let mut lost = |of: &Owned, what: String| {
            let story = format!("{} holds {:?}: {what}", kept.by, kept.rows.get(of));
            broken.add(Rule::NoWriteLost, story);
        };
        for (of, first) in history
            .epochs
            .get(kept.epoch)
            .into_iter()
            .flat_map(|epoch| &epoch.first)
        {
            if revision(of) < first.stamp.revision {
                lost(of, format!("{first:?} at first"));
            }
        }
        for write in &history.writes {
            let of = (write.who.user, write.setting);
            let is_in_time = write.ended.is_some_and(|ended| ended < kept.until);
            let is_lost = stored(write)
                .is_some_and(|stamp| is_in_time && stamp.epoch == kept.epoch && revision(&of) < stamp.revision);
            if is_lost {
                lost(&of, format!("{write:?}"));
            }
        }
    }
}
