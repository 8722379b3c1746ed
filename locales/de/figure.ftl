### Figures: how they are written, and what they are called.

## How figures are written.

figure-money = { $sign }{ $number }{"\u00A0"}€
figure-thousands = { $sign }{ $number }{"\u00A0"}Tsd.{"\u00A0"}€
figure-millions = { $sign }{ $number }{"\u00A0"}Mio.{"\u00A0"}€
figure-hours = { $sign }{ $number }{"\u00A0"}h
figure-rate = { $amount }/h
figure-share = { $sign }{ $number }{"\u00A0"}%
figure-points = { $sign }{ $number }{"\u00A0"}%-Punkte
figure-budget-of-zero = Budget ist 0
figure-since = seit { $day }
figure-until = bis { $day }
figure-archived = archiviert
figure-archived-since = archiviert seit { $day }

## What is said of figures that can't be shown.

figure-none = keine Angabe
figure-withheld = nur für Personen, die Kostensätze sehen dürfen
figure-withheld-note = Personalkosten und alles, was sie enthält, sehen nur Personen, die Kostensätze sehen dürfen.
figure-no-revenue = kein Umsatz
figure-revenue-below-zero = Umsatz unter null
figure-no-capacity = keine verfügbaren Stunden
figure-no-budget = kein Budget
figure-no-budget-in-money = kein Budget in Euro
figure-no-budget-in-hours = kein Budget in Stunden
figure-no-hours = keine Stunden
figure-over-budget = über dem Budget
figure-near-budget = nahe am Budget
figure-better = besser
figure-worse = schlechter
figure-change = { $by } gegenüber { $before }
figure-against-days = { $days } ({ $shown } gegenüber { PLURAL($compared) ->
    [one] { $compared } Tag
   *[other] { $compared } Tagen
})
figure-nothing-to-compare = kein Vergleich mit { $before } möglich

## The names of figures.

figure-revenue = Umsatz
figure-cost = Kosten
figure-project-cost = Projektkosten
figure-booked-cost = Gebuchte Kosten
figure-billed-time = Abrechenbare Zeit
figure-expenses = Verrechenbare Auslagen
figure-external-cost = Fremdkosten
figure-labour-cost = Personalkosten
figure-overhead = Gemeinkosten
figure-margin-1 = Deckungsbeitrag I
figure-margin-2 = Deckungsbeitrag II
figure-margin-3 = Deckungsbeitrag III
figure-margin-1-share = DB I in % vom Umsatz
figure-margin-2-share = DB II in % vom Umsatz
figure-margin-3-share = DB III in % vom Umsatz
figure-margin-1-short = DB I
figure-margin-2-short = DB II
figure-margin-3-short = DB III
figure-margin-1-share-short = DB I %
figure-margin-2-share-short = DB II %
figure-margin-3-share-short = DB III %
figure-utilisation = Auslastung
figure-utilised-hours = Verrechenbare Stunden der Personen
figure-capacity = Verfügbare Stunden
figure-unbilled = Noch nicht abgerechnet
figure-advances = Erhaltene Anzahlungen
figure-unbilled-short = Nicht abger.
figure-advances-short = Anzahlungen
figure-earned = Leistung
figure-invoiced = Abgerechnet
figure-external-cost-so-far = Bisherige Fremdkosten
figure-labour-cost-so-far = Bisherige Personalkosten
figure-cost-so-far = Bisherige Kosten
figure-hours-so-far = Bisherige Stunden
figure-cost-at-completion = Erwartete Gesamtkosten
figure-hours-name = Stunden
figure-billable = Verrechenbar
figure-not-billable = Nicht verrechenbar
figure-billable-hours = Verrechenbare Stunden
figure-unbillable-hours = Nicht verrechenbare Stunden
figure-unrated-hours = Stunden ohne Kostensatz
figure-effective-rate = Effektiver Stundensatz
figure-burn = Budgetverbrauch
figure-money-left = Rest in Euro
figure-hours-left = Rest in Stunden
figure-total = Summe
figure-amount = Betrag

## The names of columns and sections.

figure-bookings = Buchungen
figure-invoices = Rechnungen
figure-people = Personen
figure-person = Person
figure-project = Projekt
figure-code = Kürzel
figure-name = Name
figure-client = Kunde
figure-kind = Art
figure-of = Budget in
figure-category = Kostenart
figure-day = Tag
figure-month = Monat
figure-text = Text
figure-supplier = Lieferant
figure-number = Nummer
figure-yes = ja
figure-no = nein
