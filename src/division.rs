//! The division setting: whose figures a person looks at, and the control for it in the navigation bar.

mod control;

use crate::{
    error::AppError,
    message::{Joint, Message, Value},
    messages::setting,
    sticky::Setting,
    user::{DivisionOption, User},
};

/// The texts of the choices that are no division. No division has such a slug: `books::limits::NO_SLUGS` names both.
const ALL: &str = "all";
const UNASSIGNED: &str = "unassigned";

/// The accent colour of what belongs to no division.
pub const UNASSIGNED_ACCENT: &str = "stone";

/// A choice of division. All is a choice like any other, not the absence of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Division {
    /// Every division the person may see, and what belongs to none.
    #[default]
    All,
    /// The division with this slug.
    One(String),
    /// What belongs to no division, for those who may see every division.
    Unassigned,
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
            ALL => Ok(Self::All),
            UNASSIGNED => Ok(Self::Unassigned),
            _ if is_slug => Ok(Self::One(text.to_owned())),
            _ => Err(AppError::invalid(Self::KEY, setting::division_unreadable())),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::All => ALL.to_owned(),
            Self::One(slug) => slug.clone(),
            Self::Unassigned => UNASSIGNED.to_owned(),
        }
    }

    fn label(&self, user: &User) -> Value {
        match self {
            Self::All if user.sees_everything => setting::all().into(),
            Self::All => setting::all_yours().into(),
            Self::One(slug) => user
                .division(slug)
                .map_or_else(|| Value::text(slug), DivisionOption::label),
            Self::Unassigned => setting::unassigned().into(),
        }
    }

    fn check(&self, user: &User) -> Result<(), AppError> {
        let may_be_seen = match self {
            Self::All => true,
            Self::One(slug) => user.division(slug).is_some(),
            Self::Unassigned => user.sees_everything,
        };
        if may_be_seen {
            Ok(())
        } else {
            Err(AppError::invalid(
                Self::KEY,
                setting::division_unknown(Self::what_to_choose(user), Value::text(self.text())),
            ))
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
        let slugs = Self::All.others(user).into_iter();
        let slugs: Vec<Value> = slugs
            .map(|division| setting::quoted(Value::text(division.text())).into())
            .collect();
        if slugs.is_empty() {
            setting::choose_all()
        } else {
            setting::choose_division(Value::Joined(slugs, Joint::Comma))
        }
    }

    /// The other choices of `user`, in the order in which they are offered.
    pub fn others(&self, user: &User) -> Vec<Self> {
        let divisions = user.divisions.iter().map(|option| Self::One(option.slug.clone()));
        let every = std::iter::once(Self::All)
            .chain(divisions)
            .chain(user.sees_everything.then_some(Self::Unassigned));
        every.filter(|other| other != self).collect()
    }

    /// The accent colour's name for this choice.
    pub fn accent(&self, user: &User) -> String {
        match self {
            Self::All => "slate".to_owned(),
            Self::One(slug) => user
                .division(slug)
                .map_or_else(|| "slate".to_owned(), |division| division.accent.clone()),
            Self::Unassigned => UNASSIGNED_ACCENT.to_owned(),
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn user(sees_everything: bool) -> User {
        User {
            name: "Ada".to_owned(),
            divisions: vec![DivisionOption {
                slug: "web".to_owned(),
                name: "Web".to_owned(),
                accent: "blue".to_owned(),
                archived: false,
            }],
            archived_divisions: Vec::new(),
            sees_everything,
            today: chrono::NaiveDate::default(),
        }
    }

    #[test]
    fn unassigned_is_the_last_choice_of_those_who_see_everything() {
        assert_eq!(Division::parse("unassigned").unwrap(), Division::Unassigned);
        assert_eq!(Division::Unassigned.text(), "unassigned");
        let texts = |user: &User| Division::All.others(user).iter().map(Setting::text).collect::<Vec<_>>();
        assert_eq!(texts(&user(true)), ["web", "unassigned"]);
        assert_eq!(texts(&user(false)), ["web"]);
        assert!(Division::Unassigned.check_choice(&user(true)).is_ok());
    }

    #[test]
    fn who_may_not_see_it_gets_the_answer_of_an_unknown_division() {
        let said = |text: &str| {
            let error = Division::parse(text).unwrap().check(&user(false)).unwrap_err();
            let said = error.said(|message| Locale::default().say(message));
            (said.kind, said.field, said.message.to_string().replace(text, "?"))
        };
        assert_eq!(said("unassigned"), said("nowhere"));
    }
}
