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
projects-note-on-states = With movement: hours, revenue or cost in the period. Finished: its last day has passed by the end of the period, and nobody has worked or booked on it since. Archived: its division is archived. Open: every other project.
projects-only = Only
projects-with-movement = with movement
projects-open = open
projects-finished = finished
projects-columns = Columns
projects-all-figures = all figures
projects-by-month = { $measure } by month
projects-by-quarter = { $measure } by quarter
projects-none-left = No project is left by these filters. Remove one to see more.
projects-search = Code, name or client
projects-none = No project was in this division in this period.
projects-no-match = No project's code, name or client contains what you are looking for. Clear the search to see all.
projects-elsewhere = another division's at the end of the period
projects-in-period = In this period, { $days }
projects-since-it-began = Since it began, until { $day }
projects-hours-by-month = Hours by month
projects-hours-by-month-in = Hours by month, { $days }
projects-runs = Runs
projects-billing-rate = Billing rate
projects-budget = Budget
projects-budget-in-hours = Budget in hours
projects-margin-and-share = { $margin } ({ $share })
projects-balance-elsewhere = On { $day } it is another division's, with its budget and what is unbilled. See them in a period that ends before.
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
