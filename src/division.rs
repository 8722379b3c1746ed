//! The division setting: whose figures a person looks at, and the control for it in the navigation bar.

mod control;

use crate::{
    error::AppError,
    sticky::Setting,
    user::{DivisionOption, User},
};

/// A choice of division. All is a choice like any other, not the absence of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Division {
    /// Every division the person may see, and what belongs to none.
    #[default]
    All,
    /// The division with this slug.
    One(String),
}

impl Setting for Division {
    const KEY: &'static str = "division";
    const NAME: &'static str = "Division";

    fn parse(text: &str) -> Result<Self, AppError> {
        let is_slug = !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        match text {
            "all" => Ok(Self::All),
            _ if is_slug => Ok(Self::One(text.to_owned())),
            _ => Err(AppError::invalid(
                Self::KEY,
                "A division is written in small letters, digits and hyphens, such as “web”, or “all”.",
            )),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::One(slug) => slug.clone(),
        }
    }

    fn label(&self, user: &User) -> String {
        match self {
            Self::All => Self::all(user.sees_everything).to_owned(),
            Self::One(slug) => user.division(slug).map_or_else(|| slug.clone(), DivisionOption::label),
        }
    }

    fn check(&self, user: &User) -> Result<(), AppError> {
        match self {
            Self::One(slug) if user.division(slug).is_none() => Err(AppError::invalid(
                Self::KEY,
                format!(
                    "There is no division “{slug}” among those you may see. {}",
                    Self::what_to_choose(user)
                ),
            )),
            _ => Ok(()),
        }
    }

    fn check_choice(&self, user: &User) -> Result<(), AppError> {
        self.check(user)?;
        match self {
            Self::One(slug) if user.division(slug).is_some_and(|division| division.archived) => Err(AppError::invalid(
                Self::KEY,
                format!(
                    "The division “{slug}” is archived, so it can be looked at and not chosen. {}",
                    Self::what_to_choose(user)
                ),
            )),
            _ => Ok(()),
        }
    }
}

impl Division {
    /// What All is called: whoever doesn't see everything reads that it is less than that.
    pub fn all(sees_everything: bool) -> &'static str {
        if sees_everything { "All" } else { "All of yours" }
    }

    /// The same where there is room to say what it stands for: `All of yours: Web, Mobile`.
    pub fn all_in_full(sees_everything: bool, names: impl Iterator<Item = String>) -> String {
        let name = Self::all(sees_everything);
        if sees_everything {
            return name.to_owned();
        }
        let names: Vec<_> = names.collect();
        let names = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        format!("{name}: {names}")
    }

    /// A sentence that says what `user` may choose.
    fn what_to_choose(user: &User) -> String {
        let offered: Vec<_> = user
            .divisions
            .iter()
            .map(|division| format!("“{}”", division.slug))
            .collect();
        let others = if offered.is_empty() { "" } else { " or one of " };
        format!("Choose “all”{others}{}.", offered.join(", "))
    }

    /// What else `user` may choose, in the order in which it is offered.
    pub fn others(&self, user: &User) -> Vec<Self> {
        let every =
            std::iter::once(Self::All).chain(user.divisions.iter().map(|option| Self::One(option.slug.clone())));
        every.filter(|other| other != self).collect()
    }

    /// The accent colour's name for this choice.
    pub fn accent(&self, user: &User) -> String {
        match self {
            Self::All => "slate".to_owned(),
            Self::One(slug) => user
                .division(slug)
                .map_or_else(|| "slate".to_owned(), |division| division.accent.clone()),
        }
    }
}
