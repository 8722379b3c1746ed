//! Passwords: hashed with argon2id, off the async threads. The door decides how many at once.

pub mod strength;

use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::account,
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};

/// The shortest password that an account may have, in characters.
pub const SHORTEST: usize = 12;

/// The longest, in bytes, so that nobody can keep the server busy with one.
pub const LONGEST: usize = 1024;

/// A hash that no password has. Comparing with it takes as long as with a real one, so the time of an answer doesn't
/// reveal whether an account exists.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password could not be hashed or compared. A wrong password is no error.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The system has no memory, no random numbers or no thread for it.
    System(String),
    /// The stored text is not one of our hashes.
    Stored(String),
}

impl Told for HashError {
    fn message(&self) -> Message {
        match self {
            Self::System(cause) => account::not_hashed(Value::text(cause)),
            Self::Stored(cause) => account::hash_unusable(Value::text(cause)),
        }
    }
}

logged_in_english!(HashError);

/// The hash of `password`, as it is stored.
///
/// # Errors
/// The system has no random numbers or no memory.
pub async fn hash(password: String) -> Result<String, HashError> {
    off_the_async_threads(move || hash_now(&password)).await
}

/// Whether `password` has this hash. Without a hash it takes just as long, and the answer is no. `then` is called with
/// the answer, if there is one, even when the caller has gone away meanwhile.
///
/// # Errors
/// It could not be compared: there was no memory, or the stored text is no hash.
pub async fn verify(
    password: String,
    hash: Option<String>,
    then: impl FnOnce(Option<bool>) + Send + 'static,
) -> Result<bool, HashError> {
    off_the_async_threads(move || {
        let matches = verify_now(&password, hash.as_deref());
        then(matches.as_ref().ok().copied());
        matches
    })
    .await
}

async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T, HashError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| HashError::System(error.to_string()))?
}

fn verify_now(password: &str, hash: Option<&str>) -> Result<bool, HashError> {
    let stored = PasswordHash::new(hash.unwrap_or(NOBODY)).map_err(|error| HashError::Stored(error.to_string()))?;
    if stored.salt.is_none() || stored.hash.is_none() {
        return Err(HashError::Stored("it is not whole".to_owned()));
    }
    Ok(outcome(hasher()?.verify_password(password.as_bytes(), &stored))? && hash.is_some())
}

/// Only one error means that the password is wrong. Others, such as a lack of memory, say nothing about it.
fn outcome(compared: password_hash::Result<()>) -> Result<bool, HashError> {
    match compared {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(
            error @ (password_hash::Error::OutOfMemory
            | password_hash::Error::Internal
            | password_hash::Error::Crypto
            | password_hash::Error::RngFailure),
        ) => Err(HashError::System(error.to_string())),
        Err(error) => Err(HashError::Stored(error.to_string())),
    }
}

fn hash_now(password: &str) -> Result<String, HashError> {
    let hash: PasswordHash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(|error| HashError::System(error.to_string()))?;
    Ok(hash.to_string())
}

fn hasher() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| HashError::System(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords_are_hashed_with_argon2id_at_the_least_cost_that_is_safe() {
        let hashed = hash("correct horse".to_owned()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        let is = async |password: &str, hash: Option<String>| verify(password.to_owned(), hash, drop).await.unwrap();
        assert!(is("correct horse", Some(hashed.clone())).await);
        assert!(!is("wrong horse", Some(hashed)).await);
        assert!(!is("", None).await, "nobody has no password, not the empty one either");
    }

    #[test]
    fn only_another_password_is_a_wrong_one() {
        assert!(outcome(Ok(())).unwrap());
        assert!(!outcome(Err(password_hash::Error::PasswordInvalid)).unwrap());
        for error in [
            password_hash::Error::OutOfMemory,
            password_hash::Error::Internal,
            password_hash::Error::Crypto,
        ] {
            assert!(matches!(outcome(Err(error)), Err(HashError::System(_))), "{error}");
        }
        for error in [
            password_hash::Error::Algorithm,
            password_hash::Error::ParamsInvalid,
            password_hash::Error::Version,
        ] {
            assert!(matches!(outcome(Err(error)), Err(HashError::Stored(_))), "{error}");
        }
    }

    #[test]
    fn what_is_no_hash_is_an_error() {
        let nobody_without = |part: &str| NOBODY.replace(part, "");
        for stored in [
            String::new(),
            "demo-password".to_owned(),
            nobody_without("$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            "$argon2id$v=19$m=19456,t=2,p=1".to_owned(),
            NOBODY.replace("argon2id", "scrypt"),
            NOBODY.replace("m=19456", "m=1"),
            NOBODY.replace("v=19", "v=99"),
        ] {
            assert!(
                matches!(verify_now("", Some(&stored)), Err(HashError::Stored(_))),
                "{stored}"
            );
        }
    }

    #[tokio::test]
    async fn who_counts_is_told_the_outcome_as_far_as_it_is_known() {
        let hashed = hash("correct horse".to_owned()).await.unwrap();
        for (password, stored, expected) in [
            ("correct horse", hashed.clone(), Some(true)),
            ("wrong horse", hashed, Some(false)),
            ("correct horse", String::new(), None),
        ] {
            let (tell, told) = std::sync::mpsc::channel();
            let then = move |outcome| tell.send(outcome).unwrap();
            drop(verify(password.to_owned(), Some(stored), then).await);
            assert_eq!(told.recv().unwrap(), expected);
        }
    }
}
