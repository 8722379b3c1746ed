### The list of projects, and the page of one.

projects-count = { PLURAL($count) ->
    [one] { $count } project
   *[other] { $count } projects
}
projects-time-and-material = Time and material
projects-time-and-material-short = T&M
projects-fixed-price = Fixed price
projects-internal = Internal
projects-money = money
projects-hours = hours
projects-note = Contribution margin II is revenue less external and labour cost. Overhead is carried by divisions.
projects-note-without-labour = Contribution margin I is revenue less external cost; budget burn is that of hours.
projects-note-on-total = The total is that of all projects that match, on every page.
projects-search = Code, name or client
projects-none = { $scope }: no project in this period.
projects-no-match = No project's code, name or client contains what you are looking for. Clear the search to see all.
projects-elsewhere = no longer here at the end of the period
projects-in-period = In this period, { $days }
projects-since-it-began = Since it began, until { $day }
projects-hours-by-month = Hours by month
projects-hours-by-month-in = Hours by month, { $days }
projects-runs = Runs
projects-billing-rate = Billing rate
projects-budget = Budget
projects-budget-in-hours = Budget in hours
projects-margin-and-share = { $margin } ({ $share })
projects-balance-elsewhere = On { $day } it is no longer here, and neither are its budget and what is unbilled. See them in a period that ends before.
projects-used-of-budget = { $share } of its { $unit }
projects-over-budget-of-zero = over its budget of 0 in { $unit }
projects-cost-of-ended = { $cost } (it has ended)
projects-no-hours-budget = no hours budget
projects-hours-used-up = its hours are used up, and it goes on
projects-not-begun = no hours yet
projects-too-large = more than can be written
projects-note-on-completion = Cost at completion: cost so far, and the remaining hours at the average labour cost so far.
projects-note-on-burn = Budget burn is that of hours.
projects-chart-title = Revenue, cost and contribution margin II by month
projects-nobody-worked = Nobody worked on this project in this period.
projects-nothing-booked = Nothing was booked on this project in this period.
projects-nothing-invoiced = Nothing was invoiced for this project in this period.
projects-another-period = another period
projects-of-no-division = This project belongs to no division.
projects-of-division = This project belongs to { $name }.
projects-of-divisions = Whose this project is: { $names }.
projects-looking-at = You are looking at { $scope }, so its figures are not shown. Choose { $choices } to see them, or
projects-projects-of = go to the projects of { $scope }
projects-unassigned-projects = go to the unassigned projects
