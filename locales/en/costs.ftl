### Costs.

costs-labour = Labour
costs-other = Other
costs-by-month = Cost by month
costs-by-month-without-labour = Cost by month, without labour
costs-chart = Cost by category and month
costs-chart-without-labour = Cost by category and month, without labour
costs-categories = Categories
costs-by-category = Costs by category and month
costs-no-category = There are no costs in this period.
costs-total-without-labour = Total, without labour
costs-note = Labour is hours at the people's cost rates of the day.
costs-note-without-labour = What labour costs is only for those who may see cost rates; totals are without it.
costs-note-on-shared = Shared bookings count with this division's part, split by the key of the day.
costs-by-month-found = Bookings found, by month
costs-chart-found = Bookings found, by category and month
costs-note-found = Only the bookings in which your search is found. Labour is no booking, so it is left out.
costs-total-found = Total found
costs-note-on-unsplit = Shared bookings count here as far as they are not split over the divisions.
costs-search = Text, supplier, category, project, amount or day
costs-part-of-shared = { $text } (part of a shared booking)
costs-not-split = { $text } (shared, and not split)
costs-no-match = No booking contains what you are looking for. Clear the search to see all.
costs-nothing-booked = Nothing was booked in this period.
