//! How a setting looks: its control, and where that stands.

use crate::sticky::{Setting, signal::Sticky};
use leptos::prelude::*;

/// Where a control stands on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the bar at the top.
    Bar,
    /// Below the figures, for settings that are seldom changed.
    Foot,
}

/// A setting with its control.
pub trait SettingControl: Setting {
    /// Where the control stands.
    const PLACE: Place = Place::Bar;

    /// The control for the setting of a window: usually a [`super::setting_form::SettingForm`]. It is rendered on the
    /// server and taken over by the browser.
    fn control(sticky: Sticky) -> AnyView;
}
