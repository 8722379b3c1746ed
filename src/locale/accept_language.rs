//! Which language and region a browser prefers, by its `Accept-Language` header.

use super::language::Language;

/// The language that `header` prefers among those we have.
pub(super) fn preferred(header: &str) -> Option<Language> {
    tags(header).into_iter().find_map(Language::of_tag)
}

/// The region whose numbers are written in `language`: the first that `header` names with it, or else the language's own.
pub(super) fn region_of(language: Language, header: &str) -> String {
    let tags = tags(header)
        .into_iter()
        .filter(|tag| Language::of_tag(tag) == Some(language));
    let region = tags.map(region).next().flatten();
    region.map_or_else(
        || language.own_region().to_owned(),
        |region| format!("{}-{region}", language.code()),
    )
}

/// The tags in `header`, the most wanted first; of two that are wanted equally, in the order in which they stand.
fn tags(header: &str) -> Vec<&str> {
    let mut wanted: Vec<(f32, &str)> = header
        .split(',')
        .filter_map(|entry| {
            let mut fields = entry.split(';');
            let tag = fields.next()?.trim();
            let weight = fields
                .find_map(|field| field.trim().strip_prefix("q="))
                .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
            (weight > 0.0 && !tag.is_empty()).then_some((weight, tag))
        })
        .collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

/// The region of `tag` in capitals: `CH` of `de-CH` and of `de-Latn-ch`.
fn region(tag: &str) -> Option<String> {
    let mut parts = tag.split('-').skip(1).filter(|part| part.len() != 4);
    let region = parts.next().filter(|part| part.len() == 2)?;
    let is_region = region.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_region.then(|| region.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_a_person_prefers_decides() {
        for (header, language, written) in [
            ("de-AT,de;q=0.9,en;q=0.8", Language::German, "de-AT"),
            ("en-GB,de;q=0.9", Language::English, "en-GB"),
            ("de;q=0.2, en-us;q=0.7", Language::English, "en-US"),
            ("fr-CH, fr;q=0.9, de;q=0.8, en;q=0.7", Language::German, "de-DE"),
            ("DE-ch", Language::German, "de-CH"),
            ("de-Latn-LI-1996", Language::German, "de-LI"),
            ("de;q=NaN, en;q=0", Language::English, "en-GB"),
            ("*;q=0.5,;;,q=x", Language::English, "en-GB"),
            ("", Language::English, "en-GB"),
        ] {
            let preferred = preferred(header).unwrap_or(Language::English);
            assert_eq!(
                (preferred, region_of(preferred, header).as_str()),
                (language, written),
                "{header}"
            );
        }
    }
}
