//! How filters look: those that are on as chips that take them away, and quiet links to others.

use crate::{
    locale::Locale,
    messages::page,
    report::{Chip, Choice, Filters},
};
use leptos::prelude::*;

/// The filters of a list; nothing if it has none.
pub(super) fn filters(filters: &Filters, locale: &Locale) -> AnyView {
    let Filters { chips, choices } = filters;
    if chips.is_empty() && choices.is_empty() {
        return ().into_any();
    }
    let label = locale.say(&page::filtered());
    let each = chips.iter().enumerate();
    let each = each.map(|(place, each)| chip(each, place, locale)).collect_view();
    let chips = (!chips.is_empty()).then(|| view! { <ul class="chips" aria-label=label>{each}</ul> });
    let choices = choices.iter().enumerate();
    let choices = choices.map(|(place, each)| choice(each, place, locale)).collect_view();
    view! { <div class="filters">{chips} {choices}</div> }.into_any()
}

fn chip(chip: &Chip, place: usize, locale: &Locale) -> impl IntoView + use<> {
    let remove = locale.say(&page::remove());
    // By its id the keyboard focus is restored when the figures are replaced.
    view! {
        <li>
            <a id=format!("chip-{place}") href=chip.without.clone() title=remove.clone()>
                {locale.words(&chip.words)}
                <span class="visually-hidden">{format!(", {remove}")}</span>
                <span class="cross" aria-hidden="true">"×"</span>
            </a>
        </li>
    }
}

fn choice(choice: &Choice, place: usize, locale: &Locale) -> impl IntoView + use<> {
    let id = format!("choice-{place}");
    let ways = choice.ways.iter().enumerate().map(|(way, each)| {
        let current = each.is_current.then_some("true");
        view! {
            <li>
                <a id=format!("{id}-{way}") href=each.href.clone() aria-current=current>{locale.words(&each.words)}</a>
            </li>
        }
    });
    view! {
        <div class="ways">
            <span id=id.clone()>{locale.say(&choice.name)}</span>
            <ul aria-labelledby=id.clone()>{ways.collect_view()}</ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{message::Value, messages::projects, report::Way};

    #[test]
    fn a_filter_that_is_on_leads_to_the_list_without_it() {
        let html = |chips, choices| super::filters(&Filters { chips, choices }, &Locale::default()).to_html();
        let chip = Chip {
            words: Value::text("<finished>"),
            without: "/projects?q=a".to_owned(),
        };
        let way = |is_current| Way {
            words: Value::text("Hours"),
            href: "/projects?of=hours".to_owned(),
            is_current,
        };
        let choice = |is_current| Choice {
            name: projects::columns(),
            ways: vec![way(is_current)],
        };
        let shown = html(vec![chip], vec![choice(true)]);
        assert!(
            shown.contains(r#"href="/projects?q=a""#) && shown.contains("&lt;finished&gt;"),
            "{shown}"
        );
        assert!(shown.contains(r#"aria-current="true""#), "{shown}");
        assert!(!html(Vec::new(), vec![choice(false)]).contains("aria-current"));
        assert!(!html(Vec::new(), Vec::new()).contains("filters"));
    }
}
