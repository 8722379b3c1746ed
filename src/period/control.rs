//! The control for the period: a list of the usual ones, and two dates for any other.

use super::{FROM, Period, TO};
use crate::{
    days::Month,
    message::Message,
    messages::{setting, window},
    phrasebook::Say,
    sticky::{Setting, VALUE, refused::Refused, signal::Sticky, window::WindowOf},
    ui::{
        at_once::at_once,
        setting_control::SettingControl,
        setting_form::{ReturnTo, SettingForm, setting_action},
    },
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

impl SettingControl for Period {
    fn control(sticky: Sticky) -> AnyView {
        at_once(view! { <PeriodControl period=sticky/> })
    }
}

/// Which days the figures are for. Without JavaScript it is two forms with buttons of their own.
#[component]
fn PeriodControl(period: Sticky) -> impl IntoView {
    let WindowOf { address, user, .. } = expect_context();
    let say = Say::expect();
    let today = Memo::new(move |_| user.with(|user| user.today));
    let groups = move || {
        let today = today.get();
        let shown = period.shown_as::<Period>();
        let mut groups = usual(today);
        if groups.iter().all(|(_, periods)| !periods.contains(&shown)) {
            groups.insert(0, (setting::chosen(), vec![shown.clone()]));
        }
        groups
            .into_iter()
            .map(|(name, periods)| {
                let options = periods.into_iter().map(|choice| {
                    let is_shown = choice == shown;
                    view! {
                        <option value=choice.text() selected=is_shown prop:selected=is_shown>{say.words(&choice.name(today))}</option>
                    }
                });
                view! { <optgroup label=say.say(&name)>{options.collect_view()}</optgroup> }
            })
            .collect_view()
    };
    let choose = move |text: String| period.choose_text(&text);
    let (from, to) = (NodeRef::new(), NodeRef::new());
    let other_days = NodeRef::<leptos::html::Details>::new();
    let close = move || {
        if let Some(details) = other_days.get_untracked() {
            details.set_open(false);
        }
    };
    // Days that were sent without the program and can't be taken: the form is open, with what was typed.
    let refused = use_context::<Refused>().filter(|refused| refused.key == Period::KEY);
    let typed = |name| refused.as_ref().and_then(|refused| refused.fields.get(name).cloned());
    let typed = typed(FROM).zip(typed(TO));
    let why = refused
        .as_ref()
        .filter(|_| typed.is_some())
        .map(|refused| refused.why.clone());
    let (is_wrong, typed) = (typed.is_some(), RwSignal::new(typed));
    let described = is_wrong.then_some("wrong-days");
    // After a choice, or once a link was followed, the days' form must not cover the page.
    let whereabouts = Memo::new(move |_| (period.shown(), address.get()));
    Effect::new(move |before: Option<()>| {
        whereabouts.with(|_| ());
        if before.is_some() {
            typed.set(None);
            close();
        }
    });
    let days = move || period.shown_as::<Period>().days(today.get());
    let day_from = move || typed.get().map_or_else(|| days().from.to_string(), |typed| typed.0);
    let day_to = move || typed.get().map_or_else(|| days().to.to_string(), |typed| typed.1);
    // The fields are rendered with these; from then on their properties follow.
    let (first_from, first_to) = untrack(|| (day_from(), day_to()));
    let show_days = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let value =
            |input: NodeRef<leptos::html::Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        choose(format!("{}..{}", value(from), value(to)));
    };
    let control = at_once(view! {
        <label class="select">
            <span>{say.say(&(Period::NAME)())}</span>
            <select name=VALUE autocomplete="off" on:change:target=move |event| choose(event.target().value())>
                {groups}
            </select>
        </label>
    });
    view! {
        <div class="period">
            <SettingForm sticky=period control/>
            <details class="custom" node_ref=other_days open=is_wrong>
                <summary>{say.say(&setting::custom())}</summary>
                <form method="post" action=move || setting_action(period) autocomplete="off" on:submit=show_days>
                    <ReturnTo/>
                    <label>
                        <span>{say.say(&setting::from())}</span>
                        <input type="date" name=FROM required node_ref=from aria-describedby=described value=first_from prop:value=day_from/>
                    </label>
                    <label>
                        <span>{say.say(&setting::to())}</span>
                        <input type="date" name=TO required node_ref=to aria-describedby=described value=first_to prop:value=day_to/>
                    </label>
                    <button>{say.say(&window::apply())}</button>
                    {why.map(|why| view! { <p class="wrong" id="wrong-days" role="alert">{why}</p> })}
                </form>
            </details>
        </div>
    }
}

/// The periods that are offered on the day `today`, in groups.
fn usual(today: NaiveDate) -> Vec<(Message, Vec<Period>)> {
    let year = today.year();
    let months = std::iter::successors(Some(Month::of(today)), |month| Some(month.previous())).take(24);
    let quarter = today.month().div_ceil(3);
    let quarters = std::iter::successors(Some((year, quarter)), |(year, quarter)| {
        Some(if *quarter == 1 {
            (year - 1, 4)
        } else {
            (*year, quarter - 1)
        })
    })
    .take(8);
    vec![
        (
            setting::years(),
            vec![
                Period::YearToDate,
                Period::Year(year),
                Period::Year(year - 1),
                Period::Year(year - 2),
            ],
        ),
        (
            setting::quarters(),
            quarters.map(|(year, quarter)| Period::Quarter(year, quarter)).collect(),
        ),
        (setting::months(), months.map(Period::Month).collect()),
    ]
}
