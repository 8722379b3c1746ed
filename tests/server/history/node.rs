//! The real program in a process of its own, at the same address over all its restarts.

use crate::built;
use control_maniac::server::mutation::Mutation;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};
use tokio::task::spawn_blocking;

/// How it is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Term,
    Kill,
}

pub struct Node {
    pub address: SocketAddr,
    database_url: String,
    mutation: Option<Mutation>,
    log: PathBuf,
    child: Option<Child>,
}

impl Node {
    pub async fn start(database_url: &str, mutation: Option<Mutation>, log: PathBuf) -> Self {
        let mut node = Self {
            address: free_address(),
            database_url: database_url.to_owned(),
            mutation,
            log,
            child: None,
        };
        node.start_again().await;
        node
    }

    /// Stops it and starts it anew; meanwhile connections are refused.
    pub async fn restart(&mut self, signal: Signal) {
        self.stop(signal).await;
        self.start_again().await;
    }

    pub async fn stop(&mut self, signal: Signal) {
        let mut child = self.child.take().unwrap();
        spawn_blocking(move || {
            match signal {
                Signal::Kill => child.kill().unwrap(),
                Signal::Term => {
                    let id = child.id().to_string();
                    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
                }
            }
            let status = child.wait().unwrap();
            assert!(signal == Signal::Kill || status.success(), "{status}");
        })
        .await
        .unwrap();
    }

    pub async fn start_again(&mut self) {
        let log = File::options().create(true).append(true).open(&self.log).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_control-maniac"));
        command
            .args([
                "serve",
                "--addr",
                &self.address.to_string(),
                "--database-url",
                &self.database_url,
                "--site",
            ])
            .arg(built::folder())
            .env("RUST_LOG", "warn")
            .env("CONTROL_MANIAC_STUMBLE", "1")
            .stdout(Stdio::piped())
            .stderr(log);
        if let Some(mutation) = self.mutation {
            command.env("CONTROL_MANIAC_MUTATION", mutation.name());
        }
        let child = spawn_blocking(move || {
            let mut child = command.spawn().unwrap();
            let mut said = String::new();
            let mut output = BufReader::new(child.stdout.take().unwrap());
            let count = output.read_line(&mut said).unwrap();
            (child, count)
        });
        let (child, count) = child.await.unwrap();
        self.child = Some(child);
        assert_ne!(count, 0, "the program starts: {}", self.log());
    }

    /// Its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// A port that the system gives to no outgoing connection, so that it is still free after a restart.
fn free_address() -> SocketAddr {
    static TRIED: AtomicU16 = AtomicU16::new(0);
    let first = (std::process::id() % 100) as u16 * 150;
    loop {
        let port = 15_000 + (first + TRIED.fetch_add(1, Ordering::Relaxed)) % 15_000;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
