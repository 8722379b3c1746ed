//! How key figures look: side by side, and below them what they lack.

use super::{cell, lacking};
use crate::{
    locale::Locale,
    messages,
    report::{Change, Rise, Tile, lacking::collected},
};
use leptos::prelude::*;
use std::cmp::Ordering;

pub(super) fn tiles(tiles: &[Tile], locale: &Locale) -> impl IntoView + use<> {
    let of_changes = tiles.iter().filter_map(|tile| tile.change.as_ref()?.lacks.as_ref());
    let lacks = collected(tiles.iter().filter_map(|tile| tile.value.lacks()).chain(of_changes));
    view! {
        <dl class="tiles">{tiles.iter().map(|one| tile(one, locale)).collect_view()}</dl>
        {lacks.map(|lacks| lacking::note(&lacks, locale))}
    }
}

fn tile(tile: &Tile, locale: &Locale) -> impl IntoView + use<> {
    let class = if tile.value.is_negative() {
        "value negative"
    } else {
        "value"
    };
    // By its id the keyboard focus is restored when the figures are replaced.
    let id = format!("formula-{}", tile.name);
    let formula = tile.formula.as_ref().map(|formula| {
        view! {
            <dd class="formula">
                <details>
                    <summary id=id>{locale.say(&messages::page::how_it_is_calculated())}</summary>
                    <p>{locale.say(formula)}</p>
                </details>
            </dd>
        }
    });
    view! {
        <div class="tile">
            <dt>{locale.say(&tile.label)}</dt>
            <dd class=class>{cell::content(&tile.value, locale)}</dd>
            {tile.change.as_ref().map(|one| change(one, locale))}
            {formula}
        </div>
    }
}

fn change(change: &Change, locale: &Locale) -> impl IntoView + use<> {
    let arrow = match change.direction {
        Ordering::Greater => "up",
        Ordering::Less => "down",
        Ordering::Equal => "same",
    };
    let (effect, words) = match (change.rise, change.direction) {
        (Rise::Neutral, _) | (_, Ordering::Equal) => ("", None),
        (Rise::Good, Ordering::Greater) | (Rise::Bad, Ordering::Less) => (" good", Some(messages::figure::better())),
        (Rise::Good, Ordering::Less) | (Rise::Bad, Ordering::Greater) => (" bad", Some(messages::figure::worse())),
    };
    let words = words.map(|words| format!(", {}", locale.say(&words)));
    let words = words.map(|words| view! { <span class="visually-hidden">{words}</span> });
    let class = format!("change {arrow}{effect}");
    let text = locale.say(&change.words);
    match &change.lacks {
        Some(lacks) => view! {
            <dd class=class>
                <span class="lacks" title=lacking::incomplete(lacks, locale)>
                    {text}{words}{lacking::mark(lacks, locale)}
                </span>
            </dd>
        }
        .into_any(),
        None => view! { <dd class=class>{text}{words}</dd> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{message::Value, money::Money, report::Cell};

    #[test]
    fn a_rise_of_costs_is_worse_and_a_rise_of_revenue_better() {
        let html = |tenths: i64, rise| {
            let by = Change::of_money(Money(1_000 + tenths), Money(1_000), rise, &Value::text("Oct 2026"));
            change(&by, &Locale::default()).to_html()
        };
        assert!(html(42, Rise::Good).contains("+4.2\u{a0}% vs Oct 2026"));
        assert!(html(42, Rise::Good).contains("better") && html(-42, Rise::Bad).contains("better"));
        assert!(html(42, Rise::Bad).contains("worse") && html(-42, Rise::Good).contains("worse"));
        assert!(!html(42, Rise::Neutral).contains("hidden") && !html(0, Rise::Good).contains("hidden"));
    }

    #[test]
    fn a_change_reads_as_its_figures_allow() {
        let before = Value::text("2025");
        let said = |change: Change| Locale::default().say(&change.words);
        let of_money = |value, was| said(Change::of_money(Money(value), Money(was), Rise::Good, &before));
        assert_eq!(of_money(999_999, 1_000_000), "0.0\u{a0}% vs 2025");
        assert_eq!(of_money(500, 0), "+€5.00 vs 2025");
        assert_eq!(of_money(-700, -500), "-€2.00 vs 2025");
        let share = |part| Money(part).share_of(Money(100_000));
        assert_eq!(
            said(Change::of_share(share(33_350), share(33_349), &before)),
            "0.0\u{a0}pp vs 2025"
        );
        assert!(said(Change::of_share(None, share(1), &before)).contains("nothing to compare"));
    }

    #[test]
    fn what_a_tile_lacks_stands_at_it_and_below_all() {
        let lacks = Value::text("2.50 h have no cost rate");
        let tile = |name, label, cents, lacks| Tile {
            name,
            label,
            value: Cell::of(Money(cents)).lacking(lacks),
            change: None,
            formula: None,
        };
        let html = tiles(
            &[
                tile("margin", messages::figure::cost(), -5, Some(&lacks)),
                tile("revenue", messages::figure::revenue(), 5, None),
            ],
            &Locale::default(),
        )
        .to_html();
        assert!(
            html.contains(
                r#"<dd class="value negative"><span title="incomplete: 2.50 h have no cost rate" class="lacks">"#
            ),
            "{html}"
        );
        assert!(html.contains(r#"<dd class="value">€0.05</dd>"#), "{html}");
        assert!(
            html.split_once("</dl>")
                .unwrap()
                .1
                .contains("incomplete data: 2.50 h have no cost rate."),
            "{html}"
        );
    }
}
