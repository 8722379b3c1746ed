//! The numbers that can be read on a page.

use std::collections::BTreeSet;

/// Every number in `html`, in texts and attributes, times a hundred; with `sign` in front, or all.
pub fn numbers(html: &str, sign: Option<char>) -> BTreeSet<i64> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let mut found = BTreeSet::new();
    let mut before = ' ';
    let mut rest = html;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        before = rest[..start].chars().next_back().unwrap_or(before);
        let number = &rest[start..];
        let end = number.find(|letter| !is_part(letter)).unwrap_or(number.len());
        let text = number[..end].trim_end_matches(['.', ',']).replace(',', "");
        let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
        if sign.is_none_or(|sign| sign == before)
            && let Ok(value) = format!("{whole}{cents:0<2}").parse()
        {
            found.insert(value);
        }
        before = ' ';
        rest = &number[end..];
    }
    found
}

/// The amounts in `html`, in cents and without their signs.
pub fn amounts(html: &str) -> BTreeSet<i64> {
    numbers(html, Some('€'))
}

/// The value after a name in a list of facts or among the key figures.
pub fn fact<'a>(html: &'a str, name: &str) -> &'a str {
    let after = html
        .split_once(&format!("<dt>{name}</dt>"))
        .unwrap_or_else(|| panic!("{name} in {html}"))
        .1;
    let value = after.split_once("</dd>").unwrap().0;
    value.split_once('>').unwrap().1
}
