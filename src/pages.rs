//! The table of pages: where each is, what it is called, and whether the navigation leads there.
//!
//! Router, navigation, views and links read it, and so do the tests of rights. What a page shows is in `views.rs`,
//! which doesn't compile before it knows each [`PageName`]. Every page is for anyone who is logged in;
//! `server/permission.rs` decides which rows they see on it.

use crate::{message::Message, messages::window};

/// A page of the application.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Which one it is.
    pub name: PageName,
    /// Its path, as the router reads it: `/projects/{code}`.
    pub path: &'static str,
    /// What a person calls it.
    pub title: fn() -> Message,
    /// Whether the navigation leads there.
    pub in_navigation: bool,
    /// Whether it has a list that is cut into pages.
    pub has_list: bool,
}

/// The name of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the page of its name")]
pub enum PageName {
    Home,
    Projects,
    Project,
    Costs,
    Time,
    Bookings,
    Invoices,
    Figure,
    Pack,
}

/// Every page, in the order of the navigation.
pub const PAGES: [Page; 9] = [HOME, PROJECTS, PROJECT, COSTS, TIME, BOOKINGS, INVOICES, FIGURE, PACK];

/// The key figures.
pub const HOME: Page = Page {
    name: PageName::Home,
    path: "/",
    title: window::home,
    in_navigation: true,
    has_list: false,
};

/// The list of projects.
pub const PROJECTS: Page = Page {
    name: PageName::Projects,
    path: "/projects",
    title: window::projects,
    in_navigation: true,
    has_list: true,
};

/// One project.
pub const PROJECT: Page = Page {
    name: PageName::Project,
    path: "/projects/{code}",
    title: window::project,
    in_navigation: false,
    has_list: false,
};

/// The costs and their bookings.
pub const COSTS: Page = Page {
    name: PageName::Costs,
    path: "/costs",
    title: window::costs,
    in_navigation: true,
    has_list: true,
};

/// The time entries.
pub const TIME: Page = Page {
    name: PageName::Time,
    path: "/time",
    title: window::time,
    in_navigation: true,
    has_list: true,
};

/// The bookings.
pub const BOOKINGS: Page = Page {
    name: PageName::Bookings,
    path: "/bookings",
    title: window::bookings,
    in_navigation: true,
    has_list: true,
};

/// The invoices.
pub const INVOICES: Page = Page {
    name: PageName::Invoices,
    path: "/invoices",
    title: window::invoices,
    in_navigation: true,
    has_list: true,
};

/// One figure, by its measure, and what it is made of.
pub const FIGURE: Page = Page {
    name: PageName::Figure,
    path: "/figures/{measure}",
    title: window::figure,
    in_navigation: false,
    has_list: true,
};

/// Everything division by division, to be printed or handed on as a file.
pub const PACK: Page = Page {
    name: PageName::Pack,
    path: "/pack",
    title: window::pack,
    in_navigation: false,
    has_list: false,
};

/// The field of a query that holds the search text, see each view's query.
pub const SEARCH: &str = "q";

impl Page {
    /// The page at `path`, and the value of the variable part of its path, still encoded; empty if it has none.
    pub fn at(path: &str) -> Option<(Self, &str)> {
        PAGES.into_iter().find_map(|page| Some((page, page.variable(path)?)))
    }

    fn variable<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.path.split_once('{') {
            None => (path == self.path).then_some(""),
            Some((fixed, _)) => path
                .strip_prefix(fixed)
                .filter(|variable| !variable.is_empty() && !variable.contains('/')),
        }
    }

    /// The path of the page for `variable`, which must be encoded.
    pub fn path_for(&self, variable: &str) -> String {
        let fixed = self.path.split_once('{').map_or(self.path, |(fixed, _)| fixed);
        format!("{fixed}{variable}")
    }

    /// Whether `path` is this page's, or that of a page below it.
    pub fn leads_to(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.path).filter(|_| self.path != HOME.path);
        path == self.path || below.is_some_and(|below| below.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A constant that is in no list would be a page that nobody finds.
    #[test]
    fn every_page_is_in_the_list() {
        let text = include_str!("pages.rs");
        let declared = text.lines().filter(|line| line.ends_with(": Page = Page {"));
        assert_eq!(declared.count(), PAGES.len());
        let paths: std::collections::BTreeSet<&str> = PAGES.iter().map(|page| page.path).collect();
        assert_eq!(paths.len(), PAGES.len(), "each is listed once");
    }

    #[test]
    fn a_page_is_found_by_its_path() {
        let found = |path| Page::at(path).map(|(page, variable)| (page.name, variable));
        assert_eq!(found("/"), Some((PageName::Home, "")));
        assert_eq!(found("/projects"), Some((PageName::Projects, "")));
        assert_eq!(found("/projects/WEB%20001"), Some((PageName::Project, "WEB%20001")));
        for path in ["/projects/", "/projects/a/b", "/nothing", "", "/costs/"] {
            assert_eq!(found(path), None, "{path}");
        }
        assert_eq!(PROJECT.path_for("WEB-001"), "/projects/WEB-001");
    }

    #[test]
    fn the_navigation_marks_what_is_below_as_well() {
        assert!(PROJECTS.leads_to("/projects") && PROJECTS.leads_to("/projects/WEB-001"));
        assert!(!PROJECTS.leads_to("/projectsx") && !HOME.leads_to("/projects") && HOME.leads_to("/"));
    }
}
