//! Which databases are backed up and restored: those of this program that it may serve.

use crate::{
    locale::logged_in_english,
    message::{Message, Told},
    messages::backup,
    server::{
        database_version::{DatabaseVersion, Misfit},
        program::Program,
    },
};

/// Whether this program may use a database of this `version`, and bring it up to date if needed.
///
/// # Errors
/// It may not.
pub fn check_version(version: &DatabaseVersion) -> Result<(), WrongVersion> {
    if !version.is_ours() {
        return Err(WrongVersion::NotOurs);
    }
    version.fit(&Program::THIS)?;
    Ok(())
}

/// Why this program leaves a database alone.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongVersion {
    /// It isn't this program's.
    NotOurs,
    /// This program may not use it.
    Misfit(#[from] Misfit),
}

impl Told for WrongVersion {
    fn message(&self) -> Message {
        match self {
            Self::NotOurs => backup::not_ours(),
            Self::Misfit(misfit) => misfit.message(),
        }
    }
}

logged_in_english!(WrongVersion);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_databases_of_this_program_are_restored() {
        let version = |oldest_program, steps: &[&str]| DatabaseVersion {
            steps: steps.iter().map(|step| (*step).to_owned()).collect(),
            oldest_program,
        };
        assert_eq!(
            check_version(&version(None, &["m0001_studio"])),
            Ok(()),
            "an older form"
        );
        for steps in [&[][..], &["m20220101_create_users"]] {
            assert_eq!(check_version(&version(None, steps)), Err(WrongVersion::NotOurs));
        }
        let unknown = check_version(&version(None, &["m0001_studio", "m9999_later"]));
        assert!(unknown.is_err_and(|cause| cause.to_string().contains("m9999_later")));
        let newer = check_version(&version(Some(1_000), &["m0001_studio"]));
        assert!(newer.is_err_and(|cause| cause.to_string().contains("program 1000")));
    }
}
