//! Which language and region the environment of a program asks for, as POSIX and GNU gettext have it.

/// The variables that name the locale for messages; the first that isn't empty counts.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// A list of languages that counts before those, unless they name no language at all.
const LANGUAGES: &str = "LANGUAGE";

/// What the environment asks for, as tags like `de-CH`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The languages, the most wanted first, with commas between.
    pub(super) languages: String,
    /// The locale, whose region counts for numbers.
    pub(super) region: String,
}

/// What the environment asks for; `variable` reads one of its variables.
pub(super) fn wanted(variable: impl Fn(&str) -> Option<String>) -> Wanted {
    let filled = |name: &str| variable(name).filter(|value| !value.is_empty());
    let region = LOCALE.into_iter().find_map(filled).map(|locale| tag(&locale));
    let Some(region) = region.filter(|tag| !matches!(tag.as_str(), "C" | "POSIX")) else {
        return Wanted::default();
    };
    let listed = filled(LANGUAGES).unwrap_or_default();
    let languages: Vec<String> = listed.split(':').map(tag).chain([region.clone()]).collect();
    Wanted {
        languages: languages.join(","),
        region,
    }
}

/// The tag of a locale: `de-CH` of `de_CH.UTF-8@euro`.
fn tag(locale: &str) -> String {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    name.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    #[test]
    fn the_environment_names_language_and_region() {
        for (variables, expected) in [
            (&[][..], "English (en-GB)"),
            (&[("LANG", "de_DE.UTF-8")], "German (de-DE)"),
            (&[("LANG", "de_AT")], "German (de-AT)"),
            (&[("LANG", "de")], "German (de-DE)"),
            (&[("LANG", "de_CH.utf8@euro")], "German (de-CH)"),
            (&[("LANG", "en_US.UTF-8")], "English (en-US)"),
            (&[("LANG", "fr_CH.UTF-8")], "English (en-GB)"),
            (&[("LANG", "C.UTF-8")], "English (en-GB)"),
            (&[("LANG", "POSIX")], "English (en-GB)"),
            (&[("LANG", "den_DE")], "English (en-GB)"),
            (&[("LANG", "de_DE"), ("LC_ALL", "C")], "English (en-GB)"),
            (&[("LANG", "de_DE"), ("LC_ALL", "")], "German (de-DE)"),
            (&[("LANG", "en_GB"), ("LC_MESSAGES", "de_AT.UTF-8")], "German (de-AT)"),
            (
                &[("LC_ALL", "en_GB"), ("LC_MESSAGES", "de_AT.UTF-8")],
                "English (en-GB)",
            ),
            (&[("LANG", "en_GB"), ("LANGUAGE", "fr:de:en")], "German (de-DE)"),
            (&[("LANG", "de_CH"), ("LANGUAGE", "de:en")], "German (de-CH)"),
            (&[("LANG", "C"), ("LANGUAGE", "de")], "English (en-GB)"),
            (&[("LANGUAGE", "de")], "English (en-GB)"),
        ] {
            let read = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(format!("{:?}", Locale::of_environment(read)), expected, "{variables:?}");
        }
    }
}
