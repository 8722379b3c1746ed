//! Reads a file: what it defines, what it imports, and every path it names, within macros too.

use crate::tree::{Module, Tree};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use syn::{
    Attribute, File, Item, ItemMod, ItemUse, Macro, Meta, Token, UseTree, Visibility,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

/// Puts the content of the file of `module` into the tree, and the files of its modules, which are in `folder`.
pub fn read(tree: &mut Tree, files: &BTreeMap<String, String>, file: &File, folder: &str, module: usize) {
    let mut reader = Reader {
        tree,
        files,
        folder: folder.to_owned(),
        module,
    };
    reader.visit_file(file);
}

struct Reader<'a> {
    tree: &'a mut Tree,
    files: &'a BTreeMap<String, String>,
    /// Where the files of its modules are.
    folder: String,
    module: usize,
}

impl Reader<'_> {
    fn here(&mut self) -> &mut Module {
        &mut self.tree.modules[self.module]
    }

    fn mention(&mut self, path: Vec<String>, line: usize) {
        self.here().mentions.push((path, line));
    }

    fn module(&mut self, item: &ItemMod) {
        let name = item.ident.to_string();
        let folder = format!("{}{name}/", self.folder);
        let child = if let Some((_, items)) = &item.content {
            let file = self.here().file.clone();
            let child = self.tree.modules.len();
            self.tree.modules.push(Module::new(&file, Some(self.module)));
            let before = (self.module, std::mem::replace(&mut self.folder, folder));
            self.module = child;
            items.iter().for_each(|item| self.visit_item(item));
            (self.module, self.folder) = before;
            child
        } else {
            let file = format!("{}{name}.rs", self.folder);
            self.tree.add(self.files, &file, &folder, Some(self.module))
        };
        self.here().children.insert(name, child);
    }

    /// A macro may declare a module, as the list of settings does.
    fn module_of_macro(&mut self, name: &str) {
        let file = format!("{}{name}.rs", self.folder);
        if self.files.contains_key(&file) {
            let folder = format!("{}{name}/", self.folder);
            let child = self.tree.add(self.files, &file, &folder, Some(self.module));
            self.here().children.insert(name.to_owned(), child);
        }
    }

    fn import(&mut self, item: &ItemUse) {
        // A re-export is not a use.
        let is_used = matches!(item.vis, Visibility::Inherited);
        let mut leaves = Vec::new();
        flatten(&item.tree, &mut Vec::new(), &mut leaves);
        for (name, path, line) in leaves {
            match name {
                Some(name) => self.here().imports.push((name, path.clone())),
                None => self.here().globs.push(path.clone()),
            }
            if is_used {
                self.mention(path, line);
            }
        }
    }

    /// The paths in the text of a macro or an attribute, no matter what it makes of them.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        let mut before = ' ';
        while let Some(token) = tokens.next() {
            let sign = match &token {
                TokenTree::Punct(punct) => punct.as_char(),
                _ => ' ',
            };
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) if ident == "mod" => {
                    if let Some(TokenTree::Ident(name)) = tokens.peek() {
                        self.module_of_macro(&name.to_string());
                    }
                }
                // A field or a method, and a lifetime, are no paths.
                TokenTree::Ident(ident) if !matches!(before, '.' | '\'') => {
                    let line = ident.span().start().line;
                    let mut path = vec![ident.to_string()];
                    let is_colon =
                        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
                    while tokens.next_if(is_colon).is_some() {
                        if tokens.next_if(is_colon).is_none() {
                            break;
                        }
                        match tokens.next_if(|token| matches!(token, TokenTree::Ident(_))) {
                            Some(segment) => path.push(segment.to_string()),
                            None => break,
                        }
                    }
                    self.mention(path, line);
                }
                _ => {}
            }
            before = sign;
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_for_tests) {
            return;
        }
        match item {
            Item::Mod(item) => return self.module(item),
            Item::Use(item) => return self.import(item),
            _ => {}
        }
        if let Some(name) = name(item) {
            self.here().items.insert(name);
        }
        visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter().map(|segment| segment.ident.to_string());
        // One that begins with `::` is another crate's.
        if path.leading_colon.is_none() {
            self.mention(segments.collect(), path.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            Meta::List(list) => self.tokens(list.tokens.clone()),
            meta => visit::visit_meta(self, meta),
        }
    }
}

/// The leaves of a `use`: the name that each gives, or none for all names, the path, and the line.
fn flatten(tree: &UseTree, path: &mut Vec<String>, leaves: &mut Vec<(Option<String>, Vec<String>, usize)>) {
    let line = tree.span().start().line;
    let full = |path: &[String], last: String| {
        // `{self}` is the module itself.
        let last = Some(last).filter(|last| last != "self" || path.is_empty());
        path.iter().cloned().chain(last).collect::<Vec<_>>()
    };
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            flatten(&inner.tree, path, leaves);
            path.pop();
        }
        UseTree::Name(name) => {
            let path = full(path, name.ident.to_string());
            leaves.push((path.last().cloned(), path, line));
        }
        UseTree::Rename(rename) => {
            let path = full(path, rename.ident.to_string());
            leaves.push((Some(rename.rename.to_string()), path, line));
        }
        UseTree::Glob(_) => leaves.push((None, path.clone(), line)),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, path, leaves)),
    }
}

/// Whether the item that has it exists only for tests.
fn is_for_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<Meta>()
            .is_ok_and(|condition| wants_tests(&condition))
}

fn wants_tests(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|conditions| conditions.iter().any(wants_tests)),
        _ => false,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
