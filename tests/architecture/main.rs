//! The layout of ARCHITECTURE.md, held against the imports of `src/`: no circle of files, and no arrow against the layout.
//! What else the documents say of the files is held against them too.
//!
//! A file has an arrow to another one if it names something that is defined there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod circles;
mod layout;
mod made_up;
mod named;
mod names;
mod one_way;
mod operation;
mod reader;
mod tree;

use layout::Layout;
use std::path::Path;
use tree::{Tree, files_of};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let tree = Tree::of_folder(&root().join("src"));
    let circles = circles::find(&tree.arrows());
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn every_arrow_goes_along_the_layout() {
    let tree = Tree::of_folder(&root().join("src"));
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let faults = Layout::read(&text).unwrap().faults(&tree);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A file that no module declares is compiled by nobody, and checked by nobody.
#[test]
fn every_file_is_a_module() {
    let files = files_of(&root().join("src"));
    let text_of = |wanted: &str| {
        files
            .iter()
            .find(|(file, _)| file.as_str() == wanted)
            .map(|(_, text)| text.as_str())
    };
    for (file, _) in files
        .iter()
        .filter(|(file, _)| !["lib.rs", "main.rs"].contains(&file.as_str()))
    {
        let (folder, name) = file
            .trim_end_matches(".rs")
            .rsplit_once('/')
            .unwrap_or(("", file.trim_end_matches(".rs")));
        let parents = match folder {
            "" => vec![text_of("lib.rs"), text_of("main.rs")],
            folder => vec![text_of(&format!("{folder}.rs"))],
        };
        let (plain, listed) = (format!("mod {name};"), format!("mod {name}::"));
        let is_declared = |text: &&str| text.contains(&plain) || text.contains(&listed);
        assert!(parents.iter().flatten().any(is_declared), "{file} belongs to no module");
    }
}

#[test]
fn every_file_that_architecture_md_names_exists() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let missing = named::missing(&text, &named::paths(root()));
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn every_file_that_a_comment_names_exists() {
    let paths = named::paths(root());
    for folder in ["src", "tests/server", "benches"] {
        for (file, text) in files_of(&root().join(folder)) {
            let missing = named::missing_in_comments(&text, &paths);
            assert!(missing.is_empty(), "{folder}/{file}\n{}", missing.join("\n"));
        }
    }
}

#[test]
fn there_is_one_way_to_the_database() {
    let ways = one_way::other_ways(&files_of(&root().join("src")));
    assert!(
        ways.is_empty(),
        "use sql(…) of src/server/sql.rs instead\n{}",
        ways.join("\n")
    );
}
