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

## What is spent of a budget.

home-burn = Spent of the budget since each project began, up to the end of the period; the larger of money and hours.
home-burn-in-hours = Spent of the budget in hours since each project began, up to the end of the period.
