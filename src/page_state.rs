//! The state that the server hands a page, for both rendering and hydration.

use crate::{error::AppError, figures::Selection, live::Snapshot, phrasebook::Phrasebook, sticky::refused::Refused};
use serde::{Deserialize, Serialize};

/// Everything a page knows before its first request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageState {
    /// Who is logged in, their settings, and what the figures rest on.
    pub snapshot: Snapshot,
    /// What the browser says by itself, in the language of the page.
    pub phrasebook: Phrasebook,
    /// What had to be changed about the settings or the address, in words for the person.
    pub mended: Vec<String>,
    /// What a form sent and could not be taken, if the page is the answer to that.
    pub refused: Option<Refused>,
    /// The selection of the figures on the page; its address is the page's, mended if it pinned something impossible.
    pub selection: Selection,
    /// Why there are none, if there are none.
    pub problem: Option<AppError>,
}
