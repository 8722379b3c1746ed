//! What stands in one cell of a table.

use super::column::Align;
use crate::money::{Burn, Minutes, Money, NumberFormat, Ratio};
use chrono::NaiveDate;

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
        /// How much.
        used: Burn,
        /// The same, formatted.
        label: String,
    },
    /// A division's name beside its accent colour.
    Division {
        /// The name of its accent colour.
        accent: String,
        /// Its name.
        name: String,
        /// The day from which it is archived, if it is.
        archived_since: Option<NaiveDate>,
        /// Words beside it, such as since when it has owned what the row is about.
        beside: Option<String>,
    },
    /// Nothing to show: an en dash.
    Empty,
    /// A figure that can't exist: an en dash that says why.
    Nothing(String),
    /// A figure that this user may not see: an en dash that says why.
    Withheld,
    /// A figure that rests on incomplete data; made with [`Cell::lacking`].
    Lacking {
        /// The figure.
        figure: Box<Cell>,
        /// What is missing, and how much.
        lacks: String,
    },
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

    /// A share of a whole; where there is none, a dash that says why, such as `no revenue`.
    pub fn share(share: Option<Ratio>, nothing: &str, format: NumberFormat) -> Self {
        share.map_or_else(
            || Self::nothing(nothing),
            |share| Self::Figure {
                text: format.share(share),
                negative: share.is_negative(),
            },
        )
    }

    /// How much of a budget is used, where there is one.
    pub fn burn(used: Option<Burn>, format: NumberFormat) -> Self {
        used.map_or_else(
            || Self::nothing("no budget"),
            |used| Self::Burn {
                used,
                label: format.burn(used),
            },
        )
    }

    /// A dash that says why there can't be a figure, such as `no revenue`.
    pub fn nothing(reason: impl Into<String>) -> Self {
        Self::Nothing(reason.into())
    }

    /// A division's name beside its accent colour.
    pub fn division(name: impl Into<String>, accent: impl Into<String>) -> Self {
        Self::Division {
            accent: accent.into(),
            name: name.into(),
            archived_since: None,
            beside: None,
        }
    }

    /// The same of a division that is archived from the day `since` on, which stands beside its name.
    pub fn archived_division(name: impl Into<String>, accent: impl Into<String>, since: NaiveDate) -> Self {
        Self::Division {
            accent: accent.into(),
            name: name.into(),
            archived_since: Some(since),
            beside: None,
        }
    }

    /// The same division with words beside it.
    pub fn beside(self, words: String) -> Self {
        match self {
            Self::Division {
                accent,
                name,
                archived_since,
                ..
            } => Self::Division {
                accent,
                name,
                archived_since,
                beside: Some(words),
            },
            cell => cell,
        }
    }

    /// The same figure, marked as resting on incomplete data if it lacks something, such as `312.50 h have no cost
    /// rate`. A figure that isn't shown has no mark.
    pub fn lacking(self, lacks: Option<&str>) -> Self {
        match (self, lacks) {
            (cell, None) | (cell @ Self::Withheld, _) => cell,
            (Self::Lacking { figure, lacks }, Some(further)) => Self::Lacking {
                figure,
                lacks: format!("{lacks}; {further}"),
            },
            (figure, Some(lacks)) => Self::Lacking {
                figure: Box::new(figure),
                lacks: lacks.to_owned(),
            },
        }
    }

    /// What its figure lacks, if anything.
    pub fn lacks(&self) -> Option<&str> {
        match self {
            Self::Lacking { lacks, .. } => Some(lacks),
            _ => None,
        }
    }

    /// Whether its figure is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Figure { negative, .. } => *negative,
            Self::Lacking { figure, .. } => figure.is_negative(),
            _ => false,
        }
    }

    /// The class of the table cell, in a column aligned like `align`.
    pub(super) fn class(&self, align: Align) -> &'static str {
        match self {
            Self::Figure { negative: true, .. } => "figure negative",
            Self::Burn { .. } => "burn",
            Self::Lacking { figure, .. } => figure.class(align),
            _ => align.class(),
        }
    }
}
