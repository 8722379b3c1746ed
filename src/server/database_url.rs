//! A database's address: what may be in it, and how it is shown and logged.

use crate::{message::Message, messages::start};
use url::Url;

/// The known parameters of a Postgres address. The driver would log unknown ones with their values, which may be part
/// of a password that was not encoded.
const PARAMETERS: [&str; 19] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "options[",
];

/// Whether the SQLite database at `url` is in the memory of its one connection, and in no file.
pub fn is_in_memory(url: &str) -> bool {
    url.starts_with("sqlite:") && (url.contains(":memory:") || url.contains("mode=memory"))
}

/// Checks whether `url` can be handed to the driver.
///
/// # Errors
/// What is wrong with it, without quoting any of it.
pub fn check(url: &str) -> Result<(), Message> {
    if url.starts_with("sqlite:") {
        return Ok(());
    }
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(start::url_kind());
    }
    let Ok(address) = Url::parse(url) else {
        return Err(start::url_unreadable());
    };
    let is_known = |key: &str| {
        let [whole @ .., with_a_name] = &PARAMETERS;
        whole.contains(&key) || (key.starts_with(with_a_name) && key.ends_with(']'))
    };
    if address.query_pairs().all(|(key, _)| is_known(&key)) {
        Ok(())
    } else {
        Err(start::url_parameter())
    }
}

/// The address without its password. For Postgres: the account, the host, the port and the name.
pub fn without_password(url: &str) -> String {
    if let Some(file) = url.strip_prefix("sqlite:") {
        let is_file = !file.trim_start_matches("//").contains("://");
        return if is_file {
            url.to_owned()
        } else {
            "sqlite:…".to_owned()
        };
    }
    shown(url).unwrap_or_else(|| "postgres://…".to_owned())
}

/// The address, unless a part is where it shouldn't be: a password that was not encoded breaks an address apart.
fn shown(url: &str) -> Option<String> {
    let address = Url::parse(url).ok()?;
    let is_plain = |text: &str| {
        text.chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-'))
    };
    let host = address.host_str().unwrap_or_default();
    let is_host = is_plain(host) || host.to_lowercase().starts_with("%2f") || host.starts_with('[');
    let rest = [
        host,
        address.path(),
        address.query().unwrap_or_default(),
        address.fragment().unwrap_or_default(),
    ];
    let is_apart = |part: &&str| part.contains('@') || part.to_lowercase().contains("%40");
    if address.cannot_be_a_base() || !is_host || rest.iter().any(is_apart) {
        return None;
    }
    let account = match address.username() {
        "" => String::new(),
        name if is_plain(name) => format!("{name}@"),
        _ => "…@".to_owned(),
    };
    let port = address.port().map(|port| format!(":{port}")).unwrap_or_default();
    let name = address.path();
    let name = if is_plain(name.trim_start_matches('/')) {
        name
    } else {
        "/…"
    };
    Some(format!("{}://{account}{host}{port}{name}", address.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn what_is_no_secret_is_shown() {
        for url in [
            "sqlite:control-maniac.db",
            "sqlite://data/a@b.db?mode=rwc",
            "sqlite::memory:",
            "postgres://me@db.example:5433/studio",
            "postgresql://db/studio",
            "postgres://me@[::1]:5432/studio",
            "postgres://%2Fvar%2Frun%2Fpostgresql/studio",
            "postgres://me@localhost",
        ] {
            assert_eq!(without_password(url), url);
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://me:secret@db:5433/studio", "postgres://me@db:5433/studio"),
            ("postgres://:secret@db/studio", "postgres://db/studio"),
            ("postgres://db/studio?password=secret", "postgres://db/studio"),
            (
                "postgres://me@db/studio?user=me&password=secret#secret",
                "postgres://me@db/studio",
            ),
            ("postgres://db/studio#secret", "postgres://db/studio"),
            ("postgres://db/studio;password=secret", "postgres://db/…"),
            ("postgres://db/studio%3Fpassword=secret", "postgres://db/…"),
            ("postgres://db/studio&password=secret", "postgres://db/…"),
            ("postgres://me%3Asecret@db/studio", "postgres://…@db/studio"),
            ("postgres://me:se@cret@db/studio", "postgres://me@db/studio"),
            ("postgres://me:se/cret@db/studio", "postgres://…"),
            ("postgres://me:12/secret@db/studio", "postgres://…"),
            ("postgres://me:12?secret@db/studio", "postgres://…"),
            ("postgres://me:12#secret@db/studio", "postgres://…"),
            ("postgres://me:se#cret@db/studio", "postgres://…"),
            ("postgres://me:secret%40db/studio", "postgres://…"),
            ("postgres://me%3Asecret%40db/studio", "postgres://…"),
            ("postgres:me:secret@db/studio", "postgres://…"),
            ("postgres:/me:secret@db/studio", "postgres://…"),
            ("postgres:///me:secret@db/studio", "postgres://…"),
            ("me:secret@db/studio", "postgres://…"),
            ("secret", "postgres://…"),
            ("", "postgres://…"),
            (" postgres://me:secret@db/studio", "postgres://me@db/studio"),
            ("POSTGRES://me:secret@db/studio", "postgres://me@db/studio"),
            ("mysql://me:secret@db/studio?password=secret", "mysql://me@db/studio"),
            ("sqlite:postgres://me:secret@db/studio", "sqlite:…"),
        ] {
            assert_eq!(without_password(url), shown, "{url}");
        }
    }

    #[test]
    fn an_address_that_the_driver_would_log_is_refused_without_a_word_of_it() {
        for url in [
            "postgres://db/studio?pasword=secret",
            "postgres://me:12?secret@db/studio",
            "postgres://db/studio?password=a&secret",
            "postgres://db/studio?options[secret=1",
            "postgres://me:secret/x@db/studio",
            "postgres://me:secret@db:port/studio",
            "mysql://me:secret@db/studio",
            "secret",
        ] {
            let said = Locale::default().say(&check(url).unwrap_err());
            assert!(!said.contains("secret"), "{url}");
        }
        for url in [
            "sqlite:a.db",
            "postgres://me:se%40cret@db/studio?sslmode=require&options[search_path]=a",
            "postgresql:///studio?host=/var/run/postgresql&user=me&password=secret",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }
}
