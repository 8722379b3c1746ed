//! The files and folders that a text names must exist: ARCHITECTURE.md in its map and between backticks, and comments.

use std::{collections::BTreeSet, path::Path};

/// What is made by a build or by tools, or isn't ours.
const NOT_OURS: [&str; 4] = ["target", "node_modules", ".git", "dist"];

/// The path of every file and folder below `root`; folders end with `/`.
pub fn paths(root: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    collect(root, root, &mut paths);
    paths
}

fn collect(root: &Path, folder: &Path, paths: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if path.is_dir() && !NOT_OURS.iter().any(|other| path.ends_with(other)) {
            paths.insert(format!("{name}/"));
            collect(root, &path, paths);
        } else if path.is_file() {
            paths.insert(name);
        }
    }
}

/// The files and folders that are named in a text like ARCHITECTURE.md and don't exist.
pub fn missing(text: &str, paths: &BTreeSet<String>) -> Vec<String> {
    let (mut missing, mut is_map) = (Vec::new(), false);
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            is_map = !is_map;
            continue;
        }
        // A `/` alone may be an address, and one within is no folder's end.
        let is_named = |word: &&str| match is_map {
            true => word.ends_with(".rs") || word.ends_with('/') || word.ends_with('*'),
            false => word.ends_with(".rs") || (word.ends_with('/') && !word.starts_with('/')),
        };
        let quoted = line.split('`').skip(1).step_by(2);
        let parts: Vec<&str> = if is_map { vec![line] } else { quoted.collect() };
        let words = parts.iter().flat_map(|part| words(part)).filter(is_named);
        let unknown = words.filter(|word| word.len() > 1 && !exists(word, paths));
        missing.extend(unknown.map(|word| format!("{}: {word}", number + 1)));
    }
    missing
}

/// The `.rs` files that the comments of a Rust file name and that don't exist.
pub fn missing_in_comments(text: &str, paths: &BTreeSet<String>) -> Vec<String> {
    let comments = text.lines().enumerate().filter_map(|(number, line)| {
        let (_, comment) = line.split_once("//")?;
        Some((number + 1, comment))
    });
    let named = comments.flat_map(|(number, comment)| words(comment).map(move |word| (number, word)));
    named
        .filter(|(_, word)| word.ends_with(".rs") && !exists(word, paths))
        .map(|(number, word)| format!("{number}: {word}"))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_of_a_path = |letter: char| letter.is_ascii_alphanumeric() || "_-/.*".contains(letter);
    text.split(move |letter| !is_of_a_path(letter))
        .map(|word| word.trim_start_matches('*').trim_end_matches('.'))
}

/// Whether a path ends with `name`: texts leave out what is plain from where they stand.
fn exists(name: &str, paths: &BTreeSet<String>) -> bool {
    let ends = |path: &String, name: &str| path == name || path.ends_with(&format!("/{name}"));
    match name.strip_suffix('*') {
        Some(beginning) => paths.iter().any(|path| {
            let last = path.trim_end_matches('/').rsplit('/').next();
            last.is_some_and(|last| last.starts_with(beginning))
        }),
        None => paths.iter().any(|path| ends(path, name)),
    }
}

#[test]
fn what_is_not_there_is_noticed() {
    let paths: BTreeSet<String> = ["src/", "src/a.rs", "src/a/", "src/a/b.rs"].map(str::to_owned).into();
    let text = "```\nsrc/\n  a.rs a/  words b.rs: more; c.rs, d/\n  a* e*\n```\nIn `a/b.rs::f`, `/api/x`, `f.rs`, g.rs and `h/`.";
    assert_eq!(missing(text, &paths), ["3: c.rs", "3: d/", "4: e*", "6: f.rs", "6: h/"]);
    let comments = "use a.rs; // see `a/b.rs`, x.rs\n//! `y/a.rs`.";
    assert_eq!(missing_in_comments(comments, &paths), ["1: x.rs", "2: y/a.rs"]);
}
