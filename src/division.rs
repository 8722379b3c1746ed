//! The division setting: whose figures a person looks at, and the control for it in the navigation bar.

mod control;

use crate::{
    error::AppError,
    message::{Joint, Message, Value},
    messages::setting,
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
    const NAME: fn() -> Message = setting::division;

    fn parse(text: &str) -> Result<Self, AppError> {
        let is_slug = !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        match text {
            "all" => Ok(Self::All),
            _ if is_slug => Ok(Self::One(text.to_owned())),
            _ => Err(AppError::invalid(Self::KEY, setting::division_unreadable())),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::One(slug) => slug.clone(),
        }
    }

    fn label(&self, user: &User) -> Value {
        match self {
            Self::All if user.sees_everything => setting::all().into(),
            Self::All => setting::all_yours().into(),
            Self::One(slug) => user
                .division(slug)
                .map_or_else(|| Value::text(slug), DivisionOption::label),
        }
    }

    fn check(&self, user: &User) -> Result<(), AppError> {
        match self {
            Self::One(slug) if user.division(slug).is_none() => Err(AppError::invalid(
                Self::KEY,
                setting::division_unknown(Self::what_to_choose(user), Value::text(slug)),
            )),
            _ => Ok(()),
        }
    }

    fn check_choice(&self, user: &User) -> Result<(), AppError> {
        self.check(user)?;
        match self {
            Self::One(slug) if user.division(slug).is_some_and(|division| division.archived) => Err(AppError::invalid(
                Self::KEY,
                setting::division_archived(Self::what_to_choose(user), Value::text(slug)),
            )),
            _ => Ok(()),
        }
    }
}

impl Division {
    /// Says what `user` may choose.
    fn what_to_choose(user: &User) -> Message {
        let slugs = user.divisions.iter();
        let slugs: Vec<Value> = slugs
            .map(|division| setting::quoted(Value::text(&division.slug)).into())
            .collect();
        if slugs.is_empty() {
            setting::choose_all()
        } else {
            setting::choose_division(Value::Joined(slugs, Joint::Comma))
        }
    }

    /// The other choices of `user`, in the order in which they are offered.
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
