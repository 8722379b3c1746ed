### The page of a figure: how it is calculated, and what it is made of.

## How each measure is calculated.

measure-revenue = Nach Aufwand: verrechenbare Stunden zum Stundensatz des Projekts am jeweiligen Tag und verrechenbare Auslagen. Festpreis: der Preis, verteilt auf die Tage des Projekts, mal die vergangenen Tage, unabhängig von den Rechnungen.
measure-billed-time = Verrechenbare Stunden zum Stundensatz des Projekts am jeweiligen Tag.
measure-expenses = Buchungen auf das Projekt, die der Kunde bezahlt.
measure-external-cost = Buchungen auf Projekte, ohne Personalkosten und Gemeinkosten.
measure-labour-cost = Stunden zum Kostensatz der Person am jeweiligen Tag. Stunden ohne Kostensatz kosten hier nichts.
measure-project-cost = Fremdkosten (Buchungen auf Projekte) und Personalkosten (Stunden zum Kostensatz der Person am jeweiligen Tag), ohne Gemeinkosten.
measure-overhead = Buchungen, die zu keinem Projekt gehören: die eigenen eines Bereichs und seine Anteile an den gemeinsamen, verteilt nach dem Umlageschlüssel des Tages.
measure-cost = Fremdkosten (Buchungen auf Projekte), Personalkosten (Stunden zum Kostensatz der Person am jeweiligen Tag) und Gemeinkosten (übrige Buchungen; gemeinsame nach dem Umlageschlüssel des Tages verteilt).
measure-booked-cost = Alle Buchungen, mit und ohne Projekt; gemeinsame zählen mit dem Anteil des Bereichs, verteilt nach dem Umlageschlüssel des Tages. Personalkosten sind keine Buchung.
measure-margin-1 = Umsatz abzüglich Fremdkosten.
measure-margin-2 = Umsatz abzüglich Fremdkosten und Personalkosten.
measure-margin-3 = Umsatz abzüglich Fremdkosten, Personalkosten und Gemeinkosten.
measure-margin-1-share = Deckungsbeitrag I geteilt durch Umsatz.
measure-margin-2-share = Deckungsbeitrag II geteilt durch Umsatz.
measure-margin-3-share = Deckungsbeitrag III geteilt durch Umsatz.
measure-hours = Alle Stunden auf Projekten, verrechenbar oder nicht.
measure-billable-hours = Die verrechenbaren Stunden auf Projekten.
measure-unbillable-hours = Die nicht verrechenbaren Stunden auf Projekten.
measure-unrated-hours = Stunden von Personen, die an diesem Tag keinen Kostensatz hatten. Was sie kosten, fehlt in den Personalkosten.
measure-effective-rate = Umsatz geteilt durch alle Stunden, nicht nur die verrechenbaren.
measure-utilisation = Verrechenbare Stunden der Personen des Bereichs, geteilt durch ihre vertraglichen Stunden abzüglich Abwesenheiten.
measure-utilised-hours = Verrechenbare Stunden der Personen des Bereichs, gleich wem das Projekt gehört.
measure-capacity = Vertragliche Stunden der Personen des Bereichs abzüglich Abwesenheiten. Liegt ein Monat nur teilweise im Zeitraum, zählen die Arbeitstage, die darin liegen.
measure-unbilled = Bis zum Ende des Zeitraums geleistet und noch nicht abgerechnet, seit Beginn: die Summe über die Projekte, deren Leistung höher ist als ihre Rechnungen.
measure-advances = Bis zum Ende des Zeitraums abgerechnet und noch nicht geleistet, seit Beginn: die Summe über die Projekte, deren Rechnungen höher sind als ihre Leistung. Das ist eine Verbindlichkeit und kein Umsatz.
measure-earned = Alles, was das Projekt seit Beginn bis zum Ende des Zeitraums geleistet hat.
measure-invoiced = Alles, was für das Projekt seit Beginn bis zum Ende des Zeitraums abgerechnet wurde.
measure-external-cost-so-far = Die Buchungen auf das Projekt seit Beginn bis zum Ende des Zeitraums.
measure-labour-cost-so-far = Stunden zum Kostensatz der Person am jeweiligen Tag, seit Beginn des Projekts bis zum Ende des Zeitraums.
measure-cost-so-far = Fremdkosten und Personalkosten seit Beginn des Projekts bis zum Ende des Zeitraums.
measure-hours-so-far = Alle Stunden auf dem Projekt seit Beginn bis zum Ende des Zeitraums.
measure-burn = Der Verbrauch seit Beginn des Projekts bis zum Ende des Zeitraums, geteilt durch das Budget. Gibt es ein Budget in Euro und eines in Stunden, zählt das stärker verbrauchte.
measure-money-left = Das Budget in Euro abzüglich der bisherigen Kosten.
measure-hours-left = Das Budget in Stunden abzüglich der bisherigen Stunden.
measure-cost-at-completion = Bisherige Kosten und die restlichen Stunden zu den bisherigen durchschnittlichen Personalkosten. Ist das Projekt beendet, sind es die bisherigen Kosten.

## What the page says.

measure-how = So wird gerechnet
measure-term = Größe
measure-figure = Wert
measure-less = abzüglich { $name }
measure-times = mal { $name }
measure-over = geteilt durch { $name }
measure-by-division = Nach Bereichen
measure-by-project = Nach Projekten
measure-by-person = Nach Personen
measure-by-days = Nach Tagen
measure-compared = Vergleich
measure-beside-all = Neben Alle
measure-share-of-all = Anteil an Alle
measure-no-share-of-all = kein Anteil, da Alle nicht über null liegt
measure-days = Tage
measure-nothing = Davon gibt es in diesem Zeitraum nichts.
measure-time-entries = Zeiteinträge
measure-no-entries = In diesem Zeitraum gibt es keine solchen Stunden.
measure-booked = Gebucht
measure-key = Umlageschlüssel
measure-part-of-key = { $weight } von { $weights }
measure-not-split = nicht verteilt
measure-capacity-by-person = Verfügbare Stunden nach Personen und Monaten
measure-contract-hours = Vertragliche Stunden
measure-absences = Abwesenheiten
measure-days-that-count = Tage, die zählen
measure-no-capacity = In diesem Zeitraum hat niemand verfügbare Stunden.
measure-days-of-project-here = Projekttage hier
measure-days-of-project = Projekttage gesamt
measure-another-division = ein anderer Bereich
measure-project-of-another-division = ein Projekt eines anderen Bereichs
measure-while-another-divisions = Als es einem anderen Bereich gehörte
measure-elsewhere = Dieser Wert gehört zu { $whose }; Sie sehen gerade { $scope }.
measure-show-of = Den Wert für { $scope } zeigen
