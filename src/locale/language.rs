//! The languages that we have.

use icu_locale_core::{Locale as Tag, locale};

/// A language that we have: a folder of `locales/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Language {
    English,
    German,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language of a tag such as `de-CH`, if we have it.
    pub(super) fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|one| one.code().eq_ignore_ascii_case(language))
    }

    /// Its code, which is the name of its folder.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The region whose numbers are written where a browser names none.
    pub(super) fn own_region(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de-DE",
        }
    }

    /// Whose days and plurals these are.
    pub(super) fn tag(self) -> Tag {
        match self {
            Self::English => locale!("en-GB"),
            Self::German => locale!("de-DE"),
        }
    }
}
