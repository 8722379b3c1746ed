//! How a workbook names its columns, and what its numbers are.

/// The number of a spreadsheet: exact to 15 digits.
pub(super) fn float(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

/// The column at this place.
pub(super) fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// The name of a column: A, B, … Z, AA.
pub(super) fn letters(place: u16) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}
