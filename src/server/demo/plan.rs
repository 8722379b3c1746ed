//! The studio's sixty projects: for whom, on which terms, when, and what becomes of their budgets.

use super::divisions::Place::{self, Design, Mobile, Print, Studio, Web};
use Budget::{HoursOnly, Near, Over, Roomy, Without};

/// A project as planned.
pub struct Plan {
    pub place: Place,
    pub name: &'static str,
    pub terms: Terms,
    /// The month in which it begins.
    pub first_month: i32,
    /// How long it runs; none if its end is open.
    pub months: Option<i32>,
    pub budget: Budget,
}

/// Who pays for a project, and how. A client is a number among the studio's 24.
pub enum Terms {
    /// By the hour, at a rate in euros.
    Hours { client: usize, euros: i64 },
    /// A fee, in per cent of the value of its hours at the division's usual rate.
    Fee {
        client: usize,
        percent: i64,
        instalments: Instalments,
    },
    /// Nobody.
    Internal,
}

/// How a fee is invoiced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Instalments {
    /// As it is earned.
    Even,
    /// More than half of it in the first months.
    Ahead,
    /// Not yet.
    Outstanding,
}

/// What becomes of a project's budget.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    Roomy,
    Near,
    Over,
    HoursOnly,
    Without,
}

impl Plan {
    const fn open(mut self) -> Self {
        self.months = None;
        self
    }

    const fn invoiced(mut self, how: Instalments) -> Self {
        if let Terms::Fee { instalments, .. } = &mut self.terms {
            *instalments = how;
        }
        self
    }
}

const fn hours(place: Place, name: &'static str, client: usize, euros: i64, time: (i32, i32), budget: Budget) -> Plan {
    let terms = Terms::Hours { client, euros };
    Plan {
        place,
        name,
        terms,
        first_month: time.0,
        months: Some(time.1),
        budget,
    }
}

const fn care(place: Place, name: &'static str, client: usize, euros: i64, since: i32, budget: Budget) -> Plan {
    hours(place, name, client, euros, (since, 0), budget).open()
}

const fn fee(place: Place, name: &'static str, client: usize, percent: i64, time: (i32, i32), budget: Budget) -> Plan {
    let terms = Terms::Fee {
        client,
        percent,
        instalments: Instalments::Even,
    };
    Plan {
        place,
        name,
        terms,
        first_month: time.0,
        months: Some(time.1),
        budget,
    }
}

const fn internal(place: Place, name: &'static str, budget: Budget) -> Plan {
    Plan {
        place,
        name,
        terms: Terms::Internal,
        first_month: -24,
        months: None,
        budget,
    }
}

/// The management's project.
pub const MANAGEMENT: &str = "Management";

/// Every project, in the order of its division's codes.
pub const PLANS: [Plan; 60] = [
    care(Web, "Shop: care and growth", 1, 106, -14, Roomy),
    care(Web, "Dealer portal", 4, 112, -9, HoursOnly),
    care(Web, "Customer self-service", 3, 104, -6, Near),
    care(Web, "Freight booking platform", 10, 118, -4, Without),
    care(Web, "Museum site: care", 20, 98, -2, Over),
    hours(Web, "Patient information portal", 8, 109, (-4, 7), Near),
    hours(Web, "Course catalogue", 17, 102, (-2, 9), Roomy),
    fee(Web, "Online shop relaunch", 6, 104, (0, 6), Near),
    hours(Web, "Spare parts search", 11, 114, (1, 8), Over),
    fee(Web, "Corporate site", 0, 112, (2, 7), Roomy),
    hours(Web, "Subscription management", 9, 110, (3, 10), Near),
    hours(Web, "Accessibility audit and repair", 3, 116, (5, 6), Without),
    fee(Web, "Ticket shop", 14, 84, (6, 8), Over),
    hours(Web, "Investor relations site", 7, 122, (7, 9), Roomy),
    fee(Web, "Configurator", 4, 108, (9, 6), Without),
    hours(Web, "Headless CMS migration", 9, 108, (9, 11), Over),
    hours(Web, "Order intake for pharmacies", 16, 111, (11, 8), Near),
    fee(Web, "Tenant portal", 22, 116, (13, 8), Near),
    hours(Web, "Yield dashboard", 12, 115, (14, 9), HoursOnly),
    hours(Web, "Supplier portal", 21, 107, (16, 12), Roomy),
    fee(Web, "Ferry booking relaunch", 15, 106, (17, 10), Roomy),
    hours(Web, "Product data hub", 1, 119, (19, 9), Near),
    fee(Web, "Career site", 13, 101, (20, 8), Without).invoiced(Instalments::Ahead),
    internal(Web, "Web guild and training", HoursOnly),
    care(Mobile, "Ferry app: care", 15, 116, -12, Roomy),
    care(Mobile, "Meter reading app", 3, 112, -7, Near),
    care(Mobile, "Rider app", 4, 121, -3, Without),
    hours(Mobile, "Warehouse scanner", 10, 118, (-3, 8), Over),
    fee(Mobile, "Audio guide", 20, 108, (0, 7), Near),
    hours(Mobile, "Prescription app", 16, 124, (2, 9), Roomy),
    fee(Mobile, "Zoo map", 14, 88, (4, 8), Over),
    hours(Mobile, "Driver app", 23, 113, (6, 8), HoursOnly),
    fee(Mobile, "Loyalty card", 5, 115, (9, 7), Roomy),
    hours(Mobile, "Field service app", 11, 119, (10, 9), Near),
    fee(Mobile, "Campus app", 17, 110, (13, 8), Without).invoiced(Instalments::Outstanding),
    hours(Mobile, "Mobile banking prototype", 7, 128, (14, 12), Over),
    hours(Mobile, "Smart home control", 22, 117, (18, 10), Near),
    fee(Mobile, "Outdoor route planner", 6, 112, (18, 9), Roomy),
    internal(Mobile, "Mobile guild and training", Without),
    care(Design, "Design system: care", 7, 105, -10, Roomy),
    care(Design, "Brand stewardship", 0, 98, -5, Near),
    hours(Design, "Usability studies", 8, 108, (-2, 9), Without),
    fee(Design, "Rebranding", 18, 114, (1, 5), Near),
    hours(Design, "Service blueprint", 3, 104, (5, 8), Over),
    fee(Design, "Exhibition interface", 20, 92, (6, 7), Over),
    hours(Design, "Component library", 2, 107, (11, 9), HoursOnly),
    fee(Design, "Packaging and shop design", 21, 113, (12, 6), Roomy),
    hours(Design, "Checkout research", 1, 110, (17, 9), Near),
    fee(Design, "Visual identity", 19, 109, (18, 8), Without),
    internal(Design, "Design guild and training", Without),
    care(Print, "Catalogues", 1, 84, -16, Roomy),
    care(Print, "Members' magazine", 9, 82, -8, Over),
    hours(Print, "Annual report", 7, 88, (-2, 8), Near),
    fee(Print, "Exhibition catalogue", 20, 96, (3, 7), Over),
    internal(Print, "Print shop upkeep", Without),
    internal(Studio, MANAGEMENT, Without),
    internal(Studio, "Sales and offers", HoursOnly),
    internal(Studio, "Tools and office", Without),
    care(Studio, "Advisory board", 13, 145, -3, Without),
    hours(Studio, "Digital strategy workshops", 12, 138, (6, 10), Roomy),
];
