//! The files a page asks for, under the hashed names that the build gave them.

use leptos::prelude::LeptosOptions;
use std::path::PathBuf;

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
    /// Reads the hashes that the build left beside the program; where there are none, the plain names.
    pub fn find(options: &LeptosOptions) -> Self {
        let name = |extension: &str, hash: Option<&str>| {
            let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
            format!("/{}/{}{hash}.{extension}", options.site_pkg_dir, options.output_name)
        };
        let hashes = std::env::current_exe()
            .into_iter()
            .flat_map(|program| {
                program
                    .ancestors()
                    .skip(1)
                    .take(2)
                    .map(PathBuf::from)
                    .collect::<Vec<_>>()
            })
            .find_map(|folder| std::fs::read_to_string(folder.join(&*options.hash_file)).ok())
            .filter(|_| options.hash_files)
            .unwrap_or_default();
        let hash_of = |kind: &str| {
            hashes
                .lines()
                .find_map(|line| Some(line.trim().strip_prefix(kind)?.strip_prefix(':')?.trim()))
        };
        // The hashes are of the files' content, so they name it.
        let build = ["js", "wasm", "css"].map(|kind| hash_of(kind).unwrap_or("plain"));
        Self {
            build: format!("{}-{}", env!("CARGO_PKG_VERSION"), build.join("-")),
            js: name("js", hash_of("js")),
            wasm: name("wasm", hash_of("wasm")),
            css: name("css", hash_of("css")),
        }
    }
}
