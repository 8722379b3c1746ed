//! The table of the other addresses that the server answers: forms, server functions and the stream. The pages are in
//! `pages.rs`.
//!
//! The router is built from both (`server/router.rs`, which doesn't compile before it knows each [`RouteName`]), and the
//! tests of rights and of same origin go over both.

/// An address that isn't a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which one it is.
    pub name: RouteName,
    /// Its path, as the router reads it: `/settings/{key}`.
    pub path: &'static str,
    /// Who gets an answer there; the router refuses all others.
    pub access: Access,
    /// Whether it changes something: then only a page of this server may call it.
    pub changes: bool,
}

/// Who gets an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Anyone,
    /// Anyone who is logged in; all others have to log in.
    LoggedIn,
}

/// The name of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the routes below say what each is")]
pub enum RouteName {
    Login,
    Logout,
    StoreForm,
    PinForm,
    AdoptForm,
    Stream,
    Persist,
    Figures,
    Snapshot,
    Export,
    Health,
    Ready,
}

/// Every route that isn't a page.
pub const ROUTES: [Route; 10] = [
    LOGIN, LOGOUT, STORE_FORM, PIN_FORM, ADOPT_FORM, STREAM, PERSIST, FIGURES, SNAPSHOT, EXPORT,
];

/// Monitoring asks here. None of the layers around pages is around these: a probe comes by an IP address, without a
/// session, every few seconds.
pub const HEALTH_ROUTES: [Route; 2] = [HEALTH, READY];

/// The form to log in, which is also shown here.
pub const LOGIN: Route = Route {
    name: RouteName::Login,
    path: "/login",
    access: Access::Anyone,
    changes: true,
};

/// Ends the session.
pub const LOGOUT: Route = Route {
    name: RouteName::Logout,
    path: "/logout",
    access: Access::Anyone,
    changes: true,
};

/// Stores a setting that was sent as a form.
pub const STORE_FORM: Route = Route {
    name: RouteName::StoreForm,
    path: "/settings/{key}",
    access: Access::LoggedIn,
    changes: true,
};

/// Leads to the same page with a setting pinned to the value that was sent as a form.
pub const PIN_FORM: Route = Route {
    name: RouteName::PinForm,
    path: "/pin/{key}",
    access: Access::LoggedIn,
    changes: true,
};

/// Stores what an address pins.
pub const ADOPT_FORM: Route = Route {
    name: RouteName::AdoptForm,
    path: "/adopt",
    access: Access::LoggedIn,
    changes: true,
};

/// Tells a window of every change.
pub const STREAM: Route = Route {
    name: RouteName::Stream,
    path: "/api/live",
    access: Access::LoggedIn,
    changes: false,
};

/// [`crate::functions::persist`].
pub const PERSIST: Route = Route {
    name: RouteName::Persist,
    path: "/api/setting",
    access: Access::LoggedIn,
    changes: true,
};

/// [`crate::functions::fetch`].
pub const FIGURES: Route = Route {
    name: RouteName::Figures,
    path: "/api/figures",
    access: Access::LoggedIn,
    changes: false,
};

/// [`crate::functions::snapshot`].
pub const SNAPSHOT: Route = Route {
    name: RouteName::Snapshot,
    path: "/api/newest",
    access: Access::LoggedIn,
    changes: false,
};

/// A view as a file.
pub const EXPORT: Route = Route {
    name: RouteName::Export,
    path: "/export",
    access: Access::LoggedIn,
    changes: false,
};

/// Whether the process lives.
pub const HEALTH: Route = Route {
    name: RouteName::Health,
    path: "/healthz",
    access: Access::Anyone,
    changes: false,
};

/// Whether it can serve.
pub const READY: Route = Route {
    name: RouteName::Ready,
    path: "/readyz",
    access: Access::Anyone,
    changes: false,
};

/// Below this there is nothing that a browser shows: the server functions and the stream.
pub const API: &str = "/api/";

/// The header of [`PERSIST`]'s answer that says in which epoch of the database its stamp counts.
pub const EPOCH: &str = "database-epoch";

/// The field of the login's query and form that says where it leads afterwards.
pub const NEXT: &str = "next";

/// The field of a form that says which page it was sent from.
pub const RETURN_TO: &str = "return_to";

impl Route {
    /// The path for `variable`: the key of a setting.
    pub fn path_for(&self, variable: &str) -> String {
        let fixed = self.path.split_once('{').map_or(self.path, |(fixed, _)| fixed);
        format!("{fixed}{variable}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A constant that is in no list would be an address without an answer.
    #[test]
    fn every_route_is_in_a_list() {
        let text = include_str!("routes.rs");
        let declared = text.lines().filter(|line| line.ends_with(": Route = Route {"));
        let listed: Vec<Route> = ROUTES.into_iter().chain(HEALTH_ROUTES).collect();
        assert_eq!(
            declared.count(),
            listed.len(),
            "a route is in ROUTES or in HEALTH_ROUTES"
        );
        let paths: BTreeSet<&str> = listed.iter().map(|route| route.path).collect();
        assert_eq!(paths.len(), listed.len(), "each is listed once");
    }
}
