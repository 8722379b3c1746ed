//! How a release is made: the program, and appended to it the files built for the browser.

use super::{
    Site, SiteError,
    archive::{self, HASHES, unreadable},
};
use crate::server::assets::{Assets, OUTPUT_NAME, PACKAGE};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Anyone may read and start a release.
const MODE: u32 = 0o755;

/// Writes `program`, without an archive that it may carry already, and all files in `folder` to the file `to`, in one
/// step; gives the size of that in bytes. `hashes` is the file that the build left beside the program, with the hashes
/// in the names of its files.
///
/// # Errors
/// A file can't be read or written; the build lacks one that pages need. Then `to` is as it was before.
pub fn pack(program: &Path, folder: &Path, hashes: &Path, to: &Path) -> Result<u64, SiteError> {
    let unwritable = |cause| SiteError::Unwritable {
        path: to.to_owned(),
        cause,
    };
    let mut paths = BTreeMap::new();
    collect(folder, "", &mut paths).map_err(|cause| unreadable(folder, cause))?;
    let names = fs::read_to_string(hashes).map_err(|cause| unreadable(hashes, cause))?;
    let assets = Assets::hashed(&names).ok_or_else(|| SiteError::NotHashed(hashes.to_owned()))?;
    paths.retain(|path, _| !is_left_over(path, &assets));
    paths.insert(HASHES.to_owned(), hashes.to_owned());

    let mut files = BTreeMap::new();
    for (path, file) in paths {
        let read = read(&file).map_err(|cause| unreadable(&file, cause))?;
        files.insert(path, read);
    }
    let files = files
        .iter()
        .map(|(path, (modified, content))| (&**path, *modified, &**content));
    let length = archive::start(program)?;
    let archive = archive::write(length, files).map_err(|error| unwritable(error.into()))?;

    let program = File::open(program).map_err(|cause| unreadable(program, cause))?;
    // Beside it at first: a release is there whole or not at all, even if this is killed.
    let unfinished = beside(to);
    let outcome = write(&unfinished, program.take(length), &archive)
        .map_err(unwritable)
        .and_then(|()| Site::of_program(&unfinished))
        .and_then(|_| fs::rename(&unfinished, to).map_err(unwritable));
    if outcome.is_err() {
        // A failure to remove it adds nothing to the first error.
        drop(fs::remove_file(&unfinished));
    }
    outcome.map(|()| length + archive.len() as u64)
}

/// All files in `folder` and in its subfolders, by their paths in the outermost.
fn collect(folder: &Path, under: &str, found: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path, entry.path());
        }
    }
    Ok(())
}

/// Whether it is of an earlier build: those keep their files, since they have other hashes.
fn is_left_over(path: &str, assets: &Assets) -> bool {
    let uncompressed = path.strip_suffix(".br").or(path.strip_suffix(".gz")).unwrap_or(path);
    path.starts_with(&format!("{PACKAGE}/{OUTPUT_NAME}.")) && !assets.paths().any(|current| current == uncompressed)
}

fn read(file: &Path) -> io::Result<(SystemTime, Vec<u8>)> {
    Ok((fs::metadata(file)?.modified()?, fs::read(file)?))
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    to.with_file_name(name)
}

fn write(to: &Path, mut program: impl Read, archive: &[u8]) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(MODE)
        .open(to)?;
    io::copy(&mut program, &mut file)?;
    file.write_all(archive)?;
    file.sync_all()
}
