### Figures: how they are written, and what they are called.

## How figures are written.

figure-money = { $sign }€{ $number }
figure-thousands = { $sign }€{ $number }k
figure-millions = { $sign }€{ $number }M
figure-hours = { $sign }{ $number }{"\u00A0"}h
figure-rate = { $amount }/h
figure-share = { $sign }{ $number }{"\u00A0"}%
figure-points = { $sign }{ $number }{"\u00A0"}pp
figure-budget-of-zero = budget is 0
figure-since = since { $day }
figure-until = until { $day }
figure-archived = archived
figure-archived-since = archived since { $day }

## What is said of figures that can't be shown.

figure-none = none
figure-withheld = only for those who may see cost rates
figure-withheld-note = What labour costs, and what contains it, is only for those who may see cost rates.
figure-no-revenue = no revenue
figure-revenue-below-zero = revenue below zero
figure-no-capacity = no capacity
figure-no-budget = no budget
figure-no-budget-in-money = no budget in money
figure-no-budget-in-hours = no budget in hours
figure-no-hours = no hours
figure-over-budget = over budget
figure-near-budget = near budget
figure-better = better
figure-worse = worse
figure-change = { $by } vs { $before }
figure-against-days = { $days } ({ $shown } against { PLURAL($compared) ->
    [one] { $compared } day
   *[other] { $compared } days
})
figure-nothing-to-compare = nothing to compare with { $before }

## The names of figures.

figure-revenue = Revenue
figure-cost = Cost
figure-project-cost = Cost of projects
figure-booked-cost = Booked cost
figure-billed-time = Billed time
figure-expenses = Billable expenses
figure-external-cost = External cost
figure-labour-cost = Labour cost
figure-overhead = Overhead
figure-margin-1 = Contribution margin I
figure-margin-2 = Contribution margin II
figure-margin-3 = Contribution margin III
figure-margin-1-share = Margin I of revenue
figure-margin-2-share = Margin II of revenue
figure-margin-3-share = Margin III of revenue
figure-margin-1-short = CM I
figure-margin-2-short = CM II
figure-margin-3-short = CM III
figure-margin-1-share-short = CM I %
figure-margin-2-share-short = CM II %
figure-margin-3-share-short = CM III %
figure-utilisation = Utilisation
figure-utilised-hours = Billable hours of its people
figure-capacity = Capacity
figure-unbilled = Unbilled
figure-advances = Advances
figure-unbilled-short = Unbilled
figure-advances-short = Advances
figure-earned = Earned
figure-invoiced = Invoiced
figure-external-cost-so-far = External cost so far
figure-labour-cost-so-far = Labour cost so far
figure-cost-so-far = Cost so far
figure-hours-so-far = Hours so far
figure-cost-at-completion = Cost at completion
figure-hours-name = Hours
figure-billable = Billable
figure-not-billable = Not billable
figure-billable-hours = Billable hours
figure-unbillable-hours = Hours that are not billable
figure-unrated-hours = Hours without a cost rate
figure-effective-rate = Effective hourly rate
figure-burn = Budget burn
figure-money-left = Money left
figure-hours-left = Hours left
figure-total = Total
figure-amount = Amount

## The names of columns and sections.

figure-bookings = Bookings
figure-invoices = Invoices
figure-people = People
figure-person = Person
figure-project = Project
figure-code = Code
figure-name = Name
figure-client = Client
figure-kind = Kind
figure-of = Of
figure-category = Category
figure-day = Day
figure-month = Month
figure-text = Text
figure-supplier = Supplier
figure-number = Number
figure-yes = yes
figure-no = no
