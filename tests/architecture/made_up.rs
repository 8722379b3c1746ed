//! The check itself, on little made-up trees: which faults it must notice, and what it must let pass.

use crate::{circles, layout::Layout, tree::Tree};

fn tree(files: &[(&str, &str)]) -> Tree {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Tree::of(&files.collect())
}

fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let arrows = tree(files).arrows();
    arrows
        .iter()
        .map(|arrow| format!("{}:{} -> {}", arrow.from, arrow.line, arrow.to))
        .collect()
}

const LIB: (&str, &str) = ("lib.rs", "pub mod a;\npub mod b;");

#[test]
fn an_import_is_an_arrow_whatever_its_form() {
    let b = ("b.rs", "pub struct B;\npub mod inner {\n    pub fn f() {}\n}");
    for text in [
        "use crate::b::B;",
        "use super::b::B;",
        "use crate::{b::{self, B}};",
        "use crate::b::B as Other;",
        "use crate::b::inner::f;",
        "fn f(_: crate::b::B) {}",
        "fn f() { super::b::inner::f() }",
        "use crate::b; fn f() { b::inner::f() }",
        "use crate::b::*; fn f() -> B { B }",
        "fn f() { use crate::b::B; }",
        "fn f() { view! { <p>{ crate::b::B }</p> } }",
        "#[derive(crate::b::B)] struct A;",
        "impl crate::b::B {}",
        "mod within { use crate::b::B; }",
        "mod within { use super::super::b::B; }",
        "#[cfg(any(test, feature = \"f\"))] use crate::b::B;",
        "#[cfg(not(test))] use crate::b::B;",
    ] {
        assert_eq!(arrows(&[LIB, ("a.rs", text), b]), ["a.rs:1 -> b.rs"], "{text}");
    }
}

#[test]
fn what_names_nothing_of_another_file_is_no_arrow() {
    let b = ("b.rs", "pub struct B;");
    for text in [
        "",
        "use std::fmt;",
        "use ::b::B;",
        "use crate::b;",
        "pub use crate::b::B;",
        "pub(crate) struct A;\npub(in crate::a) struct C;",
        "#[cfg(test)]\nmod tests {\n    use crate::b::B;\n}",
        "#[cfg(test)]\nuse crate::b::B;",
        "#[cfg(all(test, feature = \"f\"))]\nmod tests {\n    use crate::b::B;\n}",
        "#[cfg(all(unix, all(test)))]\nuse crate::b::B;",
        "// crate::b::B\nconst A: &str = \"crate::b::B\";",
        "fn f() { view! { x.B } }",
    ] {
        assert_eq!(arrows(&[LIB, ("a.rs", text), b]), [""; 0], "{text}");
    }
}

#[test]
fn a_file_of_tests_does_not_count() {
    let a = ("a.rs", "#[cfg(test)]\nmod tests;");
    let tests = ("a/tests.rs", "use crate::b::B;");
    assert_eq!(arrows(&[LIB, a, tests, ("b.rs", "pub struct B;")]), [""; 0]);
}

#[test]
fn a_re_export_leads_to_the_file_of_the_definition() {
    let b = ("b.rs", "mod c;\npub use c::{C, D as E};\npub use c::all::*;");
    let c = ("b/c.rs", "pub struct C;\npub struct D;\npub mod all { pub struct F; }");
    for name in ["C", "E", "F"] {
        let a = format!("\nuse crate::b::{name};");
        assert_eq!(arrows(&[LIB, ("a.rs", &a), b, c]), ["a.rs:2 -> b/c.rs"]);
    }
}

#[test]
fn what_a_macro_makes_belongs_to_the_file_that_calls_it() {
    let b = ("b.rs", "#[derive(Model)]\npub struct B;");
    assert_eq!(arrows(&[LIB, ("a.rs", "use crate::b::Entity;"), b]), ["a.rs:1 -> b.rs"]);
}

#[test]
fn a_re_export_that_leads_to_itself_ends() {
    let a = ("a.rs", "pub use crate::b::X;");
    let b = ("b.rs", "pub use crate::a::X;\nuse crate::a::X as Y;");
    assert_eq!(circles::find(&tree(&[LIB, a, b]).arrows()).len(), 0);
}

