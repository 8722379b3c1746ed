//! Incomplete figures: a mark beside each one says how much is missing, and one note below explains the marks.

use leptos::prelude::*;

/// The most different texts that a note made from the figures themselves lists.
const MOST_TEXTS: usize = 3;

/// The mark, with what is missing as text for those who can't see a title: users of screen readers, and readers of a
/// printed page. It hangs beside the figure and takes no room, so that the digits of a column stay aligned.
pub fn mark(lacks: &str) -> impl IntoView + use<> {
    view! {
        <span class="asterisk" aria-hidden="true">"*"</span>
        <span class="visually-hidden missing">{format!(" ({})", incomplete(lacks))}</span>
    }
}

/// What is missing, as the mark beside a figure says it.
pub fn incomplete(lacks: &str) -> String {
    format!("incomplete: {lacks}")
}

/// The note that explains the mark and says what is missing.
pub fn note(lacks: &str) -> impl IntoView + use<> {
    view! {
        <p class="note">
            <span class="asterisk">"*"</span>
            {format!(" marks a figure that rests on incomplete data: {lacks}.")}
        </p>
    }
}

/// What is missing according to `texts`, each text once; `None` if there are none.
pub fn collected<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut different: Vec<&str> = Vec::new();
    for text in texts {
        if !different.contains(&text) {
            different.push(text);
        }
    }
    match different.len() {
        0 => None,
        1..=MOST_TEXTS => Some(different.join("; ")),
        _ => Some("what is missing is said at each of them".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_collected_once() {
        let of = |texts: &[&'static str]| collected(texts.iter().copied());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["1.00 h", "2.00 h", "1.00 h"]).as_deref(), Some("1.00 h; 2.00 h"));
        assert!(of(&["1", "2", "3", "4"]).unwrap().contains("said at each"));
    }
}
