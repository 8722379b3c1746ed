### The division pack: a sheet for each division, and the proof that they add up to All.

pack-note = This pack is always of { $scope }, whatever division is chosen; its period is the chosen one.
pack-proof = Proof
pack-proof-note = Each figure stands on the sheet of its division. The sum of the sheets less that of all is zero in every row.
pack-sum = Sum of the sheets
pack-difference = Difference
pack-invoiced = Invoiced in the period
pack-costs-by-category = Costs by category
pack-note-on-projects = The projects that have figures in the period or an open balance at its end.
pack-no-project = No project has figures in this period.
