//! A timeline: days cut into stretches, so that one query returns the sums of every stretch.

use crate::days::Days;
use chrono::NaiveDate;
use std::ops::Range;

/// All days before an end, cut at some days. Stretch 0 is everything before the first cut, so that balances such as
/// work in progress begin with the first entry there is.
#[derive(Clone, Debug)]
pub struct Timeline {
    cuts: Vec<NaiveDate>,
    end: NaiveDate,
}

impl Timeline {
    /// The days up to the end of the last of `stretches`, cut so that each of them is a whole number of its own stretches.
    pub fn of(stretches: impl IntoIterator<Item = Days>) -> Self {
        let mut cuts: Vec<NaiveDate> = stretches.into_iter().flat_map(|days| [days.from, days.end()]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let end = cuts.pop().unwrap_or_default();
        Self { cuts, end }
    }

    /// The first day after it.
    pub fn end(&self) -> NaiveDate {
        self.end
    }

    /// The first day of stretch 1.
    pub fn first_cut(&self) -> NaiveDate {
        self.cuts.first().copied().unwrap_or(self.end)
    }

    /// How many stretches there are.
    pub fn stretch_count(&self) -> usize {
        self.cuts.len() + 1
    }

    /// The days of the stretch `index`; the first has no beginning.
    pub fn days(&self, index: usize) -> Days {
        let before = index.checked_sub(1).and_then(|before| self.cuts.get(before));
        let next = self.cuts.get(index).copied().unwrap_or(self.end);
        Days {
            from: before.copied().unwrap_or(NaiveDate::MIN),
            to: next.pred_opt().unwrap_or(next),
        }
    }

    /// The stretches that make up `days`, one of those the timeline was cut for.
    pub fn stretches(&self, days: &Days) -> Range<usize> {
        self.index_of(days.from)..self.index_of(days.end())
    }

    /// The number of cuts at or before `day`, which is the index of the stretch that contains it.
    fn index_of(&self, day: NaiveDate) -> usize {
        if day >= self.end {
            self.stretch_count()
        } else {
            self.cuts.partition_point(|cut| *cut <= day)
        }
    }

    /// An SQL expression for the index of the stretch that contains the date `column`. It is a search tree, because it
    /// is evaluated for every row.
    pub fn sql(&self, column: &str) -> String {
        format!("CAST({} AS BIGINT)", self.tree(column, 0, self.cuts.len()))
    }

    fn tree(&self, column: &str, first: usize, last: usize) -> String {
        if first == last {
            return first.to_string();
        }
        let middle = (first + last).div_ceil(2);
        format!(
            "CASE WHEN {column} < '{}' THEN {} ELSE {} END",
            self.cuts[middle - 1],
            self.tree(column, first, middle - 1),
            self.tree(column, middle, last)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days::Month;

    fn month(month: u32) -> Days {
        Month::new(2026, month).unwrap().days()
    }

    #[test]
    fn overlapping_stretches_share_their_cuts() {
        let year = Days {
            from: month(1).from,
            to: month(3).to,
        };
        let timeline = Timeline::of([month(1), month(2), month(3), year]);
        assert_eq!(timeline.stretch_count(), 4);
        assert_eq!(timeline.stretches(&month(2)), 2..3);
        assert_eq!(timeline.stretches(&year), 1..4);
        assert_eq!(timeline.days(0).to.to_string(), "2025-12-31");
        assert_eq!(
            (timeline.days(3).from, timeline.days(3).to),
            (month(3).from, month(3).to)
        );
    }

    #[test]
    fn the_search_tree_names_every_stretch() {
        let sql = Timeline::of([month(1), month(2)]).sql("d");
        assert_eq!(
            sql,
            "CAST(CASE WHEN d < '2026-01-01' THEN 0 ELSE CASE WHEN d < '2026-02-01' THEN 1 ELSE 2 END END AS BIGINT)"
        );
    }
}
