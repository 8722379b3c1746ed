//! The files a page asks for, under the hashed names that the build gave them.

/// The build's name for its script, program and style sheet, before the hash; as Cargo.toml has it.
pub const OUTPUT_NAME: &str = "control-maniac";

/// The folder in which the build leaves them, and the address below which they are; as Cargo.toml has it.
pub const PACKAGE: &str = "pkg";

/// The icon of every page.
pub const ICON: &str = "/favicon.svg";

/// The files of the site that are asked for beside those below [`PACKAGE`]. Style sheets name the pin's.
pub const FILES: [&str; 3] = [ICON, "/pin.svg", "/robots.txt"];

/// Where `make watch` tells pages that they were built anew; as Cargo.toml tells it.
pub const RELOAD_PORT: u32 = 3001;

/// The addresses of the page's script, program and style sheet.
#[derive(Debug)]
pub struct Assets {
    /// The script that loads the program.
    pub js: String,
    /// The program.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// Names this build: two builds whose pages could differ never share it.
    pub build: String,
}

impl Assets {
    /// The files of a build with these `hashes`, a line for each kind as in `js: 7Jq2…`; none if a kind is missing.
    pub fn hashed(hashes: &str) -> Option<Self> {
        let hash_of = |kind: &str| {
            hashes
                .lines()
                .find_map(|line| Some(line.trim().strip_prefix(kind)?.strip_prefix(':')?.trim()))
        };
        let [js, wasm, css] = [hash_of("js")?, hash_of("wasm")?, hash_of("css")?];
        let name = |hash: &str, kind: &str| format!("/{PACKAGE}/{OUTPUT_NAME}.{hash}.{kind}");
        Some(Self {
            js: name(js, "js"),
            wasm: name(wasm, "wasm"),
            css: name(css, "css"),
            // The hashes are of the files' content, so they name it.
            build: format!("{}-{js}-{wasm}-{css}", env!("CARGO_PKG_VERSION")),
        })
    }

    /// The files of a build that gave no hashes.
    pub fn plain() -> Self {
        let name = |kind: &str| format!("/{PACKAGE}/{OUTPUT_NAME}.{kind}");
        Self {
            js: name("js"),
            wasm: name("wasm"),
            css: name("css"),
            build: format!("{}-plain", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Their paths in the folder of the build.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        [&self.js, &self.wasm, &self.css]
            .into_iter()
            .map(|address| address.trim_start_matches('/'))
    }
}
