//! Why there are no files for the browser.

use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::start,
    server::cause,
};
use std::{io, path::PathBuf};

/// Why there are no files for the browser, or no release was made: one line for the person who started the program.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The program ends without them.
    NotPacked,
    /// They can't be read as they were written.
    Damaged(String),
    /// One that pages need was not packed.
    ProgramLacks(String),
    /// It doesn't say under which names it carries them.
    ProgramLacksNames,
    /// The build put no hashes into the names of its files, by which browsers keep them.
    NotHashed(PathBuf),
    /// One that pages need is not in the folder.
    FolderLacks {
        /// Where it was looked for.
        folder: PathBuf,
        /// Its path in there.
        file: String,
    },
    /// The operating system let no file be read.
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The release could not be written; the previous file is still there.
    Unwritable {
        /// What was to be written.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
}

impl Told for SiteError {
    fn message(&self) -> Message {
        match self {
            Self::NotPacked => start::site_not_packed(),
            Self::Damaged(cause) => start::site_damaged(Value::text(cause)),
            Self::ProgramLacks(file) => start::site_lacks(Value::text(file)),
            Self::ProgramLacksNames => start::site_lacks_names(),
            Self::NotHashed(file) => start::site_not_hashed(Value::path(file)),
            Self::FolderLacks { folder, file } => start::site_folder_lacks(Value::text(file), Value::path(folder)),
            Self::Unreadable { path, cause } => start::site_unreadable(cause::of_system(cause), Value::path(path)),
            Self::Unwritable { path, cause } => start::site_unwritable(cause::of_system(cause), Value::path(path)),
        }
    }
}

logged_in_english!(SiteError);
