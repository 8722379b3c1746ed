//! The list of keys, which the page's script opens (`keys.js`). Where `g` and a letter lead is a table here: a line a page.

use crate::{
    locale::Locale,
    message::Message,
    messages::keys,
    pages::{BOOKINGS, COSTS, HOME, INVOICES, PROJECTS, Page, TIME},
};
use leptos::prelude::*;

/// The letter that follows `g`, and where the two lead: a page to which the navigation leads.
const GO: &[(char, Page)] = &[
    ('h', HOME),
    ('p', PROJECTS),
    ('c', COSTS),
    ('t', TIME),
    ('b', BOOKINGS),
    ('i', INVOICES),
];

/// What the keys do, as a dialog.
pub(super) fn dialog(locale: &Locale) -> impl IntoView + use<> {
    let say = |message: Message| locale.say(&message);
    let key = |key: &str| view! { <kbd>{key.to_owned()}</kbd> };
    let between = |words: Message| format!(" {} ", say(words));
    let go = GO.iter().map(|(letter, page)| {
        view! {
            <div data-go=letter.to_string() data-path=page.path>
                <dt>{key("g")} {between(keys::then())} {key(&letter.to_string())}</dt>
                <dd>{say(keys::go((page.title)()))}</dd>
            </div>
        }
    });
    view! {
        <dialog id="keys" class="keys accent-slate" aria-labelledby="keys-title">
            <h2 id="keys-title">{say(keys::title())}</h2>
            <dl>
                <div><dt>{key("/")}</dt><dd>{say(keys::search())}</dd></div>
                <div><dt>{key("1")} {between(keys::range())} {key("9")}</dt><dd>{say(keys::division())}</dd></div>
                {go.collect_view()}
                <div><dt>{key("?")}</dt><dd>{say(keys::list())}</dd></div>
            </dl>
            <p class="note">{say(keys::note())}</p>
            <form method="dialog">
                <button>{say(keys::close())}</button>
            </form>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_leads_to_one_page_of_the_navigation() {
        let mut letters: Vec<char> = GO.iter().map(|(letter, _)| *letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), GO.len());
        assert!(GO.iter().all(|(_, page)| page.in_navigation));
    }
}
