//! Passwords: hashed with argon2id, off the async threads, a bounded number at once.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// The shortest password that an account may have, in characters.
pub const SHORTEST: usize = 12;

/// The longest, in bytes, so that nobody keeps the server busy with one.
pub const LONGEST: usize = 1024;

/// Each hash takes 19 MiB for a while; this many are made at once, the others wait.
const AT_ONCE: usize = 2;

static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));

/// A hash no password has: comparing with it takes as long as with a true one, so that the time an answer takes
/// doesn't tell whether there is such an account.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("").unwrap_or_default());

/// Why a password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(String);

/// The hash of `password`, as it is stored.
///
/// # Errors
/// The system has no random numbers or no memory.
pub async fn hash(password: String) -> Result<String, HashError> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether `password` is the one with this hash; without a hash it takes as long, and isn't.
///
/// # Errors
/// The system can't run the comparison.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, HashError> {
    in_turn(move || {
        let (hash, exists) = match &hash {
            Some(hash) => (hash.as_str(), true),
            None => (NOBODY.as_str(), false),
        };
        let Ok(hash) = PasswordHash::new(hash) else {
            return false;
        };
        hasher().is_ok_and(|hasher| hasher.verify_password(password.as_bytes(), &hash).is_ok()) && exists
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
    let turn = TURNS
        .clone()
        .acquire_owned()
        .await
        .map_err(|error| HashError(error.to_string()))?;
    // The turn ends with the work, also when whoever asked has gone away meanwhile.
    let in_turn = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(in_turn)
        .await
        .map_err(|error| HashError(error.to_string()))
}

fn hash_now(password: &str) -> Result<String, HashError> {
    let failed = |error: String| HashError(error);
    let hash: PasswordHash = hasher()?
        .hash_password(password.as_bytes())
        .map_err(|error| failed(error.to_string()))?;
    Ok(hash.to_string())
}

fn hasher() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| HashError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passwords_are_hashed_with_argon2id_at_the_least_cost_that_is_safe() {
        let hashed = hash("correct horse".to_owned()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("correct horse".to_owned(), Some(hashed.clone())).await.unwrap());
        assert!(!verify("wrong horse".to_owned(), Some(hashed)).await.unwrap());
        assert!(
            !verify(String::new(), None).await.unwrap(),
            "nobody has no password, not the empty one either"
        );
    }
}
