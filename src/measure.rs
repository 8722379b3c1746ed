//! The measures: everything that a figure can be of, each with its name, its formula, and who may see it.
//!
//! A measure at a place (`place.rs`) is a figure. Its page (`breakdown.rs`) shows what it is made of.

use crate::{
    message::Message,
    messages::{figure, measure},
    server::permission::PermittedScope,
};

/// Where a measure has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Of divisions, and of one project.
    Anywhere,
    /// Of divisions alone: no project has a part in it.
    Divisions,
    /// Of one project alone.
    Project,
}

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident $key:literal $reach:ident $labour:ident $title:path, $formula:path;)*) => {
        /// What a figure is of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Measure {
            $($(#[$doc])* $name,)*
        }

        impl Measure {
            /// Every measure.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$name),*];

            /// Its name in an address: `labour-cost`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What a person calls it.
            pub fn name(self) -> Message {
                match self { $(Self::$name => $title(),)* }
            }

            /// How it is calculated, in words.
            pub fn formula(self) -> Message {
                match self { $(Self::$name => $formula(),)* }
            }

            /// Where it has a value.
            pub fn reach(self) -> Reach {
                match self { $(Self::$name => Reach::$reach,)* }
            }

            /// Whether it contains what labour costs.
            pub fn contains_labour_cost(self) -> bool {
                match self { $(Self::$name => measures!(@$labour),)* }
            }
        }
    };
    (@labour) => { true };
    (@open) => { false };
}

// Each with its name in an address, where it has a value, and whether labour cost is in it or it is open to all.
measures! {
    /// What was earned.
    Revenue "revenue" Anywhere open figure::revenue, measure::revenue;
    /// Of a project that earns by time: its billable hours.
    BilledTime "billed-time" Project open figure::billed_time, measure::billed_time;
    /// Of a project that earns by time: its billable expenses.
    Expenses "expenses" Project open figure::expenses, measure::expenses;
    /// Bookings on projects.
    ExternalCost "external-cost" Anywhere open figure::external_cost, measure::external_cost;
    /// Hours at the people's cost rates.
    LabourCost "labour-cost" Anywhere labour figure::labour_cost, measure::labour_cost;
    /// External and labour cost: what a project itself costs.
    ProjectCost "project-cost" Anywhere labour figure::project_cost, measure::project_cost;
    /// Bookings on no project.
    Overhead "overhead" Divisions open figure::overhead, measure::overhead;
    /// All cost.
    Cost "cost" Divisions labour figure::cost, measure::cost;
    /// All bookings, on projects and not; labour is no booking.
    BookedCost "booked-cost" Divisions open figure::booked_cost, measure::booked_cost;
    /// Revenue less external cost.
    MarginOne "margin-1" Anywhere open figure::margin_1, measure::margin_1;
    /// Margin I less labour cost.
    MarginTwo "margin-2" Anywhere labour figure::margin_2, measure::margin_2;
    /// Margin II less overhead.
    MarginThree "margin-3" Divisions labour figure::margin_3, measure::margin_3;
    /// Margin I over revenue.
    MarginOneShare "margin-1-share" Anywhere open figure::margin_1_share, measure::margin_1_share;
    /// Margin II over revenue.
    MarginTwoShare "margin-2-share" Anywhere labour figure::margin_2_share, measure::margin_2_share;
    /// Margin III over revenue.
    MarginThreeShare "margin-3-share" Divisions labour figure::margin_3_share, measure::margin_3_share;
    /// All hours on projects.
    Hours "hours" Anywhere open figure::hours_name, measure::hours;
    /// The billable ones.
    BillableHours "billable-hours" Anywhere open figure::billable_hours, measure::billable_hours;
    /// The others.
    UnbillableHours "unbillable-hours" Anywhere open figure::unbillable_hours, measure::unbillable_hours;
    /// Hours of people who had no cost rate on their day.
    UnratedHours "unrated-hours" Anywhere labour figure::unrated_hours, measure::unrated_hours;
    /// Revenue over all hours.
    EffectiveRate "effective-rate" Project open figure::effective_rate, measure::effective_rate;
    /// Billable hours of the division's people over their capacity.
    Utilisation "utilisation" Divisions open figure::utilisation, measure::utilisation;
    /// Billable hours of the division's people, whoever owns the project.
    UtilisedHours "utilised-hours" Divisions open figure::utilised_hours, measure::utilised_hours;
    /// Contract hours of the division's people, less absences.
    Capacity "capacity" Divisions open figure::capacity, measure::capacity;
    /// Earned and not invoiced, at the end of the days.
    Unbilled "unbilled" Anywhere open figure::unbilled, measure::unbilled;
    /// Invoiced and not earned, at the end of the days.
    Advances "advances" Anywhere open figure::advances, measure::advances;
    /// Earned since the project began.
    Earned "earned" Project open figure::earned, measure::earned;
    /// Invoiced since the project began.
    Invoiced "invoiced" Project open figure::invoiced, measure::invoiced;
    /// External cost since the project began.
    ExternalCostSoFar "external-cost-so-far" Project open figure::external_cost_so_far, measure::external_cost_so_far;
    /// Labour cost since the project began.
    LabourCostSoFar "labour-cost-so-far" Project labour figure::labour_cost_so_far, measure::labour_cost_so_far;
    /// External and labour cost since the project began.
    CostSoFar "cost-so-far" Project labour figure::cost_so_far, measure::cost_so_far;
    /// Hours since the project began.
    HoursSoFar "hours-so-far" Project open figure::hours_so_far, measure::hours_so_far;
    /// The used part of a budget: of money or of hours, whichever is larger.
    Burn "burn" Project open figure::burn, measure::burn;
    /// The budget in money less the cost so far.
    MoneyLeft "money-left" Project labour figure::money_left, measure::money_left;
    /// The budget in hours less the hours so far.
    HoursLeft "hours-left" Project open figure::hours_left, measure::hours_left;
    /// What the project will have cost.
    CostAtCompletion "cost-at-completion" Project labour figure::cost_at_completion, measure::cost_at_completion;
}

