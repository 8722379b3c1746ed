//! A page after an upgrade: the same as before, except for the changes in `changes.txt`.

use control_maniac::{locale::Locale, message::Value};

const SHOWN: &str = include_str!("../../fixtures/before_dated/shown.txt");
const CHANGES: &str = include_str!("../../fixtures/before_dated/changes.txt");

/// A line of what the pages show; lines with `=` begin a page.
type Line = &'static str;

/// What the pages must show now. Each change of a page is lines with `-` that were there, in the order of the page, and
/// lines with `+` that replace them.
pub fn expected() -> Vec<String> {
    let mut expected: Vec<String> = Vec::new();
    let mut changes = pages(CHANGES).into_iter().peekable();
    for (page, lines) in pages(SHOWN) {
        expected.push(page.to_owned());
        let changed = changes.next_if(|(changed, _)| *changed == page);
        let changed = changed.map(|(_, lines)| lines).unwrap_or_default();
        expected.extend(apply(page, &lines, &changed));
    }
    assert_eq!(changes.next(), None, "a page that was not shown before");
    expected
}

/// Each page with its lines.
fn pages(text: &'static str) -> Vec<(Line, Vec<Line>)> {
    let mut pages: Vec<(Line, Vec<Line>)> = Vec::new();
    for line in text.lines() {
        if line.starts_with('=') {
            pages.push((line, Vec::new()));
        } else if let Some((_, lines)) = pages.last_mut() {
            lines.push(line);
        }
    }
    pages
}

fn apply(page: Line, lines: &[Line], changes: &[Line]) -> Vec<String> {
    let mut changed = Vec::new();
    let mut rest = lines;
    for change in changes {
        match change.split_at(1) {
            ("-", was) => {
                let place = rest.iter().position(|line| *line == was);
                let place = place.unwrap_or_else(|| panic!("{page}: there was no {was}"));
                changed.extend(rest[..place].iter().map(|line| (*line).to_owned()));
                rest = &rest[place + 1..];
            }
            ("+", is) => changed.push(is.to_owned()),
            // The reason.
            ("@", _) => {}
            _ => panic!("{page}: {change}"),
        }
    }
    changed.extend(rest.iter().map(|line| (*line).to_owned()));
    changed
}

/// What is called by another name since. A margin says which one it is.
const RENAMED: &[(&str, &str)] = &[
    ("Contribution margin", "Contribution margin III"),
    ("Contribution margin, change", "Contribution margin III, change"),
    ("Margin of revenue", "Margin III of revenue"),
    ("Margin of revenue, change", "Margin III of revenue, change"),
    ("Margin", "CM II"),
    ("Margin %", "CM II %"),
    (
        "# Revenue, cost and contribution margin by month",
        "# Revenue, cost and contribution margin III by month",
    ),
];

/// Whether `line` says the same as `before`, except that hours have two decimals, of which `before` showed one, that days
/// are written as people read them, and for other names.
pub fn says(before: &str, line: &str) -> bool {
    let cells = |line: &str| -> Vec<String> { line.split([':', '|']).map(|cell| cell.trim().to_owned()).collect() };
    let (before, now) = (cells(before), cells(line));
    before.len() == now.len()
        && before.iter().zip(&now).all(|(before, now)| {
            before == now || rounds_to(now, before) || is_day(before, now) || is_called(before, now)
        })
}

/// Whether both are the same day, the first as ISO 8601 writes it.
fn is_day(before: &str, now: &str) -> bool {
    let day = before.parse().map(Value::Day);
    day.is_ok_and(|day| Locale::default().words(&day) == now)
}

/// Whether `now` is the name of today for `before`.
fn is_called(before: &str, now: &str) -> bool {
    let by_division = (
        "# Contribution margin by division",
        "# Contribution margins by division",
    );
    let september = before.replace("Sep ", "Sept ");
    RENAMED.contains(&(before, now)) || september.replace(by_division.0, by_division.1) == now
}

/// Whether both are hours, one in hundredths and the other the same in tenths, rounded half away from zero.
fn rounds_to(hundredths: &str, tenths: &str) -> bool {
    let digits = |text: &str, decimals: usize| -> Option<i64> {
        let number = text.strip_suffix(" h")?.replace(',', "");
        (number.split_once('.')?.1.len() == decimals).then(|| number.replace('.', "").parse().ok())?
    };
    let (hundredths, tenths) = (digits(hundredths, 2), digits(tenths, 1));
    hundredths.zip(tenths).is_some_and(|(hundredths, tenths)| {
        let rounded = (hundredths.abs() + 5) / 10 * hundredths.signum();
        rounded == tenths
    })
}

#[test]
fn hours_may_only_say_more_exactly_what_they_said() {
    assert!(says("Hours: 131.3 h", "Hours: 131.25 h") && says("a | -1,000.1 h", "a | -1,000.05 h"));
    assert!(!says("Hours: 131.3 h", "Hours: 131.35 h") && !says("Hours: 131.3 h", "Hours: 131.3 h | 1"));
    assert!(!says("€1.0", "€1.00") && !says("Hours: 131.3 h", "Hours: 131.24 h"));
}