#[test]
fn the_program_knows_the_library_by_its_name() {
    let main = ("main.rs", "mod cli;\nfn main() { cli::run() }");
    let cli = ("cli.rs", "use control_maniac::a::A;\npub fn run() {}");
    let (a, b) = (("a.rs", "pub struct A;"), ("b.rs", ""));
    assert_eq!(
        arrows(&[LIB, main, cli, a, b]),
        ["cli.rs:1 -> a.rs", "main.rs:2 -> cli.rs"]
    );
}

#[test]
fn a_circle_is_told_as_its_shortest_chain() {
    let lib = ("lib.rs", "mod a;\nmod b;\nmod c;\nmod d;");
    let a = ("a.rs", "pub struct A;\nuse crate::b::B;");
    let b = ("b.rs", "pub struct B;\n\nuse crate::c::C;");
    let c = ("c.rs", "pub struct C(crate::a::A, crate::b::B);");
    let d = ("d.rs", "use crate::a::A;");
    let circles = circles::find(&tree(&[lib, a, b, c, d]).arrows());
    let [circle] = circles.as_slice() else {
        panic!("{circles:?}");
    };
    assert_eq!(
        circle,
        "a circle:\n  src/b.rs:3 -> src/c.rs\n  src/c.rs:1 -> src/b.rs\n  it is the shortest among 3 files: a.rs, b.rs, c.rs\n"
    );
}

#[test]
fn a_parent_that_declares_and_re_exports_its_children_is_in_no_circle() {
    let a = ("a.rs", "mod child;\npub use child::Child;\npub struct A;");
    let child = ("a/child.rs", "use super::A;\npub struct Child(A);");
    let b = ("b.rs", "");
    assert_eq!(circles::find(&tree(&[LIB, a, child, b]).arrows()), [""; 0]);
    let using = ("a.rs", "mod child;\npub use child::Child;\npub struct A(Child);");
    assert_eq!(circles::find(&tree(&[LIB, using, child, b]).arrows()).len(), 1);
}

const TABLE: &str = "text

| room | in it | may know |
| --- | --- | --- |
| top | `lib.rs` | all below |
| first | `a` | second |
| second | `b` | |

| another | table | |";

fn faults(table: &str, files: &[(&str, &str)]) -> Vec<String> {
    Layout::read(table).unwrap().faults(&tree(files))
}

#[test]
fn an_arrow_against_the_layout_is_noticed() {
    let (a, b) = (("a.rs", "use crate::b::B;\npub struct A;"), ("b.rs", "pub struct B;"));
    assert_eq!(faults(TABLE, &[LIB, a, b]), [""; 0]);
    let (a, b) = (
        ("a.rs", "pub struct A;"),
        ("b.rs", "pub struct B;\nfn f(_: super::a::A) {}"),
    );
    assert_eq!(
        faults(TABLE, &[LIB, a, b]),
        ["src/b.rs:2 -> src/a.rs: second may not know first"]
    );
}

#[test]
fn a_place_is_a_folder_or_a_file_and_the_closest_counts() {
    let table = "| room | in it | may know |
| --- | --- | --- |
| top | `lib.rs`, `b/c` | base |
| base | `a`, `b` | |";
    let files = [
        LIB,
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "mod c;\npub struct B;"),
        ("b/c.rs", "mod d;\nuse super::B;"),
        ("b/c/d.rs", "use crate::b::B;"),
    ];
    assert_eq!(faults(table, &files), [""; 0]);
}

#[test]
fn a_file_without_a_room_and_a_place_without_a_file_are_noticed() {
    let lib = ("lib.rs", "mod a;\nmod c;");
    assert_eq!(
        faults(TABLE, &[lib, ("a.rs", ""), ("c.rs", "")]),
        ["src/c.rs is in no room", "there is no file at `b`"]
    );
}

#[test]
fn a_layout_that_is_none_is_refused() {
    let refused = |table: &str| Layout::read(table).err().unwrap();
    assert!(refused("no table").contains("no table"));
    let upwards = "| room | in it | may know |\n| --- | --- | --- |\n| one | `a` | |\n| two | `b` | one |";
    assert_eq!(refused(upwards), "two may know one, which is no room below it");
}
