//! Why there are no files for the browser.

use std::{io, path::PathBuf};

/// Why there are no files for the browser, or no release was made: one line for the person who started the program.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The program ends without them.
    #[error(
        "this program carries no style and no script for its pages: it was built without them, or its end got lost when \
         it was copied. Take the whole of dist/control-maniac, which `make build` leaves, or name the folder that has \
         them with --site."
    )]
    NotPacked,
    /// They can't be read as they were written.
    #[error(
        "the style and script that this program carries for its pages are damaged ({0}). Copy it again, or build it again \
         with `make build`."
    )]
    Damaged(String),
    /// One that pages need was not packed.
    #[error("this program carries no {0}, which its pages need. Build it again with `make build`.")]
    ProgramLacks(String),
    /// The build put no hashes into the names of its files, by which browsers keep them.
    #[error("{} doesn't say by which hashes the build called its files. Build again with `make build`.", .0.display())]
    NotHashed(PathBuf),
    /// One that pages need is not in the folder.
    #[error(
        "the folder {} has no {file}, which every page needs. Build it with `make watch`, or leave --site out with a program \
         that `make build` left.",
        folder.display()
    )]
    FolderLacks {
        /// Where it was looked for.
        folder: PathBuf,
        /// Its path in there.
        file: String,
    },
    /// The operating system let no file be read.
    #[error("can't read {}: {cause}", path.display())]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The release could not be written; the previous file is still there.
    #[error("can't write {}: {cause}", path.display())]
    Unwritable {
        /// What was to be written.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
}
