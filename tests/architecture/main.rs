//! The layout of ARCHITECTURE.md, held against the imports of `src/`: no circle of files, and no arrow against the layout.
//!
//! A file has an arrow to another one if it names something that is defined there.

#![allow(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod circles;
mod layout;
mod made_up;
mod names;
mod reader;
mod tree;

use layout::Layout;
use std::path::Path;
use tree::Tree;

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
