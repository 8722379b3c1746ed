//! Which passwords are too easy to guess: common ones, and those made from the e-mail or the name.

use crate::{
    locale::logged_in_english,
    message::{Message, Told},
    messages::account,
};
use zxcvbn::{Score, matching::patterns::MatchPattern, zxcvbn};

/// The password of the demo studio's accounts, which anybody can read here. It is refused for every other account.
pub const PUBLISHED: &str = "demo-password";

/// Words that an attacker would try first for this program, in addition to the lists of English words and of common
/// passwords.
const OUR_WORDS: [&str; 20] = [
    PUBLISHED,
    "control",
    "maniac",
    "controlmaniac",
    "correcthorsebatterystaple",
    "correct horse battery staple",
    "1qaz",
    "2wsx",
    "3edc",
    "!qaz",
    "@wsx",
    "#edc",
    "passwort",
    "hallo",
    "willkommen",
    "geheim",
    "schatz",
    "sommer",
    "herbst",
    "winter",
];

/// Shorter parts of an e-mail or a name occur in many good passwords too.
const SHORTEST_PART: usize = 3;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// It is found by trying common passwords.
    Common,
    /// Little is left of it without the e-mail and the name.
    LikeThePerson,
}

impl Told for Weakness {
    fn message(&self) -> Message {
        match self {
            Self::Common => account::common(),
            Self::LikeThePerson => account::like_the_person(),
        }
    }
}

logged_in_english!(Weakness);

/// Checks whether `password` is good enough for the person with this e-mail and name.
///
/// # Errors
/// Why it is refused.
pub fn check(password: &str, email: &str, name: &str) -> Result<(), Weakness> {
    let parts = parts(&[email, name]);
    let words: Vec<&str> = parts.iter().map(String::as_str).chain(OUR_WORDS).collect();
    let is_strong = |password: &str, words: &[&str]| zxcvbn(password, words).score() >= Score::Three;
    if !is_strong(password, &OUR_WORDS) || is_one_word(password) {
        return Err(Weakness::Common);
    }
    if !is_strong(password, &words) || !is_strong(&without(password, &parts), &OUR_WORDS) {
        return Err(Weakness::LikeThePerson);
    }
    Ok(())
}

/// Whether it is a common word with digits and signs around it.
fn is_one_word(password: &str) -> bool {
    let word = password.trim_matches(|letter: char| !letter.is_alphabetic());
    let estimate = zxcvbn(word, &OUR_WORDS);
    matches!(estimate.sequence(), [one] if matches!(one.pattern, MatchPattern::Dictionary(_)))
}

/// The words in `texts`, and the texts themselves.
fn parts(texts: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    for text in texts {
        parts.extend(text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
        parts.push((*text).to_owned());
    }
    parts.retain(|part| part.chars().count() >= SHORTEST_PART);
    parts
}

/// What is left of `password` without `parts`, forwards or backwards, in any case, and with digits in place of letters.
fn without(password: &str, parts: &[String]) -> String {
    let letters: Vec<char> = password.chars().collect();
    let plain: Vec<char> = letters.iter().map(|letter| plain(*letter)).collect();
    let mut is_left = vec![true; letters.len()];
    for part in parts {
        let forwards: Vec<char> = part.chars().map(self::plain).collect();
        let backwards: Vec<char> = forwards.iter().rev().copied().collect();
        for part in [forwards, backwards] {
            for at in 0..plain.len() {
                if plain[at..].starts_with(&part) {
                    is_left[at..at + part.len()].fill(false);
                }
            }
        }
    }
    let left = letters.iter().zip(is_left).filter(|(_, is_left)| *is_left);
    left.map(|(letter, _)| letter).collect()
}

/// A letter in lower case; digits and signs that people write in place of a letter become that letter.
fn plain(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' | 'l' | 'L' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        letter => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMAIL: &str = "ada.lovelace@engine-studio.test";
    const NAME: &str = "Augusta Ada King";

    #[test]
    fn the_commonest_are_refused() {
        for password in [
            "123456789012",
            "passwordpassword",
            "Password123!",
            "P@ssw0rd1234",
            "qwertyuiop123",
            "qwertyuiopasdfghjkl",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "iloveyou12345",
            "letmeinletmein",
            "Passwort1234!",
            "Sommer202620",
            "administrator1",
            "demo-password",
            "Demo-Password",
            "controlmaniac1",
            "ControlManiac2026",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "q1w2e3r4t5y6",
            "zaq12wsxcde3",
            "qazwsxedcrfv",
            "1qaz!QAZ2wsx",
            "!QAZ2wsx#EDC",
            "1234567890-=",
            "098765432109",
            "abcdefghijkl",
            "asdfghjkl123",
            "zxcvbnm12345",
            "changeme1234",
            "Welcome12345",
            "Welcome2026!!",
            "football1234",
            "Superman2026",
            "Admin@123456",
            "Test12345678",
            "trustno1trustno1",
            "correcthorsebatterystaple",
            "correct horse battery staple",
            "monkeymonkey1",
            "dragondragon",
            "sunshine2026!",
            "January2026!",
            "iloveyouforever",
            "mypassword2026",
            "qwertz123456",
            "qwertzuiop12",
            "letmeinplease",
            "starwars1977",
        ] {
            assert_eq!(check(password, EMAIL, NAME), Err(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn those_like_the_e_mail_or_the_name_are_refused() {
        for password in [
            "ada.lovelace@engine-studio.test",
            "ADA.LOVELACE@ENGINE-STUDIO.TEST",
            "adalovelacestudio",
            "Ada-Lovelace-1",
            "AdaLovelace2026!",
            "engine-studio.test",
            "LovelaceLovelace",
            "ecalevolada1",
            "4d4l0v3l4c3!",
            "AugustaAdaKing1",
            "Augusta Ada King",
            "king.augusta.99",
        ] {
            assert!(check(password, EMAIL, NAME).is_err(), "{password}");
        }
    }

    #[test]
    fn good_ones_are_taken() {
        for password in [
            "tar violin copper meadow",
            "vS9#kq2Lm!xR",
            "Ada's violin copper meadow tar",
            "größe nebel kupfer wiese",
        ] {
            assert_eq!(check(password, EMAIL, NAME), Ok(()), "{password}");
        }
    }

    #[test]
    fn odd_ones_are_no_trouble() {
        for (email, name) in [("", ""), ("@", " "), ("a@b.c", "Ä"), ("ﬁ@ß.test", "İ")] {
            assert_eq!(check("tar violin copper meadow", email, name), Ok(()), "{email}");
            assert!(check("ſſſſſſſſſſſſ", email, name).is_err());
            assert!(check("", email, name).is_err());
        }
    }
}
