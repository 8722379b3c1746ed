//! What stands in one cell of a table.

use super::{Calculation, Opening, lacking};
use crate::{
    message::{Message, Value},
    messages,
    money::{Burn, Minutes, Money, Ratio},
};
use chrono::NaiveDate;

/// Why a figure isn't shown: it contains what the hours cost.
pub fn withheld() -> Message {
    messages::figure::withheld()
}

/// The same as a sentence, for a note beside figures.
pub fn withheld_note() -> Message {
    messages::figure::withheld_note()
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value.
    Value(Value),
    /// A value that leads somewhere.
    Link {
        /// The value.
        value: Value,
        /// Where it leads.
        href: String,
    },
    /// How much of a budget is used: a bar, and the same in words.
    Burn(Burn),
    /// A division beside its accent colour.
    Division {
        /// The name of its accent colour.
        accent: String,
        /// What it is called.
        name: Value,
        /// The day from which it is archived, if it is.
        archived_since: Option<NaiveDate>,
        /// What stands beside it, such as since when it has owned what the row is about.
        beside: Option<Message>,
        /// The address at which a window shows this division, where the cell leads there.
        href: Option<String>,
    },
    /// Nothing, because there is nothing to say, as below a total.
    Blank,
    /// Nothing of this kind: an en dash.
    Nothing,
    /// A figure that can't exist, or that this user may not see: an en dash that says why.
    Missing(Message),
    /// A figure that rests on incomplete data; made with [`Cell::lacking`].
    Lacking {
        /// The figure.
        figure: Box<Cell>,
        /// What is missing, and how much.
        lacks: Value,
    },
    /// A figure that opens; made with [`Cell::opening`].
    Figure {
        /// The figure.
        figure: Box<Cell>,
        /// The way to what it is made of.
        opening: Box<Opening>,
    },
    /// A figure that follows from others of the report; made with [`Cell::calculated`].
    Calculated {
        /// The figure.
        figure: Box<Cell>,
        /// How it follows from them.
        by: Box<Calculation>,
    },
}

impl Cell {
    /// A value.
    pub fn of(value: impl Into<Value>) -> Self {
        Self::Value(value.into())
    }

    /// Somebody's own words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Value(Value::text(text))
    }

    /// Somebody's own words that lead somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link {
            value: Value::text(text),
            href: href.into(),
        }
    }

    /// An amount that is withheld from those who may not see cost rates.
    pub fn money_unless_withheld(amount: Option<Money>) -> Self {
        amount.map_or_else(Self::withheld, Self::of)
    }

    /// A figure that this user may not see.
    pub fn withheld() -> Self {
        Self::Missing(withheld())
    }

    /// A share of a whole; if there is none, a dash that says why, such as `no revenue`.
    pub fn share(share: Option<Ratio>, nothing: Message) -> Self {
        share.map_or(Self::Missing(nothing), Self::of)
    }

    /// How much of a budget is used, if there is one.
    pub fn burn(used: Option<Burn>) -> Self {
        used.map_or_else(|| Self::Missing(messages::figure::no_budget()), Self::Burn)
    }

    /// The same division with words beside it.
    #[must_use]
    pub fn beside(mut self, words: Message) -> Self {
        if let Self::Division { beside, .. } = &mut self {
            *beside = Some(words);
        }
        self
    }

    /// The same division, leading to `href`.
    #[must_use]
    pub fn leading(mut self, to: Option<String>) -> Self {
        if let Self::Division { href, .. } = &mut self {
            *href = to;
        }
        self
    }

    /// The same figure, marked as resting on incomplete data if it lacks something, such as `312.50 h have no cost
    /// rate`. A figure that isn't shown has no mark.
    #[must_use]
    pub fn lacking(self, lacks: Option<&Value>) -> Self {
        match (self, lacks) {
            (cell, None) => cell,
            (cell @ Self::Missing(_), _) if cell == Self::withheld() => cell,
            (Self::Lacking { figure, lacks }, Some(further)) => Self::Lacking {
                figure,
                lacks: lacking::both(lacks, further.clone()),
            },
            (figure, Some(lacks)) => Self::Lacking {
                figure: Box::new(figure),
                lacks: lacks.clone(),
            },
        }
    }

    /// The same figure with the way to what it is made of. Where there is no figure, there is no way.
    #[must_use]
    pub fn opening(self, opening: Opening) -> Self {
        match self {
            cell @ (Self::Blank | Self::Nothing | Self::Missing(_)) => cell,
            figure => Self::Figure {
                figure: Box::new(figure),
                opening: Box::new(opening),
            },
        }
    }

    /// The same figure, which follows from others of the report.
    #[must_use]
    pub fn calculated(self, by: Calculation) -> Self {
        Self::Calculated {
            figure: Box::new(self),
            by: Box::new(by),
        }
    }

    /// What its figure lacks, if anything.
    pub fn lacks(&self) -> Option<&Value> {
        match self {
            Self::Lacking { lacks, .. } => Some(lacks),
            Self::Figure { figure, .. } | Self::Calculated { figure, .. } => figure.lacks(),
            _ => None,
        }
    }

    /// Whether its figure is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Value(value) | Self::Link { value, .. } => value.is_negative(),
            Self::Lacking { figure, .. } | Self::Figure { figure, .. } | Self::Calculated { figure, .. } => {
                figure.is_negative()
            }
            _ => false,
        }
    }
}

impl From<Money> for Cell {
    fn from(amount: Money) -> Self {
        Self::of(amount)
    }
}

impl From<Minutes> for Cell {
    fn from(minutes: Minutes) -> Self {
        Self::of(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_what_it_lacks() {
        let (unrated, unsplit) = (Value::text("312.50 h"), Value::text("no key"));
        let two = Cell::of(Money(1))
            .lacking(Some(&unrated))
            .lacking(None)
            .lacking(Some(&unsplit));
        assert_eq!(two.lacks(), Some(&lacking::both(unrated.clone(), unsplit)));
        assert_eq!(Cell::withheld().lacking(Some(&unrated)).lacks(), None);
        assert_eq!(Cell::of(Money(1)).lacking(None).lacks(), None);
        assert!(Cell::of(Money(-1)).lacking(Some(&unrated)).is_negative());
    }
}
