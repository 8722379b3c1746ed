//! What the list of projects can be narrowed to, and which columns it can have.

use super::{
    by_month::Spans,
    list_query::{ListQuery, Monthly, Movement},
    state::State,
};
use crate::{
    message::Message,
    messages::{figure, projects},
    report::{Chip, Choice, Filters, Way},
    view::RenderContext,
};

/// The filters of the list that `query` asks for, and the ways to others.
pub(super) fn filters(query: &ListQuery, context: &RenderContext, spans: &Spans) -> Filters {
    let link = |address: String| context.link(&address);
    let (mut chips, mut ways) = (Vec::new(), Vec::new());
    match query.movement {
        Movement::Only => chips.push(Chip {
            words: projects::with_movement().into(),
            without: link(query.with_movement(Movement::Any)),
        }),
        Movement::Any => ways.push(Way {
            words: projects::with_movement().into(),
            href: link(query.with_movement(Movement::Only)),
            is_current: false,
        }),
    }
    for state in State::ALL {
        if query.state == Some(state) {
            chips.push(Chip {
                words: name(state).into(),
                without: link(query.with_state(None)),
            });
        } else {
            ways.push(Way {
                words: name(state).into(),
                href: link(query.with_state(Some(state))),
                is_current: false,
            });
        }
    }
    let columns = std::iter::once(None).chain(Monthly::ALL.map(Some));
    let columns = columns.map(|of| Way {
        words: match of {
            None => projects::all_figures().into(),
            Some(of) => spans.name(of.measure(&context.scope)).into(),
        },
        href: link(query.with_months(of)),
        is_current: query.monthly() == of,
    });
    Filters {
        chips,
        choices: vec![
            Choice {
                name: projects::only(),
                ways,
            },
            Choice {
                name: projects::columns(),
                ways: columns.collect(),
            },
        ],
    }
}

fn name(state: State) -> Message {
    match state {
        State::Open => projects::open(),
        State::Finished => projects::finished(),
        State::Archived => figure::archived(),
    }
}
