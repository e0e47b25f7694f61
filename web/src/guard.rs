//! What every answer passes on its way out: limits, headers, compression.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any as AnyOrigin, CorsLayer};

use crate::error::ApiError;
use crate::service::Service;

/// How long one question may take.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// No address takes a body, and none is read; one that is announced to be larger than this is refused at once.
const BODY_BYTES: u64 = 16 * 1024;

/// Only our own style sheet and script, no inline code, no frame, no form to elsewhere.
///
/// A scanned text is shown as text; should a mistake ever let markup through, this keeps it dead.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Puts the limits and headers around all addresses.
pub(crate) fn guarded(router: Router<Service>) -> Router<Service> {
    router
        .layer(from_fn(within_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(without_body))
        .layer(CompressionLayer::new())
        .layer(from_fn(with_headers))
}

/// Lets pages of other origins read the API; there are no cookies that could be misused.
pub(crate) fn open_to_other_origins() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers([ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE])
        .max_age(Duration::from_secs(24 * 60 * 60))
}

async fn within_time(request: Request, next: Next) -> Response<Body> {
    match tokio::time::timeout(ANSWER_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::Slow {
            seconds: ANSWER_TIME.as_secs(),
        }
        .into_response(),
    }
}

async fn without_body(request: Request, next: Next) -> Response<Body> {
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(bytes) if bytes > BODY_BYTES => ApiError::Body {
            limit_bytes: BODY_BYTES,
        }
        .into_response(),
        _ => next.run(request).await,
    }
}

async fn with_headers(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    add_headers(response.headers_mut());
    response
}

fn add_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // The index may change at any moment: ask again, unless an answer says otherwise of itself.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = said, "an answer crashed");
    ApiError::Crashed.into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use tower::Layer;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_as_a_problem() {
        let crashing = tower::service_fn(|_: Request| async {
            let nothing: Vec<Response<Body>> = Vec::new();
            Ok::<_, std::convert::Infallible>(nothing.into_iter().next().expect("a mistake of ours"))
        });
        let response = CatchPanicLayer::custom(panicked)
            .layer(crashing)
            .oneshot(Request::new(Body::empty()))
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    }
}
