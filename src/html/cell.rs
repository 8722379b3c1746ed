//! How the content of a cell looks.

#![expect(clippy::float_arithmetic, reason = "it is drawn")]

use super::lacking;
use crate::{
    locale::Locale,
    message::{Message, Value},
    messages,
    money::Burn,
    report::{Align, Cell},
};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The part of a budget at which a burn bar ends, so that what is over budget has some room to show.
const BAR_END: f64 = 1.25;

/// The content of the cell without the cell itself: tiles and facts show the same.
pub(super) fn content(cell: &Cell, locale: &Locale) -> AnyView {
    shown(cell, &|value| locale.words(value), locale)
}

/// The same in a table. Its style keeps figures on one line, so they need no fixed spaces, with which a spreadsheet takes
/// a copied number for a text.
pub(super) fn content_in_table(cell: &Cell, locale: &Locale) -> AnyView {
    shown(cell, &|value| copied(value, locale), locale)
}

/// `value` as a spreadsheet reads it when it is copied.
fn copied(value: &Value, locale: &Locale) -> String {
    let words = locale.words(value);
    match value {
        Value::Text(_) | Value::Message(_) | Value::Joined(..) => words,
        _ => words.replace('\u{a0}', " "),
    }
}

fn shown(cell: &Cell, words: &dyn Fn(&Value) -> String, locale: &Locale) -> AnyView {
    match cell {
        Cell::Value(value) => words(value).into_any(),
        Cell::Link { value, href } => view! { <a href=href.clone()>{words(value)}</a> }.into_any(),
        Cell::Burn(used) => burn_bar(*used, words(&Value::Burn(*used)), None, locale).into_any(),
        Cell::Division {
            accent,
            name,
            archived_since,
            beside,
            href,
        } => {
            let badge = view! { <span class=format!("badge accent-{accent}")>{locale.words(name)}</span> };
            let badge = match href {
                Some(href) => view! { <a href=href.clone()>{badge}</a> }.into_any(),
                None => badge.into_any(),
            };
            let beside = beside.as_ref().map(|words| format!(" {}", locale.say(words)));
            view! {
                {badge}
                {archived_since.map(|since| archived(since, locale))}
                {beside.map(|words| view! { <span class="beside">{words}</span> })}
            }
            .into_any()
        }
        Cell::Blank => "".into_any(),
        Cell::Nothing => view! {
            <span class="none" aria-hidden="true">"–"</span>
            <span class="visually-hidden">{locale.say(&messages::figure::none())}</span>
        }
        .into_any(),
        Cell::Missing(because) => dash(because, locale).into_any(),
        Cell::Lacking { figure, lacks } => {
            let mark = lacking::mark(lacks, locale);
            let figure = match &**figure {
                // Beside the words, not below the bar.
                Cell::Burn(used) => {
                    burn_bar(*used, words(&Value::Burn(*used)), Some(mark.into_any()), locale).into_any()
                }
                figure => view! { {shown(figure, words, locale)} {mark} }.into_any(),
            };
            view! { <span class="lacks" title=lacking::incomplete(lacks, locale)>{figure}</span> }.into_any()
        }
        Cell::Figure { figure, opening } => {
            view! { <a class="opens" href=opening.href.clone()>{shown(figure, words, locale)}</a> }.into_any()
        }
        Cell::Calculated { figure, .. } => shown(figure, words, locale),
    }
}

/// The class of the table cell, in a column aligned like `align`.
pub(super) fn class(cell: &Cell, align: Align) -> &'static str {
    match cell {
        Cell::Value(value) if value.is_negative() => "figure negative",
        Cell::Burn(_) => "burn",
        Cell::Lacking { figure, .. } | Cell::Figure { figure, .. } | Cell::Calculated { figure, .. } => {
            class(figure, align)
        }
        _ => aligned(align),
    }
}

/// The class of a cell of a column that is aligned like `align`.
pub(super) fn aligned(align: Align) -> &'static str {
    match align {
        Align::Text => "text",
        Align::Figure => "figure",
    }
}

/// A dash that says why there is no figure.
fn dash(because: &Message, locale: &Locale) -> impl IntoView + use<> {
    let reason = locale.say(because);
    view! {
        <span class="none" title=reason.clone() aria-hidden="true">"–"</span>
        <span class="visually-hidden">{reason}</span>
    }
}

/// Beside a division's name: that it is archived, and since when.
fn archived(since: NaiveDate, locale: &Locale) -> impl IntoView + use<> {
    let whole = locale.say(&messages::figure::archived_since(since));
    let since = locale.say(&messages::figure::since(since));
    view! {
        <span class="archived" title=whole>
            {format!(" ({}", locale.say(&messages::figure::archived()))}
            <span class="visually-hidden since">{format!(" {since}")}</span> ")"
        </span>
    }
}

