//! The key figure: what it is, how much, how it changed, and how it is calculated.

use super::{lacking, table::Cell};
use crate::money::{Money, NumberFormat, Ratio};
use leptos::prelude::*;
use std::cmp::Ordering;

/// A key figure; several are shown with [`tiles`].
#[derive(Clone, Debug)]
pub struct Tile {
    /// What the figure is.
    pub label: String,
    /// The figure.
    pub value: Cell,
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
    /// What the figure or the one before lacks, if either rests on incomplete data.
    pub lacks: Option<String>,
}

/// What a rise of a figure means; a fall means the opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rise {
    /// Good news, as for revenue.
    Good,
    /// Bad news, as for costs.
    Bad,
    /// Neither, as for hours.
    Neutral,
}

impl Change {
    /// A relative change with its sign, compared with what `before` names.
    pub fn by(change: Ratio, rise: Rise, before: &str, format: NumberFormat) -> Self {
        Self {
            text: format!("{} vs {before}", format.change(change)),
            direction: change.cmp(&Ratio::ZERO),
            rise,
            lacks: None,
        }
    }

    /// How an amount changed from `was`: in per cent where `was` is above zero, otherwise as an amount.
    pub fn of_money(value: Money, was: Money, rise: Rise, before: &str, format: NumberFormat) -> Self {
        let change = value - was;
        match change.share_of(was) {
            Some(part) => Self::by(part, rise, before, format),
            None => {
                let sign = if change > Money(0) { "+" } else { "" };
                let text = format!("{sign}{} vs {before}", format.money(change));
                Self {
                    text,
                    direction: change.cmp(&Money(0)),
                    rise,
                    lacks: None,
                }
            }
        }
    }

    /// How a share changed from `was`, in percentage points; more is better.
    pub fn of_share(value: Option<Ratio>, was: Option<Ratio>, before: &str, format: NumberFormat) -> Self {
        let (text, direction) = match value.zip(was) {
            Some((value, was)) => {
                let points = value.points_from(was);
                (format!("{} vs {before}", format.points(points)), points.direction())
            }
            None => (format!("nothing to compare with {before}"), Ordering::Equal),
        };
        Self {
            text,
            direction,
            rise: Rise::Good,
            lacks: None,
        }
    }

    /// The same, marked as resting on incomplete data if the figure or the one before lacks something.
    pub fn lacking(self, lacks: Option<String>) -> Self {
        Self { lacks, ..self }
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
        let class = format!("change {arrow}{effect}");
        match self.lacks {
            Some(lacks) => {
                let mark = lacking::mark(&lacks);
                view! {
                    <dd class=class>
                        <span class="lacks" title=lacking::incomplete(&lacks)>{self.text}{words}{mark}</span>
                    </dd>
                }
                .into_any()
            }
            None => view! { <dd class=class>{self.text}{words}</dd> }.into_any(),
        }
    }
}

impl Tile {
    fn view(self) -> impl IntoView {
        let class = if self.value.is_negative() {
            "value negative"
        } else {
            "value"
        };
        // By its id the keyboard focus is restored when the figures are replaced.
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
                <dd class=class>{self.value.view()}</dd>
                {self.change.map(Change::view)}
                {formula}
            </div>
        }
    }
}

/// Key figures side by side, and below them what they lack.
pub fn tiles(tiles: Vec<Tile>) -> impl IntoView {
    let of_changes = tiles.iter().filter_map(|tile| tile.change.as_ref()?.lacks.as_deref());
    let note = lacking::collected(tiles.iter().filter_map(|tile| tile.value.lacks()).chain(of_changes));
    let note = note.map(|lacks| lacking::note(&lacks));
    view! {
        <dl class="tiles">{tiles.into_iter().map(Tile::view).collect_view()}</dl>
        {note}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: NumberFormat = NumberFormat::PointDecimal;

    fn ratio(part: i64, whole: i64) -> Ratio {
        Money(part).share_of(Money(whole)).unwrap()
    }

    #[test]
    fn a_rise_of_costs_is_worse_and_a_rise_of_revenue_better() {
        let html = |tenths, rise| {
            Change::by(ratio(tenths, 1000), rise, "Oct 2026", FORMAT)
                .view()
                .to_html()
        };
        assert!(html(42, Rise::Good).contains("+4.2\u{a0}% vs Oct 2026"));
        assert!(html(42, Rise::Good).contains("better") && html(-42, Rise::Bad).contains("better"));
        assert!(html(42, Rise::Bad).contains("worse") && html(-42, Rise::Good).contains("worse"));
        assert!(!html(42, Rise::Neutral).contains("hidden") && !html(0, Rise::Good).contains("hidden"));
    }

    #[test]
    fn a_change_too_small_to_show_has_its_direction() {
        let of_share = |value, was| Change::of_share(Some(value), Some(was), "2025", FORMAT);
        let (less, more) = (ratio(33_349, 100_000), ratio(33_350, 100_000));
        // Shown as 33.3 % and 33.4 %, a hundredth of a percentage point apart.
        assert_eq!(of_share(more, less).text, "0.0\u{a0}pp vs 2025");
        let directions =
            [of_share(more, less), of_share(less, more), of_share(less, less)].map(|change| change.direction);
        assert_eq!(directions, [Ordering::Greater, Ordering::Less, Ordering::Equal]);
        let of_money = |value, was| Change::of_money(Money(value), Money(was), Rise::Good, "2025", FORMAT);
        assert_eq!(of_money(1_000_001, 1_000_000).direction, Ordering::Greater);
        assert_eq!(of_money(999_999, 1_000_000).text, "0.0\u{a0}% vs 2025");
        assert_eq!(of_money(999_999, 1_000_000).direction, Ordering::Less);
        // Compared with zero or a loss, the change is an amount.
        assert_eq!(of_money(500, 0).text, "+€5.00 vs 2025");
        assert_eq!(of_money(-700, -500).text, "-€2.00 vs 2025");
        assert!(
            Change::of_share(None, Some(less), "2025", FORMAT)
                .text
                .contains("nothing to compare")
        );
    }

    #[test]
    fn what_a_tile_lacks_stands_at_it_and_below_all() {
        let tile = |label: &str, cents, lacks| Tile {
            label: label.to_owned(),
            value: Cell::money(Money(cents), FORMAT).lacking(lacks),
            change: None,
            formula: None,
        };
        let html = tiles(vec![
            tile("Margin", -5, Some("2.50 h have no cost rate")),
            tile("Revenue", 5, None),
        ])
        .to_html();
        assert!(
            html.contains(
                r#"<dd class="value negative"><span title="incomplete: 2.50 h have no cost rate" class="lacks">"#
            ),
            "{html}"
        );
        assert!(html.contains(r#"<dd class="value">€0.05</dd>"#), "{html}");
        assert!(
            html.split_once("</dl>")
                .unwrap()
                .1
                .contains("incomplete data: 2.50 h have no cost rate."),
            "{html}"
        );
    }
}
