//! What the server hands a page, for rendering and for hydration alike.

use crate::{error::AppError, figures::Scope, person::Person, settings::Settings};
use serde::{Deserialize, Serialize};

/// Everything a page knows before its first request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// Who is logged in.
    pub person: Person,
    /// Their settings.
    pub settings: Settings,
    /// What had to be changed about the settings, in words for the person.
    pub mended: Vec<String>,
    /// What the figures on the page are figures of.
    pub scope: Scope,
    /// Why there are none, if there are none.
    pub problem: Option<AppError>,
}
