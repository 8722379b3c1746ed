//! What stands around the figures of every page. Nothing here knows a feature.

pub mod at_once;
pub mod failure;
pub mod nav;
pub mod notice;
pub mod page_size;
#[cfg(feature = "ssr")]
pub mod paging;
pub mod panel;
pub mod pinned;
pub mod setting_control;
pub mod setting_form;
pub mod setting_select;
