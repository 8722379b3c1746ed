//! The name of a file: what it holds, whose figures they are, of which days, and the day it was made.

use super::Made;
use crate::{
    division::Division,
    locale::Locale,
    message::Value,
    messages::{export, setting},
    period::Period,
    report::Report,
    sticky::Setting,
    view::RenderContext,
};

/// The most letters of a title.
const LONGEST_TITLE: usize = 40;

/// `costs-bookings-web-2026-03-made-2026-11-27`, in the language of `locale`: of small letters, digits and hyphens, which
/// every system takes. `table` is the title of the table if it isn't all of the page.
pub(super) fn of(
    report: &Report,
    table: Option<&Value>,
    context: &RenderContext,
    locale: &Locale,
    made: &Made,
) -> String {
    let title = |value: &Value| plain(&locale.words(value));
    let division = match &context.division {
        Division::All => plain(&locale.say(&export::file_all())),
        division @ Division::One(_) => division.text(),
        Division::Unassigned => plain(&locale.say(&setting::unassigned())),
    };
    let days = match &context.period {
        // Days that mean the same tomorrow.
        Period::YearToDate => {
            let days = context.period.days(context.today);
            format!("{}-{}", days.from, days.to)
        }
        period => plain(&period.text()),
    };
    let parts = [
        Some(title(&report.title)),
        table.map(title),
        Some(division),
        Some(days),
        Some(plain(&locale.say(&export::file_made()))),
        Some(made.zone.day(made.at).to_string()),
    ];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// `text` in small letters and digits, with hyphens for whatever stands between.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for sign in text.to_lowercase().chars() {
        match sign {
            'a'..='z' | '0'..='9' => plain.push(sign),
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            _ if plain.is_empty() || plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
        if plain.len() >= LONGEST_TITLE {
            break;
        }
    }
    plain.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_only_signs_that_every_system_takes() {
        for (text, expected) in [
            ("Übersicht", "uebersicht"),
            ("WEB-001 Grüße, Straße", "web-001-gruesse-strasse"),
            ("../../etc/passwd\u{0}", "etc-passwd"),
            ("\"; filename=x.exe", "filename-x-exe"),
            ("2026-03-01..2026-04-15", "2026-03-01-2026-04-15"),
            ("漢字", ""),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(plain(&"ab ".repeat(99)).len(), 40);
    }
}
