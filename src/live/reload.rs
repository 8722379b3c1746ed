//! Loads the page anew if it can't go on by itself: at once the first time, then after longer and longer pauses.

use leptos::prelude::*;
use std::time::Duration;

/// Where this window's documents keep when the last reload was, and how many there were lately.
const KEY: &str = "reloads";

/// A reload longer ago than this counts as successful, in milliseconds.
const QUIET: u64 = 60_000;

/// The pause before the second, and the longest, in milliseconds.
const FIRST: u64 = 500;
const LAST: u64 = 30_000;

/// Loads the page anew.
pub fn reload() {
    let storage = window().session_storage().ok().flatten();
    let kept = storage.as_ref().and_then(|storage| storage.get_item(KEY).ok()?);
    let (at, times) = kept
        .as_deref()
        .and_then(|kept| kept.split_once(' '))
        .and_then(|(at, times)| Some((at.parse::<u64>().ok()?, times.parse::<u64>().ok()?)))
        .unwrap_or_default();
    let now = js_sys::Date::now() as u64;
    let times = if now.saturating_sub(at) > QUIET { 0 } else { times };
    let pause = match times {
        0 => 0,
        _ => (FIRST << (times - 1).min(10)).min(LAST),
    };
    if let Some(storage) = storage {
        // A browser that stores nothing forgets how many there were.
        drop(storage.set_item(KEY, &format!("{} {}", now + pause, times + 1)));
    }
    // If a browser refuses to load the page anew, it stays as it is.
    set_timeout(|| drop(window().location().reload()), Duration::from_millis(pause));
}
