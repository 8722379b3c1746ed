//! HTTP as the check needs it: each request has its own connection, which can be closed before the answer comes.

use super::chance::Chance;
use control_maniac::{
    server::{demo, digest::SessionDigest},
    settings::SETTINGS,
    sticky::Stamped,
};
use serde_json::Value;
use std::{
    io::{Error, ErrorKind, Result},
    net::SocketAddr,
    sync::Mutex,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tower_sessions::cookie::Cookie;

/// How long an answer is waited for, as in `sticky/transport.rs`.
const PATIENCE: Duration = Duration::from_secs(15);

/// Something of each setting, in the order of the closed list.
pub type Each<T> = [T; SETTINGS.len()];

/// The keys of the settings.
pub fn keys() -> Each<&'static str> {
    SETTINGS.each_ref().map(|known| known.key)
}

/// The current state according to an answer.
#[derive(Clone, Debug)]
pub struct Told {
    /// The epoch of the database that this is of.
    pub epoch: String,
    pub settings: Each<Stamped<String>>,
}

impl Answer {
    /// The stored value according to it, and its epoch.
    pub fn stored(&self) -> (&str, Stamped<String>) {
        let epoch = self.head.lines().find_map(|line| line.strip_prefix("database-epoch: "));
        (epoch.unwrap(), serde_json::from_str(&self.body).unwrap())
    }
}

/// A browser in which somebody is logged in. Each request goes to one of the nodes.
pub struct Browser {
    nodes: Vec<SocketAddr>,
    chance: Mutex<Chance>,
    /// The session's cookie, `session=…`.
    cookie: String,
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Browser {
    /// Logs in.
    pub async fn log_in(nodes: &[SocketAddr], email: &str, chance: Chance) -> Self {
        let mut browser = Self {
            nodes: nodes.to_vec(),
            chance: Mutex::new(chance),
            cookie: "none=none".to_owned(),
        };
        let fields = [("email", email), ("password", demo::PASSWORD)];
        let answer = browser.post("/login", &fields).await.unwrap();
        let cookies = answer.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let mut cookies = cookies.map(|line| Cookie::parse(line).unwrap());
        let session = cookies.find(|cookie| cookie.name() == "session");
        let session = session.unwrap_or_else(|| panic!("no session: {}", answer.body));
        browser.cookie = session.stripped().to_string();
        // The first request of a day also saves the session; later ones don't do so by themselves.
        assert_eq!(browser.get("/", "text/html").await.unwrap().status, 200);
        browser
    }

    /// How the database names the session.
    pub fn session(&self) -> String {
        let id = self.cookie.trim_start_matches("session=");
        SessionDigest::of(&id.parse().unwrap()).to_string()
    }

    pub async fn get(&self, path: &str, accept: &str) -> Result<Answer> {
        let connection = self.send(|host| self.head("GET", path, host, accept, "")).await?;
        read_answer(connection).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let connection = self
            .send(|host| self.head("POST", path, host, "application/json", &body))
            .await?;
        read_answer(connection).await
    }

    /// Sends a form and leaves at once.
    pub async fn post_and_leave(&self, path: &str, fields: &[(&str, &str)]) {
        let body = serde_urlencoded::to_string(fields).unwrap();
        drop(
            self.send(|host| self.head("POST", path, host, "application/json", &body))
                .await,
        );
    }

    /// Opens the stream of a window.
    pub async fn follow(&self) -> Result<Events> {
        let accept = "text/event-stream";
        let connection = self
            .send(|host| self.head("GET", "/api/live", host, accept, ""))
            .await?;
        Ok(Events {
            connection,
            chunks: Chunks::default(),
            text: String::new(),
        })
    }

    fn head(&self, method: &str, path: &str, host: SocketAddr, accept: &str, body: &str) -> String {
        let (cookie, length) = (&self.cookie, body.len());
        let form = match method {
            "POST" => format!("content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n"),
            _ => String::new(),
        };
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: {accept}\r\ncookie: {cookie}\r\n\
             connection: close\r\n{form}\r\n{body}"
        )
    }

    async fn send(&self, request: impl FnOnce(SocketAddr) -> String) -> Result<TcpStream> {
        let node = self.chance.lock().unwrap().pick(&self.nodes);
        let mut connection = TcpStream::connect(node).await?;
        connection.set_nodelay(true)?;
        connection.write_all(request(node).as_bytes()).await?;
        Ok(connection)
    }
}

