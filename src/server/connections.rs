//! Connections: accepted, limited in number, and ended when they take too long.
//!
//! The accept loop is our own: axum's sets no timer, and its automatic choice of a protocol never ends a silent
//! connection. `pace.rs` knows what a connection is doing and how long that may take.

mod limits;
mod pace;

pub use limits::Limits;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, Request},
    response::Response,
};
use http_body::{Frame, SizeHint};
use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use pace::{Pace, Paced};
use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

/// The longest head of a request, in bytes; a connection buffers no more than this for its next requests.
const LARGEST_HEAD: usize = 32 * 1024;

/// The pause before accepting again when the system is out of resources.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a connection is still read from after it was ended on our side. If unread bytes were left, the system might
/// discard the last answer with them.
const LINGER: Duration = Duration::from_secs(1);

/// Answers requests until `stop` is done, then lets those under way finish.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let limits = Arc::new(limits);
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) if connections.len() < limits.connections => {
                connections.spawn(attend(stream, peer, router.clone(), limits.clone(), stopped.clone()));
            }
            Ok(_) => tracing::debug!("there are as many connections as there may be"),
            // The connection ended before it was accepted.
            Err(error) if is_of_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted at the moment");
                if timeout(PAUSE, &mut stop).await.is_ok() {
                    break;
                }
            }
        }
    }
    drop(listener);
    drop(stopped);
    stopping.send_replace(true);
    // Dropping the set ends whatever is still under way.
    let all = async { while connections.join_next().await.is_some() {} };
    drop(timeout(limits.drain, all).await);
}

fn is_of_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

/// Answers what one connection asks, until it ends or takes too long.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Arc<Limits>,
    mut stopped: watch::Receiver<bool>,
) {
    // Without NODELAY the last small write of a page waits until the one before it is acknowledged. It is only slower
    // if the option can't be set.
    drop(stream.set_nodelay(true));
    let pace = Arc::new(Pace::new());
    let answering = Answering {
        router: TowerToHyperService::new(router),
        peer,
        pace: pace.clone(),
    };
    let mut connection = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        // A single read may exceed the size of the buffer.
        .max_header_size(LARGEST_HEAD)
        // This timer would also run while a connection is idle.
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(Paced::new(stream, pace.clone())), answering);
    let mut stop = stopped.clone();
    let mut stop = pin!(async move { drop(stop.wait_for(|is_stopped| *is_stopped).await) });
    let mut stopped_at = None;
    let mut sleep = pin!(sleep_until(Instant::now()));
    let is_over = poll_fn(|context| {
        loop {
            if connection.poll_without_shutdown(context).is_ready() {
                return Poll::Ready(true);
            }
            if stopped_at.is_some() || stop.as_mut().poll(context).is_pending() {
                break;
            }
            stopped_at = Some(Instant::now());
            // An idle connection ends at the next poll, a busy one after its answer.
            Pin::new(&mut connection).graceful_shutdown();
        }
        let Some(deadline) = pace.deadline(&limits, stopped_at) else {
            return Poll::Pending;
        };
        if sleep.deadline() != deadline {
            sleep.as_mut().reset(deadline);
        }
        sleep.as_mut().poll(context).map(|()| false)
    })
    .await;
    if is_over {
        let mut stream = connection.into_parts().io.into_inner().into_inner();
        // If the other side is gone, reading below ends at once.
        drop(stream.shutdown().await);
        let rest = async {
            let mut buffer = [0; 1024];
            while stream.read(&mut buffer).await.is_ok_and(|length| length > 0) {}
        };
        tokio::select! {
            _ = timeout(LINGER, rest) => {}
            _ = stopped.wait_for(|is_stopped| *is_stopped) => {}
        }
    }
}

/// The application as one connection sees it.
struct Answering {
    router: TowerToHyperService<Router>,
    peer: SocketAddr,
    pace: Arc<Pace>,
}

impl Service<hyper::Request<Incoming>> for Answering {
    type Response = Response<Leaving>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: hyper::Request<Incoming>) -> Self::Future {
        self.pace
            .begin_request(hyper::body::Body::is_end_stream(request.body()));
        let pace = self.pace.clone();
        let mut request: Request = request.map(|body| Body::new(Arriving { body, pace }));
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let (answer, pace) = (self.router.call(request), self.pace.clone());
        Box::pin(async move { Ok(answer.await?.map(|body| Leaving { body, pace })) })
    }
}

/// A request's body, which reports its progress to the pace.
struct Arriving {
    body: Incoming,
    pace: Arc<Pace>,
}

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        match &frame {
            Poll::Pending => self.pace.body_waits(),
            Poll::Ready(Some(Ok(frame))) => {
                self.pace.body_moves(frame.data_ref().map_or(0, Bytes::len));
                if self.body.is_end_stream() {
                    self.pace.body_is_over();
                }
            }
            Poll::Ready(_) => self.pace.body_is_over(),
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        self.pace.body_is_over();
    }
}

/// An answer's body; when it is dropped, the request is over.
struct Leaving {
    body: Body,
    pace: Arc<Pace>,
}

impl http_body::Body for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.pace.end_request();
    }
}
