//! A way to Postgres that forgets connections, as a firewall does: they stay open, and nothing comes through any more.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// The bytes that a listening connection sends.
const LISTEN: &[u8] = b"LISTEN \"";

pub struct PostgresProxy {
    pub address: SocketAddr,
    way: Arc<Way>,
    accepting: JoinHandle<()>,
}

struct Way {
    server: SocketAddr,
    /// How many connections have begun to listen.
    listening: watch::Sender<usize>,
    /// This many of them, the first ones, are forgotten.
    forgotten: AtomicUsize,
}

impl PostgresProxy {
    pub async fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let way = Arc::new(Way {
            server,
            listening: watch::Sender::new(0),
            forgotten: AtomicUsize::new(0),
        });
        let accepting = tokio::spawn({
            let way = way.clone();
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    let way = way.clone();
                    tokio::spawn(async move { way.carry(client).await });
                }
            }
        });
        Self {
            address,
            way,
            accepting,
        }
    }

    /// From now on nothing comes through on the connections that listen; others, and those that come later, are left alone.
    pub fn forget_who_listens(&self) {
        let listening = *self.way.listening.borrow();
        assert_ne!(listening, 0, "somebody listens");
        self.way.forgotten.store(listening, Ordering::SeqCst);
    }

    /// Waits until somebody listens who isn't forgotten.
    pub async fn is_listened_to(&self) {
        let forgotten = self.way.forgotten.load(Ordering::SeqCst);
        let mut listening = self.way.listening.subscribe();
        listening.wait_for(|listening| *listening > forgotten).await.unwrap();
    }
}

impl Drop for PostgresProxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Way {
    async fn carry(&self, mut client: TcpStream) -> std::io::Result<()> {
        let mut server = TcpStream::connect(self.server).await?;
        let (mut asked, mut answered) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
        // Its place among those that listen.
        let mut place = None;
        loop {
            let (from_client, count) = tokio::select! {
                count = client.read(&mut asked) => (true, count?),
                count = server.read(&mut answered) => (false, count?),
            };
            if count == 0 {
                return Ok(());
            }
            if from_client && place.is_none() && asked[..count].windows(LISTEN.len()).any(|bytes| bytes == LISTEN) {
                let count = &mut 0;
                self.listening.send_modify(|listening| {
                    *count = *listening;
                    *listening += 1;
                });
                place = Some(*count);
            }
            if place.is_some_and(|place| place < self.forgotten.load(Ordering::SeqCst)) {
                continue;
            }
            match from_client {
                true => server.write_all(&asked[..count]).await?,
                false => client.write_all(&answered[..count]).await?,
            }
        }
    }
}
