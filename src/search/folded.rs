//! Letters without case and accents.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` in lower case and without accents; letters that are one for several are written out.
pub(super) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Case first: a capital letter may become a small one with a mark of its own.
    for letter in text.to_lowercase().nfkd().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            letter => plain.push(letter),
        }
    }
    plain
}

/// The same, with umlauts as Germans write them where there are none on the keyboard: `Koeln`.
fn written_out(text: &str) -> String {
    let composed: String = text.to_lowercase().nfc().collect();
    let out = composed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    folded(&out)
}

/// The ways in which a word may stand in a text.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let (plain, out) = (folded(word), written_out(word));
    if plain == out { vec![plain] } else { vec![plain, out] }
}

/// Whether one of `spellings` is in `text`.
pub(super) fn contains(text: &str, spellings: &[String]) -> bool {
    // Most texts need no folding of letters.
    if text.is_ascii() {
        let small = text.to_ascii_lowercase();
        return spellings.iter().any(|spelling| small.contains(spelling));
    }
    let (plain, out) = (folded(text), written_out(text));
    spellings
        .iter()
        .any(|spelling| plain.contains(spelling) || out.contains(spelling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        for (text, wanted) in [
            ("Café Zürich", "cafe"),
            ("Cafe\u{301} Zu\u{308}rich", "Zürich"),
            ("STRASSE", "straße"),
            ("Straße", "STRASSE"),
            ("Łódź", "lodz"),
            ("Müller", "Mueller"),
            ("Mueller", "müller"),
            ("MÜLLER", "muller"),
            ("Ørsted", "orsted"),
            ("İstanbul", "istanbul"),
            ("Αθήνα", "ΑΘΗΝΑ"),
            ("Москва", "МОСКВА"),
            ("ﬁnance", "finance"),
        ] {
            assert!(contains(text, &spellings(wanted)), "{wanted} in {text}");
        }
        assert!(!contains("Muller", &spellings("Miller")));
    }
}