/// A bar whose mark at four fifths of its length stands for the whole budget, beside `label`.
fn burn_bar(used: Burn, label: String, mark: Option<AnyView>, locale: &Locale) -> impl IntoView + use<> {
    let (class, words) = match used {
        used if used.is_over() => ("meter over", Some(messages::figure::over_budget())),
        used if used.is_near() => ("meter near", Some(messages::figure::near_budget())),
        _ => ("meter", None),
    };
    let length = |part: f64| format!("{:.1}%", part.clamp(0.0, BAR_END) * 100.0 / BAR_END);
    let drawn = match used {
        Burn::Of(part) => part.drawn(),
        Burn::OfNothing => BAR_END,
    };
    let words = words.map(|words| format!(", {}", locale.say(&words)));
    let words = words.map(|words| view! { <span class="visually-hidden">{words}</span> });
    let label = match mark {
        Some(mark) => view! { {label} {mark} }.into_any(),
        None => label.into_any(),
    };
    view! {
        <span class=class>
            <svg aria-hidden="true" focusable="false">
                <rect class="track" width=length(1.0) height="100%"></rect>
                <rect class="used" width=length(drawn) height="100%"></rect>
                <rect class="mark" x=length(1.0) width="2" height="100%"></rect>
            </svg>
            <span class="label">{label}{words}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    fn html(cell: &Cell) -> String {
        content(cell, &Locale::default()).to_html()
    }

    #[test]
    fn a_burn_bar_is_marked_from_80_per_cent_on_and_over_100_exactly() {
        let html = |spent| html(&Cell::burn(Some(Money(spent).burn_of(Money(100_000)))));
        // Shown as 80.0 %, but less than that.
        assert!(html(79_958).contains("80.0\u{a0}%") && !html(79_958).contains("budget"));
        assert!(html(80_000).contains("near budget") && html(100_000).contains("near budget"));
        assert!(html(100_001).contains("over budget") && html(999_900).contains(r#"width="100.0%""#));
        assert!(
            html(-1).contains(r#"width="0.0%" height="100%" class="used""#)
                && html(50_000).contains(r#"width="40.0%" height="100%" class="used""#)
        );
    }

    #[test]
    fn a_budget_of_zero_is_over_by_the_first_cent() {
        let html = |spent| html(&Cell::burn(Some(Money(spent).burn_of(Money(0)))));
        assert!(
            html(0).contains("0.0\u{a0}%") && !html(0).contains("budget"),
            "{}",
            html(0)
        );
        let over = html(1);
        assert!(
            over.contains("budget is 0")
                && over.contains("over budget")
                && over.contains(r#"width="100.0%" height="100%" class="used""#)
        );
        assert!(!over.contains("inf") && !over.contains("NaN"), "{over}");
    }

    #[test]
    fn a_dash_says_why_there_is_no_figure() {
        let no_revenue = messages::figure::no_revenue;
        let withheld = Locale::default().say(&messages::figure::withheld());
        for (cell, reason) in [
            (Cell::money_unless_withheld(None), withheld.as_str()),
            (Cell::share(Money(5).share_of(Money(0)), no_revenue()), "no revenue"),
            (Cell::share(Money(5).share_of(Money(-1)), no_revenue()), "no revenue"),
            (Cell::burn(None), "no budget"),
        ] {
            let html = html(&cell);
            assert!(html.contains('–') && html.matches(reason).count() == 2, "{html}");
            assert!(html.contains(&format!(r#"title="{reason}""#)), "{html}");
        }
    }

    #[test]
    fn a_figure_says_what_it_lacks() {
        let lacks = Value::text("312.50 h have no cost rate");
        let cell = Cell::of(Money(-500)).lacking(Some(&lacks));
        assert_eq!(class(&cell, Align::Figure), "figure negative");
        let html_of = html(&cell);
        assert!(
            html_of.contains(r#"title="incomplete: 312.50 h have no cost rate""#),
            "{html_of}"
        );
        assert!(
            html_of.contains(r#"<span aria-hidden="true" class="asterisk">*</span>"#),
            "{html_of}"
        );
        assert!(
            html_of
                .contains("<span class=\"visually-hidden missing\"> (incomplete: 312.50 h have no cost rate)</span>"),
            "{html_of}"
        );
        let burn = Cell::burn(Some(Money(1).burn_of(Money(2)))).lacking(Some(&lacks));
        assert_eq!(class(&burn, Align::Text), "burn");
        let burn = html(&burn);
        let label = burn.split_once(r#"class="label""#).unwrap().1;
        assert!(label.contains(r#"class="asterisk">*</span>"#), "{label}");
    }
    #[test]
    fn an_archived_division_says_so_and_since_when() {
        let division = |archived_since| {
            html(&Cell::Division {
                accent: "rose".to_owned(),
                name: Value::text("Print"),
                archived_since,
                beside: None,
                href: None,
            })
        };
        let archived = division(NaiveDate::from_ymd_opt(2026, 3, 1));
        assert!(
            archived.contains(r#"<span class="badge accent-rose">Print</span>"#),
            "{archived}"
        );
        assert!(
            archived.contains(r#"title="archived since 1 Mar 2026""#) && archived.contains("(archived"),
            "{archived}"
        );
        assert!(!division(None).contains("archived"));
    }
}
