//! The figures of a view, as they cross the wire: rendered, and named by the scope they are for.
//!
//! A view's figures are rendered on the server alone, once per scope and data revision, and shown as they are. So
//! what hydration finds is what the server sent, the browser needs no code for tables and charts, and the same
//! answer serves everyone who may see the same rows.

#![allow(
    missing_docs,
    reason = "the server macro makes a struct of the arguments, which the function's docs explain"
)]

pub mod ahead;

use crate::{error::AppError, live::Newest};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What a view's figures are figures of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The view: the path and the query of its page.
    pub address: String,
    /// The division's text, see [`crate::division::Division`].
    pub division: String,
    /// The period's text, see [`crate::period::Period`].
    pub period: String,
}

/// A view's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// What they are figures of.
    pub scope: Scope,
    /// The title of the view's page.
    pub title: String,
    /// The rendered view.
    pub html: String,
    /// What a window that asks for them should know as well: every answer heals what a lost message left old.
    pub newest: Newest,
}

/// The figures of the view at `address` for a division and a period, whatever is stored for this person.
///
/// # Errors
/// Nobody logged in; an address, a division or a period that doesn't exist or that this person may not see.
#[server(prefix = "/api", endpoint = "figures", input = GetUrl)]
pub async fn fetch(address: String, division: String, period: String) -> Result<Figures, AppError> {
    use crate::{server::visitor::Visitor, views};
    let visitor = Visitor::of_request()?;
    views::figures(
        &visitor,
        Scope {
            address,
            division,
            period,
        },
    )
    .await
}
