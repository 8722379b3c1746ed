//! What stands for the build's files: tests of the server need some, and none of them the true ones.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// What pages ask for.
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

/// Leaves in `folder` what a release build would, where files are called by their hashes; the file that says so.
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
