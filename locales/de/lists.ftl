### Die Listen der Zeiteinträge, Buchungen und Rechnungen.

lists-search-time = Person, Projekt, Kunde, Text, Stunden, Betrag oder Tag
lists-search-bookings = Text, Lieferant, Kostenart, Projekt, Betrag oder Tag
lists-search-invoices = Nummer, Projekt, Kunde, Betrag oder Tag
lists-entries = { PLURAL($count) ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
lists-bookings = { PLURAL($count) ->
    [one] { $count } Buchung
   *[other] { $count } Buchungen
}
lists-invoices = { PLURAL($count) ->
    [one] { $count } Rechnung
   *[other] { $count } Rechnungen
}
lists-no-time = In diesem Zeitraum gibt es keine Zeiteinträge.
lists-no-invoices = In diesem Zeitraum gibt es keine Rechnungen.
lists-no-match = Nichts passt dazu. Entfernen Sie einen Filter, oder suchen Sie nach etwas anderem.
lists-no-cost-rate = kein Kostensatz an diesem Tag
lists-narrowed-to = { $name }: { $label }
lists-assigned = Zuordnung
lists-to-a-division = zu einem Bereich
lists-on-projects = auf einem Projekt
lists-of-divisions = ohne Projekt
lists-shared = gemeinsam
