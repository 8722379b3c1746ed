//! Connections: accepted, bounded in number, and ended where nothing comes of them.
//!
//! A loop of our own, since axum's sets no timer, and the automatic choice of a protocol that it makes never times a silent
//! connection. What a connection is doing, and how long that may take, is in `pace.rs`.

mod pace;

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

/// No head of a request is longer, in bytes; and no connection keeps more for its next requests.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long nothing is accepted after the system had no room for one more.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a connection that was ended on our side is read from, so that the last answer isn't lost with what was not read.
const LINGER: Duration = Duration::from_secs(1);

/// There are never more connections, however many files the system allows.
const MOST: u64 = 10_000;

/// What is left of the allowed files for the database and the files that are served.
const RESERVE: u64 = 128;

/// How long things may take, and how many connections there may be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A request's head, from the connection's beginning or from its first byte.
    pub head: Duration,
    /// Waiting for the next kibibyte of a request's body, or for room to write one of an answer.
    pub stall: Duration,
    /// Waiting for the next request.
    pub idle: Duration,
    /// The rest of a body once the server was told to stop.
    pub last_body: Duration,
    /// Requests under way once the server was told to stop.
    pub drain: Duration,
    /// How many connections there may be; more are closed at once.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Where the system doesn't say, as many as it usually allows.
        let files = rlimit::Resource::NOFILE.get_soft().unwrap_or(1_024);
        let connections = files.saturating_sub(RESERVE.min(files / 2)).min(MOST);
        Self {
            head: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            idle: Duration::from_secs(60),
            last_body: Duration::from_secs(1),
            drain: Duration::from_secs(10),
            connections: usize::try_from(connections).unwrap_or(usize::MAX),
        }
    }
}

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
            Ok((_, peer)) => tracing::debug!(%peer, "there are as many connections as there may be"),
            // The connection's own end, before it was accepted.
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
    // What is under way even then ends with the set.
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
    // Without NODELAY the last small write of a page waits for the acknowledgement of the one before it. A connection that
    // can't be told so is as well.
    drop(stream.set_nodelay(true));
    let pace = Arc::new(Pace::new());
    let answering = Answering {
        router: TowerToHyperService::new(router),
        peer,
        pace: pace.clone(),
    };
    let mut connection = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        // What was read at once may be more than the buffer was meant for.
        .max_header_size(LARGEST_HEAD)
        // It would run while a connection is idle, too.
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
            // What is idle ends at the next look, an answer under way after itself.
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
        // Whether the other side is still there to hear it shows at once.
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

/// A request's body, which the pace knows whether it comes.
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

/// An answer's body: with it the request is over.
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
