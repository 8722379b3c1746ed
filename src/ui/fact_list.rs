//! The list of facts: named figures, each in a box of its own.

use super::{lacking, table::Cell};
use leptos::prelude::*;

/// The facts, and below them a note about what they lack.
pub fn fact_list(facts: Vec<(&'static str, Cell)>) -> impl IntoView {
    let note = lacking::collected(facts.iter().filter_map(|fact| fact.1.lacks())).map(|lacks| lacking::note(&lacks));
    let rows = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value.view()}</dd></div> });
    view! {
        <dl class="facts">{rows.collect_view()}</dl>
        {note}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_facts_lack_stands_at_them_and_below() {
        let html = |lacks| {
            let facts = vec![
                ("Cost", Cell::text("€5.00").lacking(lacks)),
                ("Hours", Cell::text("1.00 h")),
            ];
            fact_list(facts).to_html()
        };
        let marked = html(Some("2.50 h have no cost rate"));
        assert!(
            marked.contains(r#"<dd><span title="incomplete: 2.50 h have no cost rate" class="lacks">€5.00<span"#),
            "{marked}"
        );
        assert!(
            marked.contains("<dd>1.00 h</dd>") && marked.matches("incomplete data").count() == 1,
            "{marked}"
        );
        assert!(!html(None).contains("incomplete"));
    }
}