async fn read_answer(mut connection: TcpStream) -> Result<Answer> {
    let mut bytes = Vec::new();
    timeout(PATIENCE, connection.read_to_end(&mut bytes)).await??;
    let cut = || Error::from(ErrorKind::UnexpectedEof);
    let end = head_end(&bytes).ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|text| text.parse().ok())
        .ok_or_else(cut)?;
    let body = if head.contains("transfer-encoding: chunked") {
        let mut chunks = Chunks::default();
        let body = chunks.take(&bytes[end..]);
        if !chunks.is_over {
            return Err(cut());
        }
        body
    } else {
        let length = content_length(&head);
        if bytes.len() - end < length {
            return Err(cut());
        }
        bytes[end..].to_vec()
    };
    Ok(Answer {
        status,
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// Where the head of a request or an answer ends.
pub fn head_end(bytes: &[u8]) -> Option<usize> {
    Some(bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4)
}

/// How many bytes follow a head; `None` if it doesn't say.
pub fn content_length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths
        .next()
        .and_then(|(_, length)| length.trim().parse().ok())
        .unwrap_or(0)
}

/// Decodes a chunked body as it arrives.
#[derive(Default)]
struct Chunks {
    waiting: Vec<u8>,
    is_over: bool,
}

impl Chunks {
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.waiting.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some(line) = self.waiting.windows(2).position(|two| two == b"\r\n") {
            let size = String::from_utf8_lossy(&self.waiting[..line]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or_else(|_| panic!("no size of a chunk: {size}"));
            if self.waiting.len() < line + 2 + size + 2 {
                break;
            }
            whole.extend_from_slice(&self.waiting[line + 2..line + 2 + size]);
            self.waiting.drain(..line + 2 + size + 2);
            self.is_over |= size == 0;
        }
        whole
    }
}

/// The stream of a window as it comes in.
pub struct Events {
    connection: TcpStream,
    chunks: Chunks,
    text: String,
}

impl Events {
    /// The next message that carries a snapshot; none when the stream ends.
    pub async fn newest(&mut self) -> Option<Told> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event
                    .lines()
                    .find_map(|line| line.strip_prefix("data: "))
                    .map(str::to_owned);
                let is_newest = event.lines().any(|line| line == "event: newest");
                self.text = rest.to_owned();
                if is_newest {
                    return Some(told(&serde_json::from_str(&data?).ok()?));
                }
                continue;
            }
            let mut bytes = vec![0; 16 * 1024];
            let count = self.connection.read(&mut bytes).await.ok().filter(|count| *count > 0)?;
            if self.chunks.waiting.is_empty() && self.text.is_empty() && bytes.starts_with(b"HTTP/1.1 ") {
                let end = head_end(&bytes[..count])?;
                let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                if head.starts_with("HTTP/1.1 5") {
                    return None;
                }
                assert!(head.starts_with("HTTP/1.1 200"), "{head}");
                bytes.drain(..end);
                self.text += &String::from_utf8(self.chunks.take(&bytes[..count - end])).unwrap();
            } else {
                self.text += &String::from_utf8(self.chunks.take(&bytes[..count])).unwrap();
            }
        }
    }
}

/// The settings and the epoch in a snapshot's JSON.
pub fn told(newest: &Value) -> Told {
    Told {
        epoch: epoch(newest),
        settings: keys()
            .map(|key| serde_json::from_value(newest["settings"][key].clone()).unwrap_or_else(|_| panic!("{newest}"))),
    }
}

/// The epoch in JSON.
pub fn epoch(json: &Value) -> String {
    json["epoch"].as_str().unwrap().to_owned()
}

/// The settings and the epoch in the HTML of a page.
pub fn told_by_page(html: &str) -> Told {
    let attribute = |tag: &str, name: &str| -> String {
        let found = tag
            .split_once(&format!("{name}=\""))
            .unwrap_or_else(|| panic!("no {name} in {tag}"));
        found.1.split('"').next().unwrap().to_owned()
    };
    let tag = |start: &str, with: &str| {
        let mut tags = html.split(start).skip(1).map(|rest| rest.split('>').next().unwrap());
        tags.find(|tag| tag.contains(with))
    };
    let main = tag("<main", "data-division").unwrap_or_else(|| panic!("no figures: {html}"));
    let settings = SETTINGS.each_ref().map(|known| {
        let handed = handed(html, known.key);
        if known.changes_figures {
            assert_eq!(attribute(main, &format!("data-{}", known.key)), handed.value, "{html}");
        }
        // Not every page has every setting's control.
        if let Some(form) = tag("<form", &format!("data-setting=\"{}\"", known.key)) {
            assert_eq!(attribute(form, "data-revision"), handed.revision.to_string(), "{html}");
        }
        handed
    });
    Told {
        epoch: epoch_of_page(html),
        settings,
    }
}

/// A setting in what a page hands its program: JSON within a string.
fn handed(html: &str, key: &str) -> Stamped<String> {
    let (_, rest) = html
        .split_once(&format!("\\\"{key}\\\":{{\\\"value\\\":"))
        .unwrap_or_else(|| panic!("a page hands over {key}: {html}"));
    let (value, rest) = rest.split_once(",\\\"revision\\\":").unwrap();
    let revision: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Stamped {
        value: value.replace("\\\"", ""),
        revision: revision.parse().unwrap(),
    }
}

/// The epoch in the state that a page hands its program: JSON within a string.
fn epoch_of_page(html: &str) -> String {
    let (_, rest) = html
        .split_once("\\\"epoch\\\":\\\"")
        .expect("a page says which epoch it is of");
    rest.split('\\').next().unwrap().to_owned()
}
