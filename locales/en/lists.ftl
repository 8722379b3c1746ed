### The lists of time entries, bookings and invoices.

lists-search-time = Person, project, client, text, hours, amount or day
lists-search-bookings = Text, supplier, category, project, amount or day
lists-search-invoices = Number, project, client, amount or day
lists-entries = { PLURAL($count) ->
    [one] { $count } entry
   *[other] { $count } entries
}
lists-bookings = { PLURAL($count) ->
    [one] { $count } booking
   *[other] { $count } bookings
}
lists-invoices = { PLURAL($count) ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
lists-no-time = There are no time entries in this period.
lists-no-invoices = There are no invoices in this period.
lists-no-match = Nothing matches. Remove a filter, or search for something else.
lists-no-cost-rate = no cost rate on that day
lists-narrowed-to = { $name }: { $label }
lists-assigned = Assigned
lists-to-a-division = to a division
lists-on-projects = on a project
lists-of-divisions = on no project
lists-shared = shared
