### What a figure lacks.

lacks-unrated = { $hours } have no cost rate
lacks-without-capacity = { $hours } were worked by people who have no capacity in that month
lacks-unsplit = { $amount } of shared bookings are not split over the divisions
lacks-unsplit-unseen = some shared bookings are not split over the divisions; how much that is, only those read who see all of them
lacks-in-period = { $lacks } in { $days }
lacks-before-entries = neither time nor a booking was entered before { $day }
lacks-at-each = what is missing is said at each of them
lacks-incomplete = incomplete: { $lacks }
lacks-note = marks a figure that rests on incomplete data: { $lacks }.
