### What a chart says in words.

chart-figures = Zahlen zu diesem Diagramm
chart-outside = Außerhalb des Zeitraums
chart-months = Nach Monaten von { $first } bis { $last }.
chart-span = { $name }: von { $least } ({ $least-month }) bis { $most } ({ $most-month }).
chart-incomplete = Die Daten sind unvollständig: { $lacks }.
chart-table = { $title }: Zahlen
chart-no-months = Es gibt keine Monate in diesem Zeitraum.
