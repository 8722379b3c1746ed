//! The files of the site: nothing but files, and only files that were found are kept by a browser.

use super::{app_state::AppState, site::Site};
use crate::error::AppError;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::services::{ServeDir, fs::DefaultServeDirFallback};

/// No file's name is longer, in bytes: together with the ending of its compressed form, systems allow 255.
const LONGEST_NAME: usize = 200;

/// No file's path in its folder is longer; systems allow 4,096 with the folder's own.
const LONGEST_PATH: usize = 1_024;

/// The files below `path` of the site, as the build compressed them if a browser accepts that.
pub fn below(site: &Site, path: &str) -> ServeDir<DefaultServeDirFallback, Site> {
    ServeDir::with_backend(path, site.clone())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Says how long a file of the build may be kept, if it is one.
pub async fn of_the_build(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_too_long = path.len() > LONGEST_PATH || path.split('/').any(|name| name.len() > LONGEST_NAME);
    if is_too_long || path.ends_with('/') {
        return AppError::not_found(crate::messages::error::no_file()).into_response();
    }
    // A range that says nothing is ignored (RFC 9110, 14.2); only one that a file doesn't have is an error.
    if request
        .headers()
        .get(header::RANGE)
        .is_some_and(|range| !is_range(range))
    {
        request.headers_mut().remove(header::RANGE);
    }
    let mut response = next.run(request).await;
    // A cache on the way to a browser may give its copy only to those that accept the same compression.
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let kept = if state.site.has_hashed_names() {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    response
}

/// Whether it names one part of a file: `bytes=0-99`, `bytes=100-` or `bytes=-100`.
fn is_range(range: &HeaderValue) -> bool {
    let text = range.to_str().unwrap_or_default().trim();
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|part| part.split_once('-')) else {
        return false;
    };
    let place = |text: &str| -> Option<Option<u64>> {
        match text.is_empty() {
            true => Some(None),
            false if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok().map(Some),
            false => None,
        }
    };
    match (place(first), place(last)) {
        (Some(first), Some(last)) => first.is_some() || last.is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_part_is_no_range() {
        let is = |text: &'static str| is_range(&HeaderValue::from_static(text));
        for part in [
            "bytes=0-5",
            "bytes=5-",
            "bytes=-5",
            "bytes=99999999-",
            "bytes=7-7",
            "bytes=5-2",
        ] {
            assert!(is(part), "{part}");
        }
        for none in [
            "items=0-5",
            "bytes=abc",
            "bytes=",
            "bytes=-",
            "bytes=0-1,3-4",
            "bytes=0-99999999999999999999",
        ] {
            assert!(!is(none), "{none}");
        }
    }
}
