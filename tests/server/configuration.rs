//! The two places in which Leptos is told what to do agree where both say it.

use toml::Table;

fn leptos_section(file: &str) -> Table {
    let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    text.parse::<Table>().unwrap()["package"]["metadata"]["leptos"]
        .as_table()
        .unwrap()
        .clone()
}

#[test]
fn what_build_and_server_are_told_agrees() {
    let (build, server) = (leptos_section("Cargo.toml"), leptos_section("Leptos.toml"));
    let both: Vec<&String> = server.keys().filter(|key| build.contains_key(*key)).collect();
    assert!(both.len() >= 5, "{both:?}");
    for key in both {
        assert_eq!(build[key], server[key], "{key}");
    }
}
