//! Texts that a spreadsheet would take for a formula.
//!
//! Excel and LibreOffice calculate a field that begins like one, whoever wrote it. So such a text gets an apostrophe. A
//! text that begins with apostrophes before such a sign gets one too: whoever reads the file takes exactly one off, and
//! has every text as it was. Numbers never get one.

/// The signs that a formula begins with, and those that a spreadsheet passes over before it.
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What marks a text as text.
const APOSTROPHE: char = '\'';

/// `text` as no spreadsheet takes it for a formula.
pub(super) fn guarded(text: String) -> String {
    match text.trim_start_matches(APOSTROPHE).starts_with(SIGNS) {
        true => format!("{APOSTROPHE}{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an import does.
    fn unguarded(field: &str) -> &str {
        match field.strip_prefix(APOSTROPHE) {
            Some(rest) if rest.trim_start_matches(APOSTROPHE).starts_with(SIGNS) => rest,
            _ => field,
        }
    }

    #[test]
    fn what_begins_like_a_formula_is_a_text_and_comes_back_as_it_was() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-236.48", "'-236.48"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("'=1", "''=1"),
            ("''-", "'''-"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("a=b", "a=b"),
            (" =1", " =1"),
            ("", ""),
        ] {
            let field = guarded(text.to_owned());
            assert_eq!(field, expected);
            assert_eq!(unguarded(&field), text);
        }
    }
}
