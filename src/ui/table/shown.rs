//! How the content of a cell looks.

#![expect(clippy::float_arithmetic, reason = "it is drawn")]

use super::cell::{Cell, WITHHELD};
use crate::{money::Burn, period::Days, ui::lacking};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The part of a budget at which a burn bar ends, so that what is over budget has some room to show.
const BAR_END: f64 = 1.25;
impl Cell {
    /// The content of the cell without the cell itself: tiles and lists show the same.
    pub fn view(self) -> AnyView {
        match self {
            Self::Text(text) | Self::Figure { text, .. } => text.into_any(),
            Self::Link { text, href } => view! { <a href=href>{text}</a> }.into_any(),
            Self::Burn { used, label } => burn_bar(used, label.into_any()).into_any(),
            Self::Division {
                accent,
                name,
                archived_since,
                beside,
            } => {
                let beside = beside.map(|words| view! { <span class="beside">{format!(" {words}")}</span> });
                view! {
                    <span class=format!("badge accent-{accent}")>{name}</span>
                    {archived_since.map(archived)}
                    {beside}
                }
                .into_any()
            }
            Self::Empty => view! {
                <span class="none" aria-hidden="true">"–"</span>
                <span class="visually-hidden">"none"</span>
            }
            .into_any(),
            Self::Nothing(reason) => dash(reason).into_any(),
            Self::Withheld => dash(WITHHELD.to_owned()).into_any(),
            Self::Lacking { figure, lacks } => {
                let mark = lacking::mark(&lacks);
                let shown = match *figure {
                    // Beside the words, not below the bar.
                    Self::Burn { used, label } => burn_bar(used, view! { {label} {mark} }.into_any()).into_any(),
                    figure => view! { {figure.view()} {mark} }.into_any(),
                };
                view! { <span class="lacks" title=lacking::incomplete(&lacks)>{shown}</span> }.into_any()
            }
        }
    }
}

/// A dash that says why there is no figure.
fn dash(reason: String) -> impl IntoView {
    view! {
        <span class="none" title=reason.clone() aria-hidden="true">"–"</span>
        <span class="visually-hidden">{reason}</span>
    }
}

/// Beside a division's name: that it is archived, and since when.
fn archived(since: NaiveDate) -> impl IntoView {
    let day = Days { from: since, to: since }.name();
    view! {
        <span class="archived" title=format!("archived since {day}")>
            " (archived" <span class="visually-hidden since">{format!(" since {day}")}</span> ")"
        </span>
    }
}

/// A bar whose mark at four fifths of its length stands for the whole budget.
fn burn_bar(used: Burn, label: AnyView) -> impl IntoView {
    let (class, words) = match used {
        used if used.is_over() => ("meter over", Some(", over budget")),
        used if used.is_near() => ("meter near", Some(", near budget")),
        _ => ("meter", None),
    };
    let length = |part: f64| format!("{:.1}%", part.clamp(0.0, BAR_END) * 100.0 / BAR_END);
    let drawn = match used {
        Burn::Of(part) => part.drawn(),
        Burn::OfNothing => BAR_END,
    };
    let words = words.map(|words| view! { <span class="visually-hidden">{words}</span> });
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
    use super::{super::Align, *};
    use crate::money::{Money, NumberFormat};

    const FORMAT: NumberFormat = NumberFormat::CommaDecimal;

    #[test]
    fn a_burn_bar_is_marked_from_80_per_cent_on_and_over_100_exactly() {
        let html = |spent| {
            Cell::burn(Some(Money(spent).burn_of(Money(100_000))), FORMAT)
                .view()
                .to_html()
        };
        // Shown as 80.0 %, but less than that.
        assert!(html(79_958).contains("80,0\u{a0}%") && !html(79_958).contains("budget"));
        assert!(html(80_000).contains("near budget") && html(100_000).contains("near budget"));
        assert!(html(100_001).contains("over budget") && html(999_900).contains(r#"width="100.0%""#));
        assert!(
            html(-1).contains(r#"width="0.0%" height="100%" class="used""#)
                && html(50_000).contains(r#"width="40.0%" height="100%" class="used""#)
        );
    }

    #[test]
    fn a_budget_of_zero_is_over_by_the_first_cent() {
        let html = |spent| {
            Cell::burn(Some(Money(spent).burn_of(Money(0))), FORMAT)
                .view()
                .to_html()
        };
        assert!(
            html(0).contains("0,0\u{a0}%") && !html(0).contains("budget"),
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
        for (cell, reason) in [
            (Cell::money_unless_withheld(None, FORMAT), WITHHELD),
            (
                Cell::share(Money(5).share_of(Money(0)), "no revenue", FORMAT),
                "no revenue",
            ),
            (
                Cell::share(Money(5).share_of(Money(-1)), "no revenue", FORMAT),
                "no revenue",
            ),
            (Cell::burn(None, FORMAT), "no budget"),
            (Cell::nothing("no hours"), "no hours"),
        ] {
            let html = cell.view().to_html();
            assert!(html.contains('–') && html.matches(reason).count() == 2, "{html}");
            assert!(html.contains(&format!(r#"title="{reason}""#)), "{html}");
        }
    }

    #[test]
    fn a_figure_says_what_it_lacks() {
        let lacks = Some("312.50 h have no cost rate");
        let cell = Cell::money(Money(-500), FORMAT).lacking(lacks);
        assert_eq!(cell.class(Align::Figure), "figure negative");
        let html = cell.view().to_html();
        assert!(
            html.contains(r#"title="incomplete: 312.50 h have no cost rate""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<span aria-hidden="true" class="asterisk">*</span>"#),
            "{html}"
        );
        assert!(
            html.contains("<span class=\"visually-hidden missing\"> (incomplete: 312.50 h have no cost rate)</span>"),
            "{html}"
        );

        let burn = Cell::burn(Some(Money(1).burn_of(Money(2))), FORMAT).lacking(lacks);
        assert_eq!(burn.class(Align::Text), "burn");
        let label = burn
            .view()
            .to_html()
            .split_once(r#"class="label""#)
            .unwrap()
            .1
            .to_owned();
        assert!(label.contains(r#"class="asterisk">*</span>"#), "{label}");

        let two = Cell::money(Money(1), FORMAT)
            .lacking(lacks)
            .lacking(None)
            .lacking(Some("no key"));
        assert_eq!(two.lacks(), Some("312.50 h have no cost rate; no key"));
        assert_eq!(Cell::Withheld.lacking(lacks).lacks(), None);
        assert_eq!(Cell::money(Money(1), FORMAT).lacking(None).lacks(), None);
    }

    #[test]
    fn an_archived_division_says_so_and_since_when() {
        let since = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let html = Cell::archived_division("Print", "rose", since).view().to_html();
        assert!(
            html.contains(r#"<span class="badge accent-rose">Print</span>"#),
            "{html}"
        );
        assert!(
            html.contains(r#"title="archived since 1 Mar 2026""#) && html.contains("(archived"),
            "{html}"
        );
        assert!(!Cell::division("Web", "blue").view().to_html().contains("archived"));
    }
}
