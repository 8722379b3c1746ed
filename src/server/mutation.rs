//! Faults that the history check switches on, to show that it would notice them. They exist in a build with the feature
//! `mutations` alone, which only the tests' server has; in every other they are constants that are never true.

/// A rule of the sticky settings, broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// The cache takes whatever comes last, also what is older than what it has.
    OldestMayWin,
    /// The session is not saved before an answer leaves, only with it.
    NoExplicitSave,
}

impl Mutation {
    /// Its name in the variable `CONTROL_MANIAC_MUTATION`.
    pub fn name(self) -> &'static str {
        match self {
            Self::OldestMayWin => "oldest-may-win",
            Self::NoExplicitSave => "no-explicit-save",
        }
    }

    /// Whether it is switched on.
    #[cfg(feature = "mutations")]
    pub fn is_on(self) -> bool {
        static ON: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
        ON.get_or_init(|| std::env::var("CONTROL_MANIAC_MUTATION").ok())
            .as_deref()
            .is_some_and(|name| name == self.name())
    }

    /// Whether it is switched on: never.
    #[cfg(not(feature = "mutations"))]
    pub fn is_on(self) -> bool {
        false
    }
}

/// A moment between the row and the cache, of a random length, in which another write may come first: what is rare by
/// itself happens often where the history check asks for it (`CONTROL_MANIAC_STUMBLE`), with the rules whole or broken.
#[cfg(feature = "mutations")]
pub async fn stumble() {
    static ON: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    if *ON.get_or_init(|| std::env::var_os("CONTROL_MANIAC_STUMBLE").is_some()) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let micros = now.map_or(0, |now| now.subsec_nanos() % 3_000);
        tokio::time::sleep(std::time::Duration::from_micros(micros.into())).await;
    }
}

/// A moment between the row and the cache: none.
#[cfg(not(feature = "mutations"))]
pub async fn stumble() {}
