//! What a connection is doing, and how long that may take.

use super::limits::Limits;
use parking_lot::Mutex;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Instant,
};

/// Fewer bytes don't count as progress: otherwise a trickle could last for ever.
const PROGRESS: usize = 1024;

/// Knows what a connection is doing. Its socket, its requests and its answers report to it.
pub struct Pace(Mutex<State>);

struct State {
    phase: Phase,
    /// The body of the request.
    body: Wait,
    body_is_whole: bool,
    /// The writing of answers.
    write: Wait,
}

#[derive(Clone, Copy)]
enum Phase {
    /// Waiting for the head of a request since then.
    Head(Instant),
    /// A request is being answered.
    Request,
    /// Waiting for the next request since then.
    Idle(Instant),
}

/// Waiting for something that comes in pieces.
#[derive(Default)]
struct Wait {
    since: Option<Instant>,
    /// How long it has waited since the last progress, and how many bytes came in that time.
    waited: Duration,
    bytes: usize,
}

impl Wait {
    fn begin(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    fn end(&mut self, bytes: usize) {
        self.waited += self.since.take().map_or(Duration::ZERO, |since| since.elapsed());
        self.bytes += bytes;
        if self.bytes >= PROGRESS {
            *self = Self::default();
        }
    }

    fn deadline(&self, limit: Duration) -> Option<Instant> {
        Some(self.since? + limit.saturating_sub(self.waited))
    }
}

impl Pace {
    /// A new connection, which waits for the head of a request.
    pub fn new() -> Self {
        Self(Mutex::new(State {
            phase: Phase::Head(Instant::now()),
            body: Wait::default(),
            body_is_whole: true,
            write: Wait::default(),
        }))
    }

    /// A head has arrived, perhaps with the body.
    pub fn begin_request(&self, body_is_whole: bool) {
        let mut state = self.0.lock();
        state.phase = Phase::Request;
        state.body = Wait::default();
        state.body_is_whole = body_is_whole;
    }

    /// The answer was given.
    pub fn end_request(&self) {
        self.0.lock().phase = Phase::Idle(Instant::now());
    }

    /// Starts to wait for more of the body.
    pub fn body_waits(&self) {
        self.0.lock().body.begin();
    }

    /// This many bytes of the body came.
    pub fn body_moves(&self, bytes: usize) {
        self.0.lock().body.end(bytes);
    }

    /// Nothing more of the body is expected.
    pub fn body_is_over(&self) {
        let mut state = self.0.lock();
        state.body = Wait::default();
        state.body_is_whole = true;
    }

    /// When to end the connection if nothing happens until then.
    pub fn deadline(&self, limits: &Limits, stopped_at: Option<Instant>) -> Option<Instant> {
        let state = self.0.lock();
        let phase = match (state.phase, stopped_at) {
            // Nothing is lost with a head that isn't whole. An earlier answer may still be on its way out.
            (Phase::Head(_), Some(stopped_at)) if state.write.since.is_none() => Some(stopped_at),
            (Phase::Head(since), _) => Some(since + limits.head),
            (Phase::Idle(since), _) => Some(since + limits.idle),
            (Phase::Request, Some(stopped_at)) if !state.body_is_whole => Some(stopped_at + limits.last_body),
            // There is no limit for making an answer; a window's stream never ends.
            (Phase::Request, _) => None,
        };
        let stalls = [&state.body, &state.write].map(|wait| wait.deadline(limits.stall));
        phase.into_iter().chain(stalls.into_iter().flatten()).min()
    }

    fn read(&self, bytes: usize) {
        let mut state = self.0.lock();
        if bytes > 0 && matches!(state.phase, Phase::Idle(_)) {
            state.phase = Phase::Head(Instant::now());
        }
    }

    fn written(&self, outcome: &Poll<io::Result<usize>>) {
        let mut state = self.0.lock();
        match outcome {
            Poll::Pending => state.write.begin(),
            Poll::Ready(Ok(written)) => state.write.end(*written),
            Poll::Ready(Err(_)) => {}
        }
    }
}

/// A socket that reports what goes over it.
pub struct Paced {
    stream: TcpStream,
    pace: Arc<Pace>,
}

impl Paced {
    /// Reports what goes over `stream` to `pace`.
    pub fn new(stream: TcpStream, pace: Arc<Pace>) -> Self {
        Self { stream, pace }
    }

    /// The socket.
    pub fn into_inner(self) -> TcpStream {
        self.stream
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.pace.read(buffer.filled().len() - before);
        outcome
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.pace.written(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.pace.written(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
