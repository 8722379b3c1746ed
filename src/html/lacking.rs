//! Incomplete figures: a mark beside each one says how much is missing, and one note below explains the marks.

use crate::{locale::Locale, message::Value, messages};
use leptos::prelude::*;

/// The mark, with what is missing as text for those who can't see a title: users of screen readers, and readers of a
/// printed page. It hangs beside the figure and takes no room, so that the digits of a column stay aligned.
pub(super) fn mark(lacks: &Value, locale: &Locale) -> impl IntoView + use<> {
    view! {
        <span class="asterisk" aria-hidden="true">"*"</span>
        <span class="visually-hidden missing">{format!(" ({})", incomplete(lacks, locale))}</span>
    }
}

/// What is missing, as the mark beside a figure says it.
pub(super) fn incomplete(lacks: &Value, locale: &Locale) -> String {
    locale.say(&messages::lacks::incomplete(lacks.clone()))
}

/// The note that explains the mark and says what is missing.
pub(super) fn note(lacks: &Value, locale: &Locale) -> impl IntoView + use<> {
    view! {
        <p class="note">
            <span class="asterisk">"*"</span>
            {format!(" {}", locale.say(&messages::lacks::note(lacks.clone())))}
        </p>
    }
}
