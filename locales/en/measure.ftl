### The page of a figure: how it is calculated, and what it is made of.

## How each measure is calculated.

measure-revenue = Time and material: billable hours at the project's price of the day and billable expenses. Fixed price: the fee over the project's days times the days passed, whatever was invoiced.
measure-billed-time = Billable hours at the price of the project on that day.
measure-expenses = Bookings on the project that its client pays.
measure-external-cost = Bookings on projects, without labour cost and overhead.
measure-labour-cost = Hours at the people's cost rates of the day. Hours without a cost rate cost nothing here.
measure-project-cost = External cost (bookings on projects) and labour cost (hours at the people's cost rates of the day), without overhead.
measure-overhead = Bookings on no project: a division's own, and its parts of the shared ones, split by the key of the day.
measure-cost = External cost (bookings on projects), labour cost (hours at the people's cost rates of the day) and overhead (other bookings; shared ones split by the key of the day).
measure-booked-cost = All bookings, on projects and not; shared ones count with a division's part, split by the key of the day. Labour is no booking.
measure-margin-1 = Revenue less external cost.
measure-margin-2 = Revenue less external cost and labour cost.
measure-margin-3 = Revenue less external cost, labour cost and overhead.
measure-margin-1-share = Contribution margin I over revenue.
measure-margin-2-share = Contribution margin II over revenue.
measure-margin-3-share = Contribution margin III over revenue.
measure-hours = All hours on projects, billable or not.
measure-billable-hours = The hours on projects that are billable.
measure-unbillable-hours = The hours on projects that aren't billable.
measure-unrated-hours = Hours of people who had no cost rate on that day. What they cost is missing from labour cost.
measure-effective-rate = Revenue over all hours, not only the billable ones.
measure-utilisation = Billable hours of the division's people over their contract hours less absences.
measure-utilised-hours = Billable hours of the division's people, whoever owns the project.
measure-capacity = Contract hours of the division's people less absences. Of a month that is only partly in the period, the working days count that are.
measure-unbilled = Earned and not yet invoiced at the end of the period, since the beginning: the sum over the projects that earned more than was invoiced.
measure-advances = Invoiced and not yet earned at the end of the period, since the beginning: the sum over the projects for which more was invoiced than they earned. It is a liability, and no revenue.
measure-earned = Everything the project has earned since it began, up to the end of the period.
measure-invoiced = Everything invoiced for the project since it began, up to the end of the period.
measure-external-cost-so-far = The bookings on the project since it began, up to the end of the period.
measure-labour-cost-so-far = Hours at the people's cost rates of the day since the project began, up to the end of the period.
measure-cost-so-far = External and labour cost since the project began, up to the end of the period.
measure-hours-so-far = All hours on the project since it began, up to the end of the period.
measure-burn = What is spent since the project began, up to the end of the period, over its budget. If it has a budget in money and one in hours, the one that is used more.
measure-money-left = The budget in money less the cost so far.
measure-hours-left = The budget in hours less the hours so far.
measure-cost-at-completion = Cost so far, and the remaining hours at the average labour cost so far. Once the project has ended it is the cost so far.

## What the page says.

measure-how = How it is calculated
measure-term = Term
measure-figure = Figure
measure-less = less { $name }
measure-times = times { $name }
measure-over = over { $name }
measure-by-division = By division
measure-by-project = By project
measure-by-person = By person
measure-by-days = By days
measure-compared = Compared
measure-beside-all = Beside All
measure-share-of-all = Share of All
measure-no-share-of-all = no share, since All is not above zero
measure-days = Days
measure-nothing = There is nothing of this in the period.
measure-time-entries = Time entries
measure-no-entries = There are no such hours in this period.
measure-booked = Booked
measure-key = Key
measure-part-of-key = { $weight } of { $weights }
measure-not-split = not split
measure-capacity-by-person = Capacity by person and month
measure-contract-hours = Contract hours
measure-absences = Absences
measure-days-that-count = Days that count
measure-no-capacity = Nobody has capacity in this period.
measure-days-of-project-here = Its days here
measure-days-of-project = All its days
measure-another-division = another division
measure-project-of-another-division = a project of another division
measure-while-another-divisions = While it was another division's
measure-elsewhere = This figure is of { $whose }; you are looking at { $scope }.
measure-show-of = Show the figure of { $scope }
