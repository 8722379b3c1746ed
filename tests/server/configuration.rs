//! The server's assumptions about the files built for the browser agree with the build's configuration.

use control_maniac::server::assets::{OUTPUT_NAME, PACKAGE, RELOAD_PORT};
use toml::Table;

#[test]
fn what_build_and_server_are_told_agrees() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let manifest = text.parse::<Table>().unwrap();
    let build = &manifest["package"]["metadata"]["leptos"];
    assert_eq!(build["output-name"].as_str(), Some(OUTPUT_NAME));
    assert_eq!(build["site-pkg-dir"].as_str(), Some(PACKAGE));
    assert_eq!(build["reload-port"].as_integer(), Some(RELOAD_PORT.into()));
    // Browsers keep a release's files that have a hash in their names.
    assert_eq!(build["hash-files"].as_bool(), Some(true));
}
