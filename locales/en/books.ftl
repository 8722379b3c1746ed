### Why the books refuse something.

books-unknown-project = There is no project with the id { $id }. Enter it first.
books-unknown-person = There is no person with the id { $id }. Enter it first.
books-key-of-nobody = A key names at least one division. Give all of them a weight of 0 where nothing is to be split.
books-key-names-twice = A key names the division with the id { $id } twice. Give it one weight.
books-no-price = { $code } earns by the hour. Give its terms a price.
books-no-fee = { $code } earns a fixed price. Give its terms a fee and a last day.
books-no-month = A capacity belongs to a month, and { $day } is not the first day of one.
books-no-slug = A division can't have the short name “{ $slug }”: it stands for a choice that is no division. Choose another.
books-beyond-number = { $what } can't be { $value }: the limits are { $least } and { $most }. Look for a missing decimal point.
books-beyond-day = { $what } can't be { $value }: the limits are { $first } and { $last }. Look at the year.
books-beyond-order = a project can't end on { $last }, before it begins on { $first }. Swap them, or correct one.
books-minutes = { $count } min

## What is beyond a limit.

books-booking-day = a booking's day
books-booking-amount = a booking's amount
books-invoice-day = an invoice's day
books-invoice-amount = an invoice's amount
books-entry-day = a time entry's day
books-entry = a time entry
books-capacity-month = a capacity's month
books-contract = a month's contract hours
books-absence = a month's absence
books-place = a division's place
books-budget = a project's budget
books-budget-hours = a project's hours budget
books-price = a price
books-fee = a fee
books-project-start = a project's first day
books-project-end = a project's last day
books-weight = a key's weight
books-cost-rate = a cost rate
books-cost-rate-day = a rate's first day
books-terms-day = the first day of a project's terms
books-key-day = a key's first day
books-move-day = the day of a move
books-archiving-day = the day of archiving
