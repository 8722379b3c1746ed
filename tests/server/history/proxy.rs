//! The network between windows and a server: at random it delays, cuts connections, and loses answers.

#![expect(clippy::disallowed_methods, reason = "the network delays")]

use super::{
    chance::Chance,
    wire::{content_length, head_end},
};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

/// What happens to one request on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Arrives,
    /// The connection is cut before the request reached the server.
    CutBefore,
    /// The connection is cut while the server works on it.
    CutDuring,
    /// The request was answered, and the answer is lost.
    AnswerLost,
    /// The connection is cut, and the request reaches the server later all the same.
    ArrivesLate,
}

/// How unreliable it is.
#[derive(Clone, Copy)]
pub struct Weather {
    /// Most delays are at most this many milliseconds, each way.
    pub delay: u64,
    /// This many requests in a thousand wait for up to two seconds.
    pub long_in_thousand: u64,
    /// This many in a hundred are cut in one way or another.
    pub cut_percent: u64,
}

pub struct Proxy {
    pub address: SocketAddr,
    way: Arc<Way>,
    accepting: JoinHandle<()>,
}

struct Way {
    server: SocketAddr,
    weather: Weather,
    is_calm: AtomicBool,
    /// How long a request stays connected after its sender has left while the network is calm, in milliseconds.
    linger: AtomicU64,
    chance: Mutex<Chance>,
    under_way: watch::Sender<usize>,
    lost: AtomicU64,
}

impl Proxy {
    pub async fn start(server: SocketAddr, weather: Weather, chance: Chance) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let way = Arc::new(Way {
            server,
            weather,
            is_calm: AtomicBool::new(true),
            linger: AtomicU64::new(20),
            chance: Mutex::new(chance),
            under_way: watch::channel(0).0,
            lost: AtomicU64::new(0),
        });
        let accepting = tokio::spawn({
            let way = way.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let way = way.clone();
                    way.under_way.send_modify(|count| *count += 1);
                    tokio::spawn(async move {
                        drop(way.carry(client).await);
                        way.under_way.send_modify(|count| *count -= 1);
                    });
                }
            }
        });
        Self {
            address,
            way,
            accepting,
        }
    }

    /// Turns delays and cuts off or on.
    pub fn set_calm(&self, is_calm: bool) {
        self.way.is_calm.store(is_calm, Ordering::Relaxed);
    }

    pub fn set_linger(&self, millis: u64) {
        self.way.linger.store(millis, Ordering::Relaxed);
    }

    /// Waits until no request is on its way; streams don't count.
    pub async fn quiet(&self) {
        let mut under_way = self.way.under_way.subscribe();
        under_way.wait_for(|count| *count == 0).await.unwrap();
    }

    /// How many requests or answers were lost.
    pub fn lost(&self) -> u64 {
        self.way.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Way {
    fn by_chance<T>(&self, decide: impl FnOnce(&mut Chance) -> T) -> T {
        decide(&mut self.chance.lock().unwrap())
    }

    fn delay(&self) -> Duration {
        if self.is_calm.load(Ordering::Relaxed) {
            return Duration::ZERO;
        }
        let Weather {
            delay,
            long_in_thousand,
            ..
        } = self.weather;
        self.by_chance(|chance| {
            let is_long = chance.below(1000) < long_in_thousand;
            chance.millis(if is_long { 2_000 } else { delay })
        })
    }

    fn fate(&self) -> Fate {
        let is_calm = self.is_calm.load(Ordering::Relaxed);
        if is_calm || !self.by_chance(|chance| chance.percent(self.weather.cut_percent)) {
            return Fate::Arrives;
        }
        self.lost.fetch_add(1, Ordering::Relaxed);
        let fates = [Fate::CutBefore, Fate::CutDuring, Fate::AnswerLost, Fate::ArrivesLate];
        self.by_chance(|chance| chance.pick(&fates))
    }

    async fn carry(&self, mut client: TcpStream) -> std::io::Result<()> {
        client.set_nodelay(true)?;
        let request = read_request(&mut client).await?;
        if request.starts_with(b"GET /api/live ") {
            self.under_way.send_modify(|count| *count -= 1);
            let carried = self.carry_stream(client, &request).await;
            self.under_way.send_modify(|count| *count += 1);
            return carried;
        }
        let fate = self.fate();
        sleep(self.delay()).await;
        match fate {
            Fate::CutBefore => return Ok(()),
            Fate::ArrivesLate => {
                drop(client);
                sleep(self.by_chance(|chance| chance.millis(500))).await;
                let mut server = self.deliver(&request).await?;
                server.read_to_end(&mut Vec::new()).await?;
                return Ok(());
            }
            _ => {}
        }
        let mut server = self.deliver(&request).await?;
        if fate == Fate::CutDuring {
            sleep(self.by_chance(|chance| chance.millis(10))).await;
            return Ok(());
        }
        let mut answer = Vec::new();
        let mut rest = [0; 64];
        tokio::select! {
            read = server.read_to_end(&mut answer) => drop(read?),
            // The window was left: the connection ends a moment later.
            _ = client.read(&mut rest) => {
                let linger = self.linger.load(Ordering::Relaxed);
                sleep(match self.is_calm.load(Ordering::Relaxed) {
                    true => Duration::from_millis(linger),
                    false => self.by_chance(|chance| chance.millis(linger)),
                }).await;
                return Ok(());
            }
        }
        if fate == Fate::AnswerLost {
            return Ok(());
        }
        sleep(self.delay()).await;
        client.write_all(&answer).await
    }

    async fn deliver(&self, request: &[u8]) -> std::io::Result<TcpStream> {
        let mut server = TcpStream::connect(self.server).await?;
        server.set_nodelay(true)?;
        server.write_all(request).await?;
        Ok(server)
    }

    async fn carry_stream(&self, mut client: TcpStream, request: &[u8]) -> std::io::Result<()> {
        sleep(self.delay()).await;
        let mut server = self.deliver(request).await?;
        let mut bytes = vec![0; 16 * 1024];
        let mut rest = [0; 64];
        loop {
            let count = tokio::select! {
                count = server.read(&mut bytes) => count?,
                _ = client.read(&mut rest) => return Ok(()),
            };
            let is_cut = self.fate() != Fate::Arrives;
            if count == 0 || is_cut {
                return Ok(());
            }
            sleep(self.delay()).await;
            client.write_all(&bytes[..count]).await?;
        }
    }
}

async fn read_request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if let Some(end) = head_end(&request)
            && request.len() >= end + content_length(&String::from_utf8_lossy(&request[..end]))
        {
            return Ok(request);
        }
        if client.read_buf(&mut request).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}
