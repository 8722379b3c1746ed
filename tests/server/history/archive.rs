//! The backup of the database that is kept, and how it is put back: with the program's own commands, under open windows.

use super::{
    chance::Chance,
    node::{Node, Signal},
    record::{Backup, Record},
    studio::Studio,
};
use crate::backup;
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

/// How long a database may still be reported as used after the last process has gone.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Archive {
    database_url: String,
    folder: TempDir,
    made: usize,
    /// The latest backup of this round.
    kept: Option<(PathBuf, Backup)>,
}

impl Archive {
    pub fn of(database_url: &str) -> Self {
        Self {
            database_url: database_url.to_owned(),
            folder: tempfile::tempdir().unwrap(),
            made: 0,
            kept: None,
        }
    }

    /// Forgets its backup.
    pub fn empty(&mut self) {
        self.kept = None;
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_none()
    }

    /// Makes a backup while windows store choices.
    pub async fn back_up(&mut self, record: &Record) {
        self.made += 1;
        let file = self.folder.path().join(format!("{}.backup", self.made));
        let backup = record.back_up();
        self.program("backup", &file).await;
        record.count("backups");
        self.kept = Some((file, backup));
    }

    /// Puts the backup back while no node runs. Windows stay open and browsers logged in, and their requests may still
    /// be on their way.
    pub async fn restore(&mut self, studio: &Studio, nodes: &mut [Node], record: &Record, chance: &mut Chance) {
        let (file, backup) = self.kept.clone().unwrap();
        for node in nodes.iter_mut() {
            node.stop(chance.pick(&[Signal::Term, Signal::Kill])).await;
        }
        studio.disconnect().await;
        self.program("restore", &file).await;
        studio.connect().await;
        record.restored(studio.epoch().await, studio.rows().await, backup);
        record.count("restores");
        for node in nodes {
            node.start_again().await;
        }
    }

    async fn program(&self, command: &'static str, file: &Path) {
        let (url, file) = (self.database_url.clone(), file.to_str().unwrap().to_owned());
        let run = move || backup::run(&[command, "--database-url", &url, &file]);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (is_done, said) = spawn_blocking(run.clone()).await.unwrap();
            if is_done {
                return;
            }
            // Postgres may need a moment to notice that a node has gone.
            assert!(
                said.contains("is used by") && Instant::now() < deadline,
                "{command}: {said}"
            );
        }
    }
}
