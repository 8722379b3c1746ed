//! The files of the site: nothing but files, and only what was found is kept by a browser.

use super::state::AppState;
use crate::error::AppError;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::services::ServeDir;

/// No file's name is longer, in bytes: with what is appended to it where it is compressed, systems take 255.
const LONGEST_NAME: usize = 200;

/// Nor is a file's path in its folder; systems take 4,096 with the folder's own.
const LONGEST_PATH: usize = 1_024;

/// The files in `folder`, as they were compressed by the build where a browser takes that.
pub fn in_folder(folder: &str) -> ServeDir {
    ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// Says how long a file of the build may be kept, if it is one.
pub async fn of_the_build(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_too_long = path.len() > LONGEST_PATH || path.split('/').any(|name| name.len() > LONGEST_NAME);
    if is_too_long || path.ends_with('/') {
        return AppError::not_found("There is no such file.").into_response();
    }
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let kept = if state.leptos.hash_files {
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
