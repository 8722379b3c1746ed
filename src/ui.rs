//! The parts that every view is made of. Nothing here knows a feature.
//!
//! The first group runs in the browser as well; the second is rendered on the server alone, as part of a view's
//! figures.

pub mod failure;
pub mod nav;
pub mod notice;
pub mod page_size;
pub mod panel;
pub mod pinned;
pub mod setting_control;
pub mod setting_form;

#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod fact_list;
#[cfg(feature = "ssr")]
mod lacking;
#[cfg(feature = "ssr")]
pub mod pager;
#[cfg(feature = "ssr")]
pub mod paging;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub mod tile;
