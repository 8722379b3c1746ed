//! Finds where a name is defined: through imports, re-exports and globs to the module of the definition.

use crate::tree::{LIBRARY, Tree};
use std::collections::BTreeSet;

/// The target of a path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// A module, which alone is no reason for an arrow.
    Module(usize),
    /// Something that is defined in this module.
    ItemOf(usize),
}

/// The modules that define what `module` calls `path`. None if it is another crate's, or a module; more than one if a
/// name is both a function and a module.
pub fn definers(tree: &Tree, module: usize, path: &[String]) -> BTreeSet<usize> {
    let targets = Search {
        tree,
        under_way: Vec::new(),
    }
    .path(module, path);
    let items = targets.into_iter().filter_map(|target| match target {
        Target::ItemOf(module) => Some(module),
        Target::Module(_) => None,
    });
    items.collect()
}

struct Search<'a> {
    tree: &'a Tree,
    /// The names that are being looked for: a re-export may lead back to itself.
    under_way: Vec<(usize, String)>,
}

impl Search<'_> {
    fn path(&mut self, module: usize, path: &[String]) -> BTreeSet<Target> {
        let Some((first, rest)) = path.split_first() else {
            return BTreeSet::from([Target::Module(module)]);
        };
        let mut targets = match first.as_str() {
            "crate" => BTreeSet::from([Target::Module(self.root(module))]),
            "self" => BTreeSet::from([Target::Module(module)]),
            "super" => self.parent(module),
            LIBRARY => self.tree.library.map(Target::Module).into_iter().collect(),
            name => self.name(module, name),
        };
        for name in rest {
            let found = targets.into_iter().flat_map(|target| match target {
                // What follows belongs to the item: a variant, a function of a type.
                Target::ItemOf(_) => BTreeSet::from([target]),
                Target::Module(module) if name == "super" => self.parent(module),
                Target::Module(module) if name == "self" => BTreeSet::from([Target::Module(module)]),
                Target::Module(module) => {
                    let found = self.name(module, name);
                    // It is there, or it would not compile: a macro has made it.
                    if found.is_empty() && !self.is_under_way(module, name) {
                        BTreeSet::from([Target::ItemOf(module)])
                    } else {
                        found
                    }
                }
            });
            targets = found.collect();
        }
        targets
    }

    /// What a module calls `name`.
    fn name(&mut self, module: usize, name: &str) -> BTreeSet<Target> {
        if self.is_under_way(module, name) {
            return BTreeSet::new();
        }
        self.under_way.push((module, name.to_owned()));
        let tree = self.tree;
        let here = &tree.modules[module];
        let mut targets = BTreeSet::new();
        targets.extend(here.children.get(name).map(|child| Target::Module(*child)));
        if here.items.contains(name) {
            targets.insert(Target::ItemOf(module));
        }
        for (_, path) in here.imports.iter().filter(|(known, _)| known == name) {
            targets.extend(self.path(module, path));
        }
        if targets.is_empty() {
            for path in &here.globs {
                for target in self.path(module, path) {
                    if let Target::Module(all_of) = target {
                        targets.extend(self.name(all_of, name));
                    }
                }
            }
        }
        self.under_way.pop();
        targets
    }

    fn is_under_way(&self, module: usize, name: &str) -> bool {
        self.under_way.iter().any(|(at, known)| *at == module && known == name)
    }

    fn root(&self, module: usize) -> usize {
        self.tree.modules[module]
            .parent
            .map_or(module, |parent| self.root(parent))
    }

    fn parent(&self, module: usize) -> BTreeSet<Target> {
        self.tree.modules[module]
            .parent
            .map(Target::Module)
            .into_iter()
            .collect()
    }
}
