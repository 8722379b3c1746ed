//! The network between a server and its database: an answer may overtake that of another connection, as in any network.

#![expect(clippy::disallowed_methods, reason = "the network delays")]

use super::chance::Chance;
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

/// The share of the database's packets that wait, in per cent, and the longest wait.
const OFTEN: u64 = 30;
const LONGEST: u64 = 20;

pub struct Link {
    /// The database's address by way of this link.
    pub url: String,
    accepting: JoinHandle<()>,
}

impl Link {
    /// To the database at `url`, `postgres://USER@HOST:PORT/NAME`.
    pub async fn start(url: &str, chance: Chance) -> Self {
        let (account, place) = url.split_once('@').unwrap();
        let (database, name) = place.split_once('/').unwrap();
        let database: SocketAddr = database.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self {
            url: format!("{account}@{address}/{name}"),
            accepting: tokio::spawn(accept(listener, database, chance)),
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, database: SocketAddr, mut chance: Chance) {
    while let Ok((server, _)) = listener.accept().await {
        let chance = Chance::of(chance.next(), 0);
        tokio::spawn(carry(server, database, chance));
    }
}

async fn carry(server: TcpStream, database: SocketAddr, mut chance: Chance) -> std::io::Result<()> {
    let database = TcpStream::connect(database).await?;
    server.set_nodelay(true)?;
    database.set_nodelay(true)?;
    let (mut from_server, mut to_server) = server.into_split();
    let (mut from_database, mut to_database) = database.into_split();
    let asking = copy(&mut from_server, &mut to_database);
    let answering = async move {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let count = from_database.read(&mut bytes).await?;
            if count == 0 {
                return Ok(());
            }
            let wait = if chance.percent(OFTEN) {
                chance.millis(LONGEST)
            } else {
                Duration::ZERO
            };
            sleep(wait).await;
            to_server.write_all(&bytes[..count]).await?;
        }
    };
    // When one side closes, so does the other.
    tokio::select! {
        asked = asking => asked.map(drop),
        answered = answering => answered,
    }
}
