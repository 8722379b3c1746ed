### What the database refuses, and what to do about it.

violation-account = an account with this e-mail
violation-division = a division with this short name
violation-client = a client with this name
violation-project = a project with this code
violation-invoice = an invoice with this number
violation-cost-rate = a cost rate of this person from this day on
violation-capacity = a capacity of this person in this month
violation-weight = a weight of this division in the key of this day
violation-owner = an owner of this project from this day on
violation-division-of-person = a division of this person from this day on
violation-terms = terms of this project from this day on
violation-division-of-account = this division among those the account sees
violation-like-it = one like it
violation-taken = There is { $what } already. Choose another, or change that one.
violation-leads-nowhere = What it refers to is not there, or something there still refers to it. Look again and choose another.
violation-unfit = A value can't be taken: it is missing, or doesn't fit the others. Enter another.
violation-unfit-column = The value of `{ $column }` can't be taken: it is missing, or doesn't fit the others. Enter another.
violation-refused = { $rule }.
