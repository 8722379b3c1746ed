//! What the log says about a request: its name, its method and the pattern of its route. Not its address, which holds
//! the short names of divisions and search texts.

use super::request_id::RequestId;
use axum::{
    extract::MatchedPath,
    http::{Method, Request, Response},
};
use std::time::Duration;
use tower_http::{
    classify::{ServerErrorsAsFailures, ServerErrorsFailureClass, SharedClassifier},
    trace::{MakeSpan, OnFailure, OnResponse, TraceLayer},
};
use tracing::Span;

/// The target that asks for a line per request (`RUST_LOG=control_maniac::request=info`).
pub const TARGET: &str = "control_maniac::request";

/// The layer that gives each request its span, also while its answer's body is made.
pub type RequestLog = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, Lines, (), Lines, (), (), Lines>;

/// See [`RequestLog`].
pub fn layer() -> RequestLog {
    TraceLayer::new_for_http()
        .make_span_with(Lines)
        .on_request(())
        .on_response(Lines)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(Lines)
}

/// Writes them.
#[derive(Clone, Copy, Debug)]
pub struct Lines;

impl<B> MakeSpan<B> for Lines {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let id = request.extensions().get::<RequestId>().map(tracing::field::display);
        // Everything that is logged for a request is logged with it, so its level is the highest.
        tracing::error_span!(target: TARGET, "request", id, method = %method(request.method()), route = route(request).map(tracing::field::display))
    }
}

impl<B> OnResponse<B> for Lines {
    fn on_response(self, response: &Response<B>, latency: Duration, _: &Span) {
        let milliseconds = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(target: TARGET, status = response.status().as_u16(), milliseconds, "answered");
    }
}

impl OnFailure<ServerErrorsFailureClass> for Lines {
    fn on_failure(&mut self, failure: ServerErrorsFailureClass, _: Duration, _: &Span) {
        match failure {
            ServerErrorsFailureClass::StatusCode(status) => {
                tracing::error!(target: TARGET, status = status.as_u16(), "answered with an error");
            }
            ServerErrorsFailureClass::Error(error) => {
                tracing::error!(target: TARGET, error, "an answer could not be sent whole");
            }
        }
    }
}

/// Anybody can make up a method.
fn method(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => {
            method.as_str()
        }
        _ => "another",
    }
}

/// The pattern of the route, with the name of the server function if it is one's; nothing if there is no such route.
fn route<B>(request: &Request<B>) -> Option<&str> {
    let path = request.uri().path();
    let is_function = leptos::server_fn::axum::server_fn_paths().any(|(known, _)| known == path);
    if is_function {
        return Some(path);
    }
    request.extensions().get::<MatchedPath>().map(MatchedPath::as_str)
}
