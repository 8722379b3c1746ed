//! The control for the division: a group of radio buttons, or a list when there are many.

use super::Division;
use crate::{
    message::Value,
    phrasebook::Say,
    sticky::{Setting, VALUE, signal::Sticky, window::WindowOf},
    ui::{at_once::at_once, setting_control::SettingControl, setting_form::SettingForm},
    user::User,
};
use leptos::prelude::*;

/// Up to this many options stand side by side; more become a list.
const MOST_RADIO_BUTTONS: usize = 7;

/// One option of the control.
#[derive(Clone, PartialEq)]
struct Choice {
    text: String,
    name: Value,
    accent: String,
    archived: bool,
}

impl SettingControl for Division {
    fn control(sticky: Sticky) -> AnyView {
        at_once(view! { <DivisionControl division=sticky/> })
    }
}

/// Which division the figures are for. Without JavaScript it is a form with a button of its own.
#[component]
fn DivisionControl(division: Sticky) -> impl IntoView {
    let WindowOf { user, .. } = expect_context();
    // Made anew only when the choices change, so that someone who goes through them with the keyboard keeps their
    // place.
    let choices = Memo::new(move |before: Option<&Vec<Choice>>| {
        let (shown, is_pinned) = (division.shown(), division.is_pinned());
        let was_opened =
            |text: &str| before.is_some_and(|before| before.iter().any(|one| one.archived && one.text == text));
        let is_opened = |text: &str| is_pinned && (text == shown || was_opened(text));
        user.with(|user| choices(user, is_opened))
    });
    let control = at_once(move || control(division, choices.get()));
    view! { <SettingForm sticky=division control/> }
}

/// The choices of `user`, and those archived divisions that this window `is_opened` at.
fn choices(user: &User, is_opened: impl Fn(&str) -> bool) -> Vec<Choice> {
    let choice = |division: Division, archived| Choice {
        text: division.text(),
        name: division.label(user),
        accent: division.accent(user),
        archived,
    };
    let offered = std::iter::once(Division::All).chain(Division::All.others(user));
    let mut choices: Vec<Choice> = offered.map(|division| choice(division, false)).collect();
    // What belongs to none comes after every division.
    let unassigned = choices.pop_if(|last| last.text == Division::Unassigned.text());
    let opened = user.archived_divisions.iter().filter(|option| is_opened(&option.slug));
    choices.extend(opened.map(|option| choice(Division::One(option.slug.clone()), true)));
    choices.extend(unassigned);
    choices
}

fn control(division: Sticky, choices: Vec<Choice>) -> AnyView {
    let say = Say::expect();
    let choose = move |text: String| division.choose_text(&text);
    let is_shown = move |text: &str| division.shown() == text;

    if choices.len() > MOST_RADIO_BUTTONS {
        let options = choices.into_iter().map(|choice| {
            let (text, value) = (choice.text.clone(), choice.text);
            let initially = untrack(|| is_shown(&text));
            view! {
                <option value=value selected=initially prop:selected=move || is_shown(&text)>
                    {say.words(&choice.name)}
                </option>
            }
        });
        at_once(view! {
            <label class="select">
                <span>{say.say(&(Division::NAME)())}</span>
                <select name=VALUE autocomplete="off" on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </label>
        })
    } else {
        let options = choices.into_iter().map(|choice| {
            let (text, value) = (choice.text.clone(), choice.text);
            let initially = untrack(|| is_shown(&text));
            view! {
                <label class=format!("choice accent-{}", choice.accent)>
                    <input
                        type="radio"
                        name=VALUE
                        value=value
                        autocomplete="off"
                        checked=initially
                        prop:checked=move || is_shown(&text)
                        on:change:target=move |event| choose(event.target().value())
                    />
                    <span>{say.words(&choice.name)}</span>
                </label>
            }
        });
        at_once(view! {
            <fieldset>
                <legend>{say.say(&(Division::NAME)())}</legend>
                {options.collect_view()}
            </fieldset>
        })
    }
}