impl Measure {
    /// The measure with this name in an address.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// Whether it may be seen in `scope`: the one rule for a figure, for what it is made of, and for its rows.
    pub fn may_be_seen_in(self, scope: &PermittedScope) -> bool {
        scope.includes_labour_cost() || !self.contains_labour_cost()
    }

    /// All cost, or external cost where labour cost is withheld.
    pub fn visible_cost(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            Self::Cost
        } else {
            Self::ExternalCost
        }
    }

    /// What projects cost, or external cost where labour cost is withheld.
    pub fn visible_project_cost(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            Self::ProjectCost
        } else {
            Self::ExternalCost
        }
    }

    /// Margin III of divisions, or margin I where labour cost is withheld.
    pub fn visible_margin(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            Self::MarginThree
        } else {
            Self::MarginOne
        }
    }

    /// Margin II of projects, or margin I where labour cost is withheld.
    pub fn visible_project_margin(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            Self::MarginTwo
        } else {
            Self::MarginOne
        }
    }

    /// The margin of which this is the share of revenue.
    pub fn margin_of_share(self) -> Option<Self> {
        match self {
            Self::MarginOneShare => Some(Self::MarginOne),
            Self::MarginTwoShare => Some(Self::MarginTwo),
            Self::MarginThreeShare => Some(Self::MarginThree),
            _ => None,
        }
    }

    /// The share of revenue of this margin.
    pub fn share(self) -> Self {
        match self {
            Self::MarginThree => Self::MarginThreeShare,
            Self::MarginTwo => Self::MarginTwoShare,
            _ => Self::MarginOneShare,
        }
    }

    /// Whether it counts from the beginning of a project to the end of the days, whoever owned it.
    pub fn is_balance(self) -> bool {
        use Measure::{
            Advances, Burn, CostAtCompletion, CostSoFar, Earned, ExternalCostSoFar, HoursLeft, HoursSoFar, Invoiced,
            LabourCostSoFar, MoneyLeft, Unbilled,
        };
        matches!(
            self,
            Unbilled
                | Advances
                | Earned
                | Invoiced
                | ExternalCostSoFar
                | LabourCostSoFar
                | CostSoFar
                | HoursSoFar
                | Burn
                | MoneyLeft
                | HoursLeft
                | CostAtCompletion
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_found_by_its_name() {
        for measure in Measure::ALL {
            assert_eq!(Measure::of_key(measure.key()), Some(measure));
        }
        assert_eq!(Measure::of_key("margin"), None);
    }
}
