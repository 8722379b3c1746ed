//! The files built for the browser, which a release carries at the end of its program and `make watch` leaves in
//! a folder, and the names under which pages ask for them.

mod archive;
mod backend;
mod error;
mod pack;

pub use error::SiteError;
pub use pack::pack;

use super::assets::Assets;
use archive::PackedFile;
use std::{collections::HashMap, path::Path, sync::Arc};

/// The files for the browser; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Site {
    files: Files,
    /// The files that pages ask for.
    pub assets: Arc<Assets>,
}

/// Where the files are.
#[derive(Clone, Debug)]
enum Files {
    /// In memory, by their paths, as they were read from the program's archive.
    Packed(Arc<HashMap<String, PackedFile>>),
    /// In a folder. Each request reads the file again, since `make watch` may have changed it.
    Folder(Arc<Path>),
}

impl Site {
    /// Reads the files that `program` carries, all of them, into memory.
    ///
    /// # Errors
    /// It carries none, or they are damaged, or one that pages need is not among them.
    pub fn of_program(program: &Path) -> Result<Self, SiteError> {
        let files = archive::read(program)?;
        let hashes = files
            .get(archive::HASHES)
            .map(|file| String::from_utf8_lossy(&file.content));
        let assets = hashes
            .and_then(|hashes| Assets::hashed(&hashes))
            .ok_or(SiteError::ProgramLacksNames)?;
        if let Some(missing) = assets.paths().find(|path| !files.contains_key(*path)) {
            return Err(SiteError::ProgramLacks(missing.to_owned()));
        }
        Ok(Self {
            files: Files::Packed(Arc::new(files)),
            assets: Arc::new(assets),
        })
    }

    /// Takes the files from `folder`, where they have plain names.
    ///
    /// # Errors
    /// One that pages need is not there.
    pub fn in_folder(folder: &Path) -> Result<Self, SiteError> {
        let assets = Assets::plain();
        if let Some(missing) = assets.paths().find(|path| !folder.join(path).is_file()) {
            return Err(SiteError::FolderLacks {
                folder: folder.to_owned(),
                file: missing.to_owned(),
            });
        }
        Ok(Self {
            files: Files::Folder(folder.into()),
            assets: Arc::new(assets),
        })
    }

    /// Whether a file's name changes with its content, so that a browser may keep it for ever.
    pub fn has_hashed_names(&self) -> bool {
        matches!(self.files, Files::Packed(_))
    }
}
