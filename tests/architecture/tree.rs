//! The files of a crate as a tree of modules, and which file names something of which other.

use crate::{names, reader};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
};

/// How the program calls the library.
pub const LIBRARY: &str = "control_maniac";

/// A module: a file's own, or one within a file.
pub struct Module {
    /// The file it is in, from the crate's folder on.
    pub file: String,
    pub parent: Option<usize>,
    pub children: HashMap<String, usize>,
    /// What is defined in it.
    pub items: BTreeSet<String>,
    /// The names that it imports, and the path of each.
    pub imports: Vec<(String, Vec<String>)>,
    /// The paths of the modules whose names it imports all.
    pub globs: Vec<Vec<String>>,
    /// The paths in its text, and the line of each.
    pub mentions: Vec<(Vec<String>, usize)>,
}

impl Module {
    /// An empty one.
    pub fn new(file: &str, parent: Option<usize>) -> Self {
        Self {
            file: file.to_owned(),
            parent,
            children: HashMap::new(),
            items: BTreeSet::new(),
            imports: Vec::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        }
    }
}

/// A file names something that is defined in another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    /// Where it does so first.
    pub line: usize,
}

/// All modules of a crate, except those that exist only for tests.
pub struct Tree {
    pub modules: Vec<Module>,
    /// The module of `lib.rs`.
    pub library: Option<usize>,
}

impl Tree {
    /// The crate in this folder.
    pub fn of_folder(folder: &Path) -> Self {
        Self::of(&files_of(folder))
    }

    /// The crate made of these files, each with its text. Only files to which `lib.rs` or `main.rs` leads count.
    pub fn of(files: &BTreeMap<String, String>) -> Self {
        let mut tree = Self {
            modules: Vec::new(),
            library: None,
        };
        tree.library = files
            .contains_key("lib.rs")
            .then(|| tree.add(files, "lib.rs", "", None));
        if files.contains_key("main.rs") {
            tree.add(files, "main.rs", "", None);
        }
        tree
    }

    /// Reads a file; the files of its modules are in `folder`.
    pub fn add(&mut self, files: &BTreeMap<String, String>, file: &str, folder: &str, parent: Option<usize>) -> usize {
        let syntax = syn::parse_file(&files[file]).unwrap_or_else(|error| panic!("{file}: {error}"));
        let module = self.modules.len();
        self.modules.push(Module::new(file, parent));
        reader::read(self, files, &syntax, folder, module);
        module
    }

    /// The files that count.
    pub fn files(&self) -> BTreeSet<&str> {
        self.modules.iter().map(|module| module.file.as_str()).collect()
    }

    /// Which file names something of which other.
    pub fn arrows(&self) -> BTreeSet<Arrow> {
        let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (number, module) in self.modules.iter().enumerate() {
            for (path, line) in &module.mentions {
                for definer in names::definers(self, number, path) {
                    let to = &self.modules[definer].file;
                    if *to != module.file {
                        let known = first.entry((&module.file, to)).or_insert(*line);
                        *known = (*known).min(*line);
                    }
                }
            }
        }
        let arrows = first.into_iter().map(|((from, to), line)| Arrow {
            from: from.to_owned(),
            to: to.to_owned(),
            line,
        });
        arrows.collect()
    }
}

/// The text of every Rust file in this folder and those below it, by its path in it.
pub fn files_of(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.to_owned(), std::fs::read_to_string(&path).unwrap());
        }
    }
}
