//! What stands in one cell of a table.

use super::Align;
use crate::money::{Minutes, Money, NumberFormat, Share};
use leptos::prelude::*;

/// From this share of a budget on, a burn bar is marked as near its end.
const NEAR: Share = Share(800);
/// Beyond this share of a budget, a burn bar is marked as over it.
const FULL: Share = Share(1000);
/// The share at which a burn bar ends, so that what is over budget has some room to show.
const BAR_END: i64 = 1250;
/// Why a figure isn't shown: it contains what the hours cost.
pub const WITHHELD: &str = "only for those who may see cost rates";

/// The same as a sentence, for a note beside figures.
pub fn withheld_note() -> String {
    format!("What labour costs, and what contains it, is {WITHHELD}.")
}

/// What stands in one cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words that lead somewhere.
    Link {
        /// The words.
        text: String,
        /// Where they lead.
        href: String,
    },
    /// A figure that is formatted already.
    Figure {
        /// The figure.
        text: String,
        /// Whether it is below zero.
        negative: bool,
    },
    /// How much of a budget is used: a bar, and the same in words.
    Burn {
        /// The used part of the budget.
        share: Share,
        /// The same, formatted.
        label: String,
    },
    /// A division's name beside its accent colour.
    Division {
        /// The name of its accent colour.
        accent: String,
        /// Its own name.
        name: String,
    },
    /// There is nothing to show here: an en dash.
    Empty,
    /// There is a figure, and not for this person: an en dash that says why.
    Withheld,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that lead somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link {
            text: text.into(),
            href: href.into(),
        }
    }

    /// An amount.
    pub fn money(amount: Money, format: NumberFormat) -> Self {
        Self::Figure {
            text: format.money(amount),
            negative: amount < Money(0),
        }
    }

    /// An amount that is withheld from those who may not see cost rates.
    pub fn money_unless_withheld(amount: Option<Money>, format: NumberFormat) -> Self {
        amount.map_or(Self::Withheld, |amount| Self::money(amount, format))
    }

    /// A span of working time.
    pub fn hours(minutes: Minutes, format: NumberFormat) -> Self {
        Self::Figure {
            text: format.hours(minutes),
            negative: minutes < Minutes(0),
        }
    }

    /// A part of a whole, where there is one.
    pub fn share(share: Option<Share>, format: NumberFormat) -> Self {
        share.map_or(Self::Empty, |share| Self::Figure {
            text: format.share(share),
            negative: share < Share(0),
        })
    }

    /// How much of a budget is used, where there is one.
    pub fn burn(share: Option<Share>, format: NumberFormat) -> Self {
        share.map_or(Self::Empty, |share| Self::Burn {
            share,
            label: format.share(share),
        })
    }

    /// A division's name beside its accent colour.
    pub fn division(name: impl Into<String>, accent: impl Into<String>) -> Self {
        Self::Division {
            accent: accent.into(),
            name: name.into(),
        }
    }

    /// The class of the table cell around this one, in a column that is aligned like `align`.
    pub(super) fn class(&self, align: Align) -> &'static str {
        match self {
            Self::Figure { negative: true, .. } => "figure negative",
            Self::Burn { .. } => "burn",
            _ => align.class(),
        }
    }

    /// What stands in the cell, without the cell: lists beside tables show the same.
    pub fn view(self) -> AnyView {
        match self {
            Self::Text(text) | Self::Figure { text, .. } => text.into_any(),
            Self::Link { text, href } => view! { <a href=href>{text}</a> }.into_any(),
            Self::Burn { share, label } => burn_bar(share, label).into_any(),
            Self::Division { accent, name } => {
                view! { <span class=format!("badge accent-{accent}")>{name}</span> }.into_any()
            }
            Self::Empty => view! {
                <span class="none" aria-hidden="true">"–"</span>
                <span class="visually-hidden">"none"</span>
            }
            .into_any(),
            Self::Withheld => view! {
                <span class="none" title=WITHHELD aria-hidden="true">"–"</span>
                <span class="visually-hidden">{WITHHELD}</span>
            }
            .into_any(),
        }
    }
}

/// A bar whose mark at four fifths of its length stands for the whole budget.
fn burn_bar(share: Share, label: String) -> impl IntoView {
    let (class, words) = match share {
        share if share > FULL => ("meter over", Some(", over budget")),
        share if share >= NEAR => ("meter near", Some(", near budget")),
        _ => ("meter", None),
    };
    let length = |share: i64| format!("{:.1}%", share.clamp(0, BAR_END) as f64 * 100.0 / BAR_END as f64);
    let words = words.map(|words| view! { <span class="visually-hidden">{words}</span> });
    view! {
        <span class=class>
            <svg aria-hidden="true" focusable="false">
                <rect class="track" width=length(FULL.0) height="100%"></rect>
                <rect class="used" width=length(share.0) height="100%"></rect>
                <rect class="mark" x=length(FULL.0) width="2" height="100%"></rect>
            </svg>
            <span class="label">{label}{words}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burn_bar_is_marked_from_80_per_cent_on_and_over_100() {
        let html = |share| {
            Cell::burn(Some(Share(share)), NumberFormat::CommaDecimal)
                .view()
                .to_html()
        };
        assert!(!html(799).contains("budget"));
        assert!(html(800).contains("near budget") && html(1000).contains("near budget"));
        assert!(html(1001).contains("over budget") && html(9999).contains(r#"width="100.0%""#));
    }

    #[test]
    fn a_withheld_amount_is_a_dash_that_says_why() {
        let html = Cell::money_unless_withheld(None, NumberFormat::CommaDecimal)
            .view()
            .to_html();
        assert!(html.contains('–') && html.matches(WITHHELD).count() == 2, "{html}");
    }
}
