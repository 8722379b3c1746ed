//! How far a database has come, and which programs may serve it.
//!
//! It knows the migrations that it went through, and the oldest program that may serve it: a migration that does more
//! than add raises that number (`compatibility.oldest_program`). A program that isn't older serves it, even if the
//! database went through migrations that the program doesn't know.

use super::{program::Program, sql::sql};
use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::start,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use std::collections::BTreeSet;

/// What a database says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatabaseVersion {
    /// The migrations that it went through.
    pub steps: BTreeSet<String>,
    /// The oldest program that may serve it; none if it is older than such numbers, or empty.
    pub oldest_program: Option<i64>,
}

/// How a program compares with a database that it may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The database lacks migrations that the program knows.
    Behind,
    /// Neither knows a migration that the other doesn't.
    Same,
    /// The database went through migrations of a newer program as well.
    Ahead,
}

/// Why a program may not serve a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It is older than the database demands.
    TooOld {
        /// The oldest program that may serve the database.
        oldest: i64,
        /// The number of this one.
        this: i64,
    },
    /// The database went through a migration of a program that this one knows nothing about.
    Foreign(String),
}

impl Told for Misfit {
    fn message(&self) -> Message {
        match self {
            Self::TooOld { oldest, this } => start::too_old(Value::number(*oldest), Value::number(*this)),
            Self::Foreign(step) => start::foreign(Value::text(step)),
        }
    }
}

logged_in_english!(Misfit);

impl DatabaseVersion {
    /// What `db` says; nothing if it is empty.
    ///
    /// # Errors
    /// The database failed.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        if !has_table(db, "seaql_migrations").await? {
            return Ok(Self::default());
        }
        let steps: Vec<String> = sql("SELECT version FROM seaql_migrations").values(db).await?;
        let oldest_program = match has_table(db, "compatibility").await? {
            true => Some(oldest_program(db).await?),
            false => None,
        };
        Ok(Self {
            steps: steps.into_iter().collect(),
            oldest_program,
        })
    }

    /// Whether it is a database of this program, of any version: each went through the first migration.
    pub fn is_ours(&self) -> bool {
        let steps = Program::THIS.steps();
        steps.first().is_some_and(|first| self.steps.contains(first))
    }

    /// How `program` compares with it.
    ///
    /// # Errors
    /// The program may not serve it.
    pub fn fit(&self, program: &Program) -> Result<Fit, Misfit> {
        hold(self.oldest_program, program)?;
        let known = program.steps();
        let lacks_any = known.difference(&self.steps).next().is_some();
        match self.steps.difference(&known).next() {
            None if lacks_any => Ok(Fit::Behind),
            None => Ok(Fit::Same),
            // A newer program has all migrations of an older one, and says since when it may be rolled back.
            Some(step) if lacks_any || self.oldest_program.is_none() => Err(Misfit::Foreign(step.clone())),
            Some(_) => Ok(Fit::Ahead),
        }
    }
}

/// Checks that `program` is as new as the `oldest` that may serve a database.
///
/// # Errors
/// It is older.
pub fn hold(oldest: Option<i64>, program: &Program) -> Result<(), Misfit> {
    match oldest {
        Some(oldest) if oldest > program.number => Err(Misfit::TooOld {
            oldest,
            this: program.number,
        }),
        _ => Ok(()),
    }
}

/// The oldest program that may serve `db`, which must have such a number.
///
/// # Errors
/// The database failed, or has none.
pub async fn oldest_program(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let oldest = sql("SELECT oldest_program FROM compatibility").value(db).await?;
    oldest.ok_or_else(|| DbErr::RecordNotFound("the one row of compatibility".to_owned()))
}

async fn has_table(db: &impl ConnectionTrait, table: &'static str) -> Result<bool, DbErr> {
    let count = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
        }
        _ => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
    };
    Ok(sql(count).bind(table).value::<i64>(db).await? == Some(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(oldest_program: Option<i64>, steps: &[&str]) -> DatabaseVersion {
        let known = Program::THIS.steps();
        let steps = steps.iter().map(|step| (*step).to_owned());
        DatabaseVersion {
            steps: known.into_iter().chain(steps).collect(),
            oldest_program,
        }
    }

    fn fit(version: &DatabaseVersion) -> Result<Fit, Misfit> {
        version.fit(&Program::THIS)
    }

    #[test]
    fn a_program_serves_what_it_can_bring_up_to_date_and_what_a_newer_one_only_added_to() {
        let this = Program::THIS.number;
        assert_eq!(fit(&DatabaseVersion::default()), Ok(Fit::Behind), "an empty one");
        assert_eq!(fit(&version(Some(this), &[])), Ok(Fit::Same));
        assert_eq!(fit(&version(Some(this), &["m9999_later"])), Ok(Fit::Ahead));
        let mut older = version(Some(this), &[]);
        older.steps.pop_last();
        assert_eq!(fit(&older), Ok(Fit::Behind));
    }

    #[test]
    fn a_program_that_is_too_old_says_what_is_needed() {
        let this = Program::THIS.number;
        let misfit = fit(&version(Some(this + 2), &["m9999_later"])).unwrap_err();
        let (oldest, words) = (this + 2, misfit.to_string());
        assert_eq!(misfit, Misfit::TooOld { oldest, this });
        assert!(
            words.contains(&format!("program {oldest}")) && words.contains(&format!("program {this}")),
            "{words}"
        );
    }

    #[test]
    fn a_database_of_something_else_is_left_alone() {
        let foreign = Err(Misfit::Foreign("m9999_later".to_owned()));
        assert_eq!(fit(&version(None, &["m9999_later"])), foreign, "it has no numbers");
        let mut other_line = version(Some(Program::THIS.number), &["m9999_later"]);
        other_line.steps.pop_first();
        assert_eq!(fit(&other_line), foreign, "it lacks what this program knows");
    }
}
