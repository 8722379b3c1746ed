//! The log of who came and went. Passwords never stand in it.

use std::net::IpAddr;

/// What the log is asked for by (`RUST_LOG=control_maniac::access=info`).
pub const TARGET: &str = "control_maniac::access";

/// An account was logged in.
pub fn logged_in(account: i64, address: IpAddr) {
    tracing::info!(target: TARGET, account, %address, "logged in");
}

/// An account was logged out.
pub fn logged_out(account: i64, address: IpAddr) {
    tracing::info!(target: TARGET, account, %address, "logged out");
}

/// What was typed is no account's e-mail and password.
pub fn failed(email: &str, address: IpAddr) {
    tracing::info!(target: TARGET, email = shown(email), %address, "a login failed");
}

/// A try was not looked at.
pub fn refused(email: &str, address: IpAddr, retry_after: u64) {
    tracing::info!(target: TARGET, email = shown(email), %address, retry_after, "a login was refused");
}

/// An e-mail as it may be logged: who types the password into the wrong field must not find it here.
fn shown(email: &str) -> &str {
    let is_address = email.len() <= 320
        && email.split_once('@').is_some_and(|(name, host)| {
            let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
            let is_name = |letter| is_plain(letter) || matches!(letter, '_' | '+');
            !name.is_empty() && name.chars().all(is_name) && host.contains('.') && host.chars().all(is_plain)
        });
    if is_address { email } else { "(no e-mail address)" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_an_address_is_logged() {
        assert_eq!(shown("ada.b+c@studio.test"), "ada.b+c@studio.test");
        for typed in [
            "correct horse",
            "p@ssword1",
            "P@ss.word!",
            "a@b.test\nforged",
            "a@\u{1b}[31m.test",
            "@b.test",
            "",
            "a@b@c.test",
        ] {
            assert_eq!(shown(typed), "(no e-mail address)", "{typed:?}");
        }
    }
}
