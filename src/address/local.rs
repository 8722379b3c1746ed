//! Which paths stay on this server, however a browser reads them.

/// No honest address is percent-encoded more often than this.
const DEEPEST: usize = 3;

/// Whether `path` is one of this server's and stays one: a browser drops tabs and line ends, takes `\` for `/`, follows
/// `.` and `..` in any spelling, and takes a result that begins with `//` for another server. Its router rewrites a
/// path with its percent signs resolved, so the characters they stand for must meet the same rules.
pub fn is_local_path(path: &str) -> bool {
    let mut bytes = path.as_bytes().to_vec();
    if !path.is_ascii() || bytes.iter().any(|byte| matches!(byte, b' ' | b'?' | b'#')) {
        return false;
    }
    for _ in 0..=DEEPEST {
        if !is_plain(&bytes) {
            return false;
        }
        let decoded = decode(&bytes);
        if decoded == bytes {
            return true;
        }
        bytes = decoded;
    }
    false
}

fn is_plain(path: &[u8]) -> bool {
    path.starts_with(b"/")
        && !path.windows(2).any(|pair| pair == b"//")
        && !path.iter().any(|byte| *byte == b'\\' || byte.is_ascii_control())
        && !path
            .split(|byte| *byte == b'/')
            .any(|segment| matches!(segment, b"." | b".."))
}

/// The same with one level of percent signs resolved.
fn decode(text: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut decoded = Vec::with_capacity(text.len());
    let mut place = 0;
    while let Some(&byte) = text.get(place) {
        match (byte, digit(text.get(place + 1)), digit(text.get(place + 2))) {
            (b'%', Some(high), Some(low)) => {
                // Two digits are never more than a byte.
                decoded.push((high * 16 + low) as u8);
                place += 3;
            }
            _ => {
                decoded.push(byte);
                place += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_this_server_are_local() {
        for path in [
            "/",
            "/projects",
            "/projects/",
            "/projects/WEB%20001",
            "/projects/%C3%BC",
            "/projects/100%25",
            "/projects/100%",
            "/projects/a.b..c",
            "/projects/...",
            "/projects/%2",
            "/projects/a%2Fb",
            "/projects/a%3Fb%23c",
            "/~!$&'()*+,;=:@-._",
        ] {
            assert!(is_local_path(path), "{path}");
        }
    }

    #[test]
    fn what_a_browser_could_read_as_another_place_is_not() {
        for path in [
            "",
            "projects",
            "https://evil.test/",
            "javascript:alert(1)",
            "//evil.test/",
            "///evil.test/",
            "/.//evil.test/",
            "/..//evil.test/",
            "/./evil",
            "/projects/..",
            "/projects/../costs",
            "/%2e//evil.test/",
            "/%2E%2e//evil.test/",
            "/.%2E/evil",
            "/%2e%2e%2fevil",
            "/a//b",
            "/a/%2Fb",
            "/%2Fevil.test",
            "/%2f%2Fevil.test",
            "\\evil.test",
            "/\\evil.test/",
            "/a\\b",
            "/%5Cevil.test/",
            "/%5c%5cevil.test",
            "\t//evil.test",
            "/\t/evil.test",
            "/%09/evil.test",
            "/%0d%0a/evil.test",
            "/a\r\nb",
            "/projects/%00",
            "/projects/%7f",
            "/%252e//evil.test",
            "/%252Fevil.test",
            "/%255Cevil.test",
            "/%25255Cevil.test",
            "/%2525252525255Cevil.test",
            "/projects/ü",
            "/\u{ff0f}evil.test",
            " /projects",
            "/pro jects",
            "/a?b",
            "/a#b",
            "*",
        ] {
            assert!(!is_local_path(path), "{path:?}");
        }
    }
}
