//! One source file: what it holds, and what it names.

use std::collections::BTreeSet;
use std::path::Path;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ItemMod, LitStr, Macro, Signature, UseTree};

/// A function or method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Lines from its signature to its closing brace.
    pub lines: usize,
}

/// A parsed source file without its tests.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below `src/`, with forward slashes.
    pub path: String,
    /// Its module, from the root of the crate; empty for `lib.rs` and `main.rs`.
    pub module: Vec<String>,
    /// Folder of modules that it belongs to: `forms` for `forms/fill.rs`, and for `forms.rs` beside a folder `forms`.
    pub folder: String,
    /// Number of lines before its tests.
    pub lines: usize,
    /// Functions and methods.
    pub functions: Vec<Function>,
    /// String literals with an ideograph.
    pub chinese_literals: usize,
    /// Paths that begin in this crate, as modules from its root, each with what follows.
    pub paths: BTreeSet<Vec<String>>,
    /// What it hands on with `pub use`: name here → path from the root.
    pub handed_on: Vec<(String, Vec<String>)>,
    /// Modules that it declares for tests only, `a::b`.
    pub test_modules: Vec<String>,
}

impl File {
    /// Parses the text of the file at `path` below `src`.
    ///
    /// # Errors
    /// What the parser says, with path and line.
    pub fn parse(src: &Path, path: &Path, text: &str) -> Result<File, String> {
        let parsed = syn::parse_file(text)
            .map_err(|error| format!("{}:{}: {error}", path.display(), error.span().start().line))?;
        let relative: Vec<String> =
            path.strip_prefix(src).unwrap_or(path).iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let module = module(&relative);
        let has_folder = path.with_extension("").is_dir();
        let inside = if has_folder { module.len() } else { module.len().saturating_sub(1) };
        let is_face = relative.last().is_some_and(|name| name == "mod.rs");
        let folder = if is_face { module.join("/") } else { module.get(..inside).unwrap_or_default().join("/") };
        let mut file = File {
            path: relative.join("/"),
            module,
            folder,
            lines: text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count(),
            functions: Vec::new(),
            chinese_literals: 0,
            paths: BTreeSet::new(),
            handed_on: Vec::new(),
            test_modules: Vec::new(),
        };
        Reader { file: &mut file, inner: Vec::new() }.visit_file(&parsed);
        Ok(file)
    }
}

fn module(relative: &[String]) -> Vec<String> {
    let mut out = relative.to_vec();
    match out.pop().as_deref() {
        None | Some("mod.rs" | "lib.rs" | "main.rs") => {}
        Some(name) => out.push(name.trim_end_matches(".rs").to_owned()),
    }
    out
}

/// Walks a file; `inner` are the modules that it opens in itself.
struct Reader<'f> {
    file: &'f mut File,
    inner: Vec<String>,
}

impl Reader<'_> {
    /// A path from the root of the crate; `None` for one that begins elsewhere.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut at: Vec<String> = self.file.module.iter().chain(&self.inner).cloned().collect();
        let mut rest = path;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                at.clear();
                rest = rest.get(1..)?;
            }
            Some("self") => rest = rest.get(1..)?,
            Some("super") => {
                while rest.first().is_some_and(|part| part == "super") {
                    at.pop()?;
                    rest = rest.get(1..)?;
                }
            }
            _ => {}
        }
        at.extend(rest.iter().cloned());
        Some(at)
    }

    fn name(&mut self, path: &[String]) {
        if let Some(path) = self.absolute(path) {
            self.file.paths.insert(path);
        }
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        let lines = block.span().end().line + 1 - signature.span().start().line;
        self.file.functions.push(Function { name: signature.ident.to_string(), lines });
    }

    fn tree(&mut self, tree: &UseTree, before: &[String], handed_on: bool) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string()), handed_on),
            UseTree::Group(group) => {
                for item in &group.items {
                    self.tree(item, before, handed_on);
                }
            }
            UseTree::Name(name) => self.used(name.ident.to_string(), name.ident.to_string(), before, handed_on),
            UseTree::Rename(name) => self.used(name.ident.to_string(), name.rename.to_string(), before, handed_on),
            UseTree::Glob(_) => self.name(before),
        }
    }

    fn used(&mut self, name: String, here: String, before: &[String], handed_on: bool) {
        let path: Vec<String> =
            if name == "self" { before.to_vec() } else { before.iter().cloned().chain([name]).collect() };
        if let Some(path) = self.absolute(&path).filter(|_| handed_on) {
            self.file.handed_on.push((here, path));
        } else {
            self.name(&path);
        }
    }
}

fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if for_tests(&item.attrs) {
            let path = self.file.module.iter().chain(&self.inner).cloned().chain([item.ident.to_string()]);
            self.file.test_modules.push(path.collect::<Vec<_>>().join("::"));
            return;
        }
        self.inner.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.inner.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !for_tests(&item.attrs) {
            let handed_on = !matches!(item.vis, syn::Visibility::Inherited);
            self.tree(&item.tree, &[], handed_on);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !for_tests(&item.attrs) {
            self.function(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !for_tests(&item.attrs) {
            self.function(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            self.name(&parts);
        }
        visit::visit_path(self, path);
    }

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.file.chinese_literals += usize::from(literal.value().contains(is_ideograph));
    }

    // A doc comment is an attribute with a literal; it is read by people, not by the program.
    fn visit_attribute(&mut self, _attribute: &'ast Attribute) {}

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.file.chinese_literals += literals(called.tokens.clone());
        visit::visit_macro(self, called);
    }
}

/// String literals with an ideograph among the tokens of a macro call, which `syn` does not parse.
fn literals(tokens: proc_macro2::TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            proc_macro2::TokenTree::Group(group) => literals(group.stream()),
            proc_macro2::TokenTree::Literal(literal) => {
                let text = literal.to_string();
                usize::from(text.contains('"') && text.contains(is_ideograph))
            }
            proc_macro2::TokenTree::Ident(_) | proc_macro2::TokenTree::Punct(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> File {
        File::parse(Path::new("src"), Path::new("src/forms/fill.rs"), text).unwrap()
    }

    #[test]
    fn paths_are_told_from_the_root_and_tests_are_passed_over() {
        let file = parsed(
            "use super::head::Head;\nuse crate::facts::{self, Fact as F};\nfn a() { crate::money::sum(); }\n\
             #[cfg(test)]\nmod tests { use crate::made::Made; fn b() {} }\n",
        );
        let paths: Vec<String> = file.paths.iter().map(|path| path.join("::")).collect();
        assert_eq!(paths, ["facts", "facts::Fact", "forms::head::Head", "money::sum"]);
        assert_eq!((file.functions.len(), file.lines, file.folder.as_str()), (1, 3, "forms"));
    }

    #[test]
    fn literals_count_in_code_and_macros_but_not_in_comments() {
        let file = parsed("/// 说明\nfn a() -> String { let x = \"甲\"; format!(\"乙{x}\") + \"c\" }\n");
        assert_eq!(file.chinese_literals, 2);
    }
}
