//! Values of each setting, for tests that go over the closed list. A setting that isn't here fails them.

use control_maniac::settings::{KnownSetting, SETTINGS};

/// Values of each setting that are not its default: two at least.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("division", &["web", "mobile", "design", "unassigned"]),
    ("comparison", &["year", "none"]),
    ("period", &["2025", "2025-q4", "2026-11", "2026"]),
    ("rows", &["25", "100"]),
    ("language", &["de", "en"]),
    // There are but two.
    ("keys", &["off", "on"]),
];

/// A setting with values of it.
#[derive(Clone, Copy)]
pub struct Example {
    pub known: &'static KnownSetting,
    /// What it may be besides its default.
    pub values: &'static [&'static str],
}

/// Every setting, in the order of the list.
pub fn examples() -> impl Iterator<Item = Example> {
    SETTINGS.iter().map(|known| {
        let found = EXAMPLES.iter().find(|(key, _)| *key == known.key);
        let (_, values) = found.unwrap_or_else(|| {
            panic!(
                "add two values of the setting “{}” to EXAMPLES in tests/server/examples.rs",
                known.key
            )
        });
        Example { known, values }
    })
}
