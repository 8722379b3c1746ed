//! Stand-ins for the build's files: tests of the server need some, but none needs the real ones.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The kinds of files that pages ask for.
const KINDS: [&str; 3] = ["js", "wasm", "css"];

/// A folder as `make watch` leaves it, where files have plain names.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
        fs::create_dir_all(folder.join("pkg")).unwrap();
        for kind in KINDS {
            fs::write(folder.join(format!("pkg/control-maniac.{kind}")), kind).unwrap();
        }
        folder
    })
}

/// Leaves in `folder` what a release build would, in which files have hashes in their names; gives the file that lists
/// those.
pub fn hashed(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder.join("pkg")).unwrap();
    let mut names = String::new();
    for kind in KINDS {
        fs::write(folder.join(format!("pkg/control-maniac.{kind}-hash.{kind}")), kind).unwrap();
        names.push_str(&format!("{kind}: {kind}-hash\n"));
    }
    let hashes = folder.with_extension("hashes");
    fs::write(&hashes, names).unwrap();
    hashes
}
