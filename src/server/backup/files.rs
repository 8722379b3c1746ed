//! The files that backups write: under a temporary name first, then under their own, and safely on the disk.

use super::error::{BackupError, Deed, failed};
use crate::server::{epoch::name::new_epoch, in_use};
use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// A file under a temporary name, which only its owner may read; it is removed unless it is given its own name.
pub struct Part(pub PathBuf);

impl Part {
    /// An empty one beside `file`.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn beside(file: &Path) -> Result<Self, BackupError> {
        let path = in_use::beside(file, &format!(".{}.part", &new_epoch()[..12]));
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed(Deed::Write, &path))?;
        Ok(Self(path))
    }

    /// Gives it its own name, which must be free; it is on the disk then. Gives its size in bytes.
    ///
    /// # Errors
    /// Something has that name, or the file can't be written.
    pub fn name(self, file: &Path) -> Result<u64, BackupError> {
        sync(&self.0)?;
        let size = fs::metadata(&self.0).map_err(failed(Deed::Read, &self.0))?.len();
        // Unlike a renaming this never replaces anything; not every file system can do it.
        match fs::hard_link(&self.0, file) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(file.to_owned()));
            }
            Err(_) => fs::rename(&self.0, file).map_err(failed(Deed::Write, file))?,
        }
        sync_folder_of(file)?;
        Ok(size)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may have been given its own name.
        drop(fs::remove_file(&self.0));
    }
}

/// Waits until everything written to `file` is on the disk.
///
/// # Errors
/// The operating system failed.
pub fn sync(file: &Path) -> Result<(), BackupError> {
    File::open(file)
        .and_then(|file| file.sync_all())
        .map_err(failed(Deed::Write, file))
}

/// Waits until the names in the folder of `file` are on the disk.
///
/// # Errors
/// The operating system failed.
pub fn sync_folder_of(file: &Path) -> Result<(), BackupError> {
    sync(folder_of(file))
}

/// The folder that `file` is in.
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// The suffix for the name of a database that is set aside now: the time of this machine, as its folders show it.
#[allow(
    clippy::disallowed_methods,
    reason = "a file's name is for whoever looks into the folder, and the studio's zone is in the database that may be broken"
)]
pub fn aside() -> String {
    format!(".before-restore-{}", chrono::Local::now().format("%Y%m%d-%H%M%S"))
}
