//! Faults that the history check switches on, to show that it would notice them. They exist only in a build with the
//! feature `mutations`, which only the tests' server has. In every other build they are constants that are never true.

/// The fault that is switched on. Global: the tests switch it on for a whole program, and the rules that it breaks are
/// deep inside, where nothing else should have to hand it down.
#[cfg(feature = "mutations")]
#[expect(
    clippy::disallowed_methods,
    reason = "a fault is no option of the program that people run"
)]
static GLOBAL_FAULT: std::sync::LazyLock<Option<String>> =
    std::sync::LazyLock::new(|| std::env::var("CONTROL_MANIAC_MUTATION").ok());

/// Whether writes stumble. Global, for the same reason.
#[cfg(feature = "mutations")]
#[expect(
    clippy::disallowed_methods,
    reason = "a fault is no option of the program that people run"
)]
static GLOBAL_STUMBLE: std::sync::LazyLock<bool> =
    std::sync::LazyLock::new(|| std::env::var_os("CONTROL_MANIAC_STUMBLE").is_some());

/// A rule of the sticky settings, broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// The cache takes whatever comes last, even if it is older than what it has.
    OldestMayWin,
    /// The session gets no copy of the choice.
    NoSessionCopy,
}

impl Mutation {
    /// Its name in the variable `CONTROL_MANIAC_MUTATION`.
    pub fn name(self) -> &'static str {
        match self {
            Self::OldestMayWin => "oldest-may-win",
            Self::NoSessionCopy => "no-session-copy",
        }
    }

    /// Whether it is switched on.
    #[cfg(feature = "mutations")]
    pub fn is_on(self) -> bool {
        GLOBAL_FAULT.as_deref() == Some(self.name())
    }

    /// Whether it is switched on: never.
    #[cfg(not(feature = "mutations"))]
    pub fn is_on(self) -> bool {
        false
    }
}

/// Waits for a moment of random length between the row and the cache, in which another write may come first. That is rare
/// by itself; the history check asks for it (`CONTROL_MANIAC_STUMBLE`), with the rules whole or broken.
#[cfg(feature = "mutations")]
#[expect(clippy::disallowed_methods, reason = "the wait is the fault")]
pub async fn stumble() {
    if *GLOBAL_STUMBLE {
        // A new id is random.
        let micros = tower_sessions::session::Id::default().0.unsigned_abs() % 3_000;
        tokio::time::sleep(std::time::Duration::from_micros(micros as u64)).await;
    }
}

/// A moment between the row and the cache: none.
#[cfg(not(feature = "mutations"))]
pub async fn stumble() {}
