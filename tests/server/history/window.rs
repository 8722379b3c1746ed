//! A window of a browser: the page that is open in it, and the stream that it follows while it is seen.

#![expect(clippy::disallowed_methods, reason = "a page pauses before it tries again")]

use super::{
    chance::Chance,
    page::Page,
    record::{Dated, How, Record, Who},
    wire::{Browser, Each, told, told_by_page},
};
use control_maniac::settings::SETTINGS;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{task::JoinHandle, time::sleep};

/// How windows are used.
#[derive(Clone, Copy)]
pub struct Habits {
    /// Windows are seen, so that they follow the stream, unless they are hidden.
    pub follows: bool,
    /// The rule that one request is under way at most is broken on purpose.
    pub sends_at_once: bool,
    /// The rule that another epoch of the database is taken whole is broken on purpose.
    pub ignores_restores: bool,
}

pub struct Window {
    pub user: usize,
    pub session: usize,
    pub number: usize,
    pub account: i64,
    pub browser: Arc<Browser>,
    pub record: Arc<Record>,
    pub habits: Habits,
    page: Mutex<Option<Arc<Page>>>,
    stream: Mutex<Option<JoinHandle<()>>>,
}

impl Window {
    pub fn new(
        place: (usize, usize, usize),
        account: i64,
        browser: &Arc<Browser>,
        record: &Arc<Record>,
        habits: Habits,
    ) -> Self {
        let (user, session, number) = place;
        Self {
            user,
            session,
            number,
            account,
            browser: browser.clone(),
            record: record.clone(),
            habits,
            page: Mutex::default(),
            stream: Mutex::default(),
        }
    }

    /// The page that is open.
    pub fn page(&self) -> Option<Arc<Page>> {
        self.page.lock().unwrap().clone()
    }

    /// Opens a page in place of the one that is open, and tries again until the server answers.
    pub async fn open(&self, path: &str, chance: &mut Chance) {
        static PAGES: AtomicUsize = AtomicUsize::new(0);
        if let Some(page) = self.page() {
            page.leave().await;
        }
        self.hide();
        let who = Who {
            user: self.user,
            session: self.session,
            window: self.number,
            page: PAGES.fetch_add(1, Ordering::Relaxed),
        };
        let settings = loop {
            let begun = self.record.now();
            if let Ok(answer) = self.browser.get(path, "text/html").await
                && answer.status < 500
            {
                assert_eq!(answer.status, 200, "{}", answer.body);
                let settings = self.record.dated(told_by_page(&answer.body));
                self.record.saw(who, How::Page, begun, &settings);
                break settings;
            }
            self.record.count("pages without an answer");
            sleep(chance.millis(50)).await;
        };
        let page = Page::new(who, &self.record, &self.browser, self.account, settings, self.habits);
        *self.page.lock().unwrap() = Some(page);
        if self.habits.follows {
            self.show(chance);
        }
    }

    /// Follows the stream from now on.
    pub fn show(&self, chance: &mut Chance) {
        let Some(page) = self.page() else {
            return;
        };
        let mut stream = self.stream.lock().unwrap();
        if stream.is_none() {
            *stream = Some(tokio::spawn(follow(page, Chance::of(chance.next(), 0))));
        }
    }

    /// Hides the window: the stream is closed.
    pub fn hide(&self) {
        if let Some(stream) = self.stream.lock().unwrap().take() {
            stream.abort();
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.hide();
    }
}

/// Keeps a page up to date: after a stream broke off, the current state is asked for first.
async fn follow(page: Arc<Page>, mut chance: Chance) {
    loop {
        let begun = page.record.now();
        if let Ok(mut events) = page.browser.follow().await {
            page.record.count("streams");
            while let Some(told) = events.newest().await {
                let settings = page.record.dated(told);
                page.record.saw(page.who, How::Stream, begun, &settings);
                page.record.count("messages");
                page.take(&settings);
            }
        }
        loop {
            sleep(chance.millis(60)).await;
            if ask(&page).await.is_some() {
                break;
            }
        }
    }
}

/// Asks for the newest.
pub async fn ask(page: &Page) -> Option<Each<Dated>> {
    read(page, How::Newest, "/api/newest").await
}

/// Asks for the figures of a view, as a page does when a link in it is followed.
pub async fn navigate(page: &Page, view: &str) -> Option<Each<Dated>> {
    let shown = page.shown();
    let known = SETTINGS.iter().zip(&shown).filter(|(known, _)| known.changes_figures);
    let settings = known.map(|(known, (confirmed, _))| (known.key, &*confirmed.value));
    let query: Vec<(&str, &str)> = std::iter::once(("address", view)).chain(settings).collect();
    let path = format!("/api/figures?{}", serde_urlencoded::to_string(query).unwrap());
    read(page, How::Figures, &path).await
}

async fn read(page: &Page, how: How, path: &str) -> Option<Each<Dated>> {
    let begun = page.record.now();
    let answer = page.browser.get(path, "application/json").await.ok()?;
    if answer.status >= 500 {
        return None;
    }
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let told = told(if how == How::Figures { &json["newest"] } else { &json });
    let settings = page.record.dated(told);
    page.record.saw(page.who, how, begun, &settings);
    page.take(&settings);
    Some(settings)
}
