### What a chart says in words.

chart-figures = Figures of this chart
chart-outside = Outside the period
chart-months = By month from { $first } to { $last }.
chart-span = { $name }: from { $least } in { $least-month } to { $most } in { $most-month }.
chart-incomplete = It rests on incomplete data: { $lacks }.
chart-table = { $title }: figures
chart-no-months = There are no months to show.
