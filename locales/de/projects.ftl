### The list of projects, and the page of one.

projects-count = { PLURAL($count) ->
    [one] { $count } Projekt
   *[other] { $count } Projekte
}
projects-time-and-material = Nach Aufwand
projects-time-and-material-short = Aufwand
projects-fixed-price = Festpreis
projects-internal = Intern
projects-money = Euro
projects-hours = Stunden
projects-note = Der Deckungsbeitrag II ist der Umsatz abzüglich Fremd- und Personalkosten. Gemeinkosten tragen die Bereiche.
projects-note-without-labour = Der Deckungsbeitrag I ist der Umsatz abzüglich Fremdkosten; der Budgetverbrauch ist der in Stunden.
projects-note-on-total = Die Summe umfasst alle passenden Projekte, auf allen Seiten.
projects-search = Kürzel, Name oder Kunde
projects-none = { $scope }: in diesem Zeitraum kein Projekt.
projects-no-match = Kein Kürzel, Name oder Kunde enthält den gesuchten Text. Leeren Sie die Suche, um alle zu sehen.
projects-elsewhere = am Ende des Zeitraums nicht mehr hier
projects-in-period = In diesem Zeitraum, { $days }
projects-since-it-began = Seit Beginn, bis { $day }
projects-hours-by-month = Stunden nach Monaten
projects-hours-by-month-in = Stunden nach Monaten, { $days }
projects-runs = Laufzeit
projects-billing-rate = Stundensatz
projects-budget = Budget
projects-budget-in-hours = Budget in Stunden
projects-margin-and-share = { $margin } ({ $share })
projects-balance-elsewhere = Am { $day } gehört es mit seinem Budget und dem noch nicht Abgerechneten nicht mehr hierher. Wählen Sie einen Zeitraum, der vorher endet.
projects-used-of-budget = { $share } des Budgets in { $unit }
projects-over-budget-of-zero = über dem Budget von 0 in { $unit }
projects-cost-of-ended = { $cost } (beendet)
projects-no-hours-budget = kein Stundenbudget
projects-hours-used-up = die Stunden sind verbraucht, und es läuft weiter
projects-not-begun = noch keine Stunden
projects-too-large = mehr, als sich schreiben lässt
projects-note-on-completion = Erwartete Gesamtkosten: bisherige Kosten und die restlichen Stunden zu den bisherigen durchschnittlichen Personalkosten.
projects-note-on-burn = Der Budgetverbrauch ist der in Stunden.
projects-chart-title = Umsatz, Kosten und Deckungsbeitrag II nach Monaten
projects-nobody-worked = In diesem Zeitraum hat niemand an diesem Projekt gearbeitet.
projects-nothing-booked = In diesem Zeitraum wurde auf dieses Projekt nichts gebucht.
projects-nothing-invoiced = In diesem Zeitraum wurde für dieses Projekt nichts abgerechnet.
projects-another-period = einen anderen Zeitraum
projects-of-no-division = Dieses Projekt gehört zu keinem Bereich.
projects-of-division = Dieses Projekt gehört zu { $name }.
projects-of-divisions = Zu wem dieses Projekt gehört: { $names }.
projects-looking-at = Sie sehen gerade { $scope }, deshalb stehen seine Zahlen hier nicht. Wählen Sie { $choices }, um sie zu sehen, oder
projects-projects-of = gehen Sie zu den Projekten von { $scope }
projects-unassigned-projects = gehen Sie zu den nicht zugeordneten Projekten
