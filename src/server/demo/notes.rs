//! The notes on time entries.

use super::{chance::Chance, divisions::Place};

/// A note: what was done, and to what. It is stored as two halves, since there are few different ones.
#[derive(Clone, Copy)]
pub struct Note {
    task: &'static str,
    subject: &'static str,
}

const INSIDE: (&[&str], &[&str]) = (
    &[
        "Planning",
        "Preparation",
        "Training",
        "Meeting",
        "Research",
        "Follow-up",
        "Documentation",
        "Review",
    ],
    &[
        "monthly round",
        "offer",
        "new colleagues",
        "tools",
        "quarterly figures",
        "guild",
        "conference",
        "process",
    ],
);

/// What is done in each division, and to what.
fn vocabulary(place: Place) -> (&'static [&'static str], &'static [&'static str]) {
    match place {
        Place::Web => (
            &[
                "Implementation",
                "Code review",
                "Bug fixing",
                "Tests",
                "Refinement",
                "Deployment",
                "Refactoring",
                "Support",
            ],
            &[
                "checkout",
                "search",
                "product list",
                "login",
                "import",
                "navigation",
                "forms",
                "API",
                "caching",
                "reports",
            ],
        ),
        Place::Mobile => (
            &[
                "Implementation",
                "Code review",
                "Bug fixing",
                "Device tests",
                "Refinement",
                "Store release",
                "Profiling",
            ],
            &[
                "sign-in",
                "offline mode",
                "push messages",
                "map",
                "scanner",
                "settings",
                "sync",
                "payments",
                "onboarding",
            ],
        ),
        Place::Design => (
            &[
                "Concept",
                "Wireframes",
                "Visual design",
                "Prototype",
                "Interviews",
                "Workshop",
                "Design review",
                "Handover",
            ],
            &[
                "landing page",
                "user journey",
                "icons",
                "components",
                "typography",
                "survey",
                "style guide",
                "checkout",
            ],
        ),
        Place::Print => (
            &[
                "Layout",
                "Typesetting",
                "Proofs",
                "Image editing",
                "Proofreading",
                "Print preparation",
            ],
            &[
                "cover",
                "inside pages",
                "spring issue",
                "price list",
                "inserts",
                "poster",
            ],
        ),
        Place::Studio => (
            &["Workshop", "Advice", "Preparation", "Presentation", "Review"],
            &["strategy", "roadmap", "organisation", "procurement", "data protection"],
        ),
    }
}

impl Note {
    /// A note on a project.
    pub fn of(place: Place, is_internal: bool, chance: &mut Chance) -> Self {
        let (tasks, subjects) = if is_internal { INSIDE } else { vocabulary(place) };
        Self {
            task: chance.pick(tasks),
            subject: chance.pick(subjects),
        }
    }

    /// The text of the note.
    pub fn text(self) -> String {
        format!("{}: {}", self.task, self.subject)
    }
}
