### Home.

home-management-view = This is a management view: fixed prices earn day by day, and what is unbilled is never set off against advances. The books differ: they show revenue when work is completed.
home-chart = Revenue and cost by month
home-chart-without-labour = Revenue and external cost by month
home-chart-title = Revenue, cost and contribution margin III by month
home-chart-title-without-labour = Revenue, external cost and contribution margin I by month
home-divisions = Divisions
home-by-division = Contribution margins by division, { $days }
home-no-division = There is no division that you may see. Ask your administrator for one.
home-at-risk = Projects over or near their budget
home-unlisted = Incomplete: { $hours } on other projects that have a budget have no cost rate, so one of them may be missing here.
home-others = { $count } more; all projects by budget burn
home-at-risk-lacks = hours of theirs have no cost rate; how many is said at each
home-none-at-risk = No project that runs in this period has used 80 % of its budget.

## How figures are calculated.

home-revenue-formula = Time and material: billable hours at the project's price of the day and billable expenses. Fixed price: the fee over the project's days times the days passed, whatever was invoiced.
home-cost-formula = External cost (bookings on projects), labour cost (hours at the people's cost rates of the day) and overhead (other bookings; shared ones split by the key of the day).
home-external-cost-formula = Bookings on projects, without labour cost and overhead.
home-margin-3-formula = Revenue less external cost, labour cost and overhead.
home-margin-1-formula = Revenue less external cost.
home-margin-3-share-formula = Contribution margin III over revenue.
home-margin-1-share-formula = Contribution margin I over revenue.
home-utilisation-formula = Billable hours of the division's people over their contract hours less absences.
home-unbilled-formula = Earned and not yet invoiced at the end of the period, since the beginning: the sum over the projects that earned more than was invoiced.
home-advances-formula = Invoiced and not yet earned at the end of the period, since the beginning: the sum over the projects for which more was invoiced than they earned. It is a liability, and no revenue.
home-burn = Spent of the budget since each project began, up to the end of the period; the larger of money and hours.
home-burn-in-hours = Spent of the budget in hours since each project began, up to the end of the period.
