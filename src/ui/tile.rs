//! The key figure: what it is, how much, how it changed, and how it is calculated.

use crate::money::{Money, NumberFormat, Share};
use leptos::prelude::*;
use std::cmp::Ordering;

/// A key figure; several are shown with [`tiles`].
#[derive(Clone, Debug, Default)]
pub struct Tile {
    /// What the figure is.
    pub label: String,
    /// The figure, formatted already.
    pub value: String,
    /// Whether it is below zero.
    pub negative: bool,
    /// How it changed against the period before.
    pub change: Option<Change>,
    /// How it is calculated, in words.
    pub formula: Option<String>,
}

/// A figure's change against the period before.
#[derive(Clone, Debug)]
pub struct Change {
    /// What a person reads, such as `+4.2 % vs Oct 2026`.
    pub text: String,
    /// How the figure compares with the one before: greater, less or equal.
    pub direction: Ordering,
    /// What a rise of this figure means.
    pub rise: Rise,
}

/// What a rise of a figure means; a fall means the opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rise {
    /// As with revenue.
    Good,
    /// As with costs.
    Bad,
    /// Neither, as with hours.
    Neutral,
}

impl Change {
    /// A change by `share`, with its sign, against what `before` names.
    pub fn by(share: Share, rise: Rise, before: &str, format: NumberFormat) -> Self {
        let sign = if share > Share(0) { "+" } else { "" };
        let text = format!("{sign}{} vs {before}", format.share(share));
        Self {
            text,
            direction: share.cmp(&Share(0)),
            rise,
        }
    }

    /// How an amount changed from `was`: in per cent where there is something to compare with, else in money.
    pub fn of_money(value: Money, was: Money, rise: Rise, before: &str, format: NumberFormat) -> Self {
        let change = value - was;
        match change.share_of(was) {
            Some(share) => Self::by(share, rise, before, format),
            None => {
                let sign = if change > Money(0) { "+" } else { "" };
                let text = format!("{sign}{} vs {before}", format.money(change));
                Self {
                    text,
                    direction: change.cmp(&Money(0)),
                    rise,
                }
            }
        }
    }

    /// How a share changed from `was`, in percentage points; more is better.
    pub fn of_share(value: Option<Share>, was: Option<Share>, before: &str, format: NumberFormat) -> Self {
        let (text, direction) = match (value, was) {
            (Some(value), Some(was)) => {
                let points = value.0 - was.0;
                let sign = if points > 0 { "+" } else { "" };
                let points_text = format.points(Share(points));
                (format!("{sign}{points_text} vs {before}"), points.cmp(&0))
            }
            _ => (format!("nothing to compare with in {before}"), Ordering::Equal),
        };
        Self {
            text,
            direction,
            rise: Rise::Good,
        }
    }

    fn view(self) -> impl IntoView {
        let arrow = match self.direction {
            Ordering::Greater => "up",
            Ordering::Less => "down",
            Ordering::Equal => "same",
        };
        let (effect, words) = match (self.rise, self.direction) {
            (Rise::Neutral, _) | (_, Ordering::Equal) => ("", None),
            (Rise::Good, Ordering::Greater) | (Rise::Bad, Ordering::Less) => (" good", Some(", better")),
            (Rise::Good, Ordering::Less) | (Rise::Bad, Ordering::Greater) => (" bad", Some(", worse")),
        };
        let words = words.map(|words| view! { <span class="visually-hidden">{words}</span> });
        view! { <dd class=format!("change {arrow}{effect}")>{self.text}{words}</dd> }
    }
}

impl Tile {
    fn view(self) -> impl IntoView {
        let class = if self.negative { "value negative" } else { "value" };
        // The id is what the keyboard finds its way back by when the figures are exchanged.
        let id = format!("formula-{}", super::table::slug(&self.label));
        let formula = self.formula.map(|formula| {
            view! {
                <dd class="formula">
                    <details>
                        <summary id=id>"How it is calculated"</summary>
                        <p>{formula}</p>
                    </details>
                </dd>
            }
        });
        view! {
            <div class="tile">
                <dt>{self.label}</dt>
                <dd class=class>{self.value}</dd>
                {self.change.map(Change::view)}
                {formula}
            </div>
        }
    }
}

/// Key figures side by side.
pub fn tiles(tiles: Vec<Tile>) -> impl IntoView {
    view! { <dl class="tiles">{tiles.into_iter().map(Tile::view).collect_view()}</dl> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_of_costs_is_worse_and_a_rise_of_revenue_better() {
        let html = |share, rise| {
            Change::by(Share(share), rise, "Oct 2026", NumberFormat::PointDecimal)
                .view()
                .to_html()
        };
        assert!(html(42, Rise::Good).contains("+4.2\u{a0}% vs Oct 2026"));
        assert!(html(42, Rise::Good).contains("better") && html(-42, Rise::Bad).contains("better"));
        assert!(html(42, Rise::Bad).contains("worse") && html(-42, Rise::Good).contains("worse"));
        assert!(!html(42, Rise::Neutral).contains("hidden") && !html(0, Rise::Good).contains("hidden"));
    }
}
