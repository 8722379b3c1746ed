//! What the sheets of a workbook will be called, so that a formula may name one that comes later.

use crate::{locale::Locale, sheets::Stack};

/// How many rows of a chapter stand above the first one of a table: what it is about, and its head.
pub(super) const ROWS_ABOVE: u32 = 2;

/// The column of a fact's value.
const VALUE: char = 'B';

/// The names of a workbook's sheets.
pub(super) struct Plan {
    about: String,
    /// Of the other sheets, with the key of the chapter if it begins with facts.
    sheets: Vec<(String, Option<String>)>,
}

impl Plan {
    /// The names of the first sheet, `about`, and of those for `stacks`.
    pub(super) fn of(about: String, stacks: &[Stack], locale: &Locale) -> Self {
        let mut taken = vec![about.clone()];
        let mut sheets = Vec::new();
        for stack in stacks {
            let title = stack.title().map(|title| locale.words(title)).unwrap_or_default();
            let name = sheet_name(&title, &taken);
            let begins_with_facts = stack.sheets.first().is_some_and(|sheet| sheet.table.name == "facts");
            let chapter = stack.chapter.filter(|_| begins_with_facts);
            taken.push(name.clone());
            sheets.push((name, chapter.map(|chapter| chapter.key.clone())));
        }
        Self { about, sheets }
    }

    /// The name of the first sheet.
    pub(super) fn about(&self) -> &str {
        &self.about
    }

    /// The name of another one, by its place among them.
    pub(super) fn name(&self, place: usize) -> &str {
        self.sheets.get(place).map_or("", |(name, _)| name)
    }

    /// The cell of the fact at `place` in a chapter, as a formula names it; nothing if that chapter is no sheet.
    pub(super) fn fact(&self, chapter: &str, place: usize) -> Option<String> {
        let mut sheets = self.sheets.iter();
        let (name, _) = sheets.find(|(_, key)| key.as_deref() == Some(chapter))?;
        // No name has an apostrophe.
        Some(format!("'{name}'!{VALUE}{}", ROWS_ABOVE as usize + place + 1))
    }
}

/// `title` as the name of a sheet, which has at most 31 characters, not all of them, and is not among `taken`. Excel keeps
/// `History` for itself.
fn sheet_name(title: &str, taken: &[String]) -> String {
    const LONGEST: usize = 31;
    let allowed = |sign: char| {
        if "[]:*?/\\'".contains(sign) || sign.is_control() {
            ' '
        } else {
            sign
        }
    };
    let title: String = title.chars().map(allowed).collect();
    let cut = |most: usize| -> String {
        let mut units = 0;
        let fits = |sign: &char| {
            units += sign.len_utf16();
            units <= most
        };
        title.chars().take_while(fits).collect::<String>().trim().to_owned()
    };
    let is_same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let is_kept = |name: &str| is_same(name, "History");
    let is_free = |name: &String| !name.is_empty() && !is_kept(name) && !taken.iter().any(|other| is_same(other, name));
    let plain = cut(LONGEST);
    if is_free(&plain) {
        return plain;
    }
    let numbered = (2_u32..).map(|number| {
        let end = format!(" {number}");
        format!("{}{end}", cut(LONGEST - end.len())).trim().to_owned()
    });
    numbered.into_iter().find(is_free).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_makes_a_name_that_a_sheet_may_have() {
        let long = "Deckungsbeitrag nach Bereich, 01.01. – 24.11.2026";
        let mut taken = vec!["About this file".to_owned()];
        for (title, expected) in [
            ("Bookings", "Bookings"),
            ("bookings", "bookings 2"),
            ("", "2"),
            ("HISTORY", "HISTORY 2"),
            ("a/b:c?[d]*\\e'", "a b c  d   e"),
            (long, "Deckungsbeitrag nach Bereich, 0"),
            (long, "Deckungsbeitrag nach Bereich, 2"),
            ("🙂".repeat(20).as_str(), "🙂".repeat(15).as_str()),
        ] {
            let name = sheet_name(title, &taken);
            assert_eq!(name, expected);
            assert!(name.encode_utf16().count() <= 31);
            taken.push(name);
        }
    }
}
