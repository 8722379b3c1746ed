### Home.

home-management-view = Das ist eine Controlling-Sicht: Festpreise gelten Tag für Tag als geleistet, und noch nicht Abgerechnetes wird nie mit Anzahlungen verrechnet. Die Buchführung weicht davon ab: Sie weist den Umsatz aus, wenn die Leistung abgeschlossen ist.
home-chart = Umsatz und Kosten nach Monaten
home-chart-without-labour = Umsatz und Fremdkosten nach Monaten
home-chart-title = Umsatz, Kosten und Deckungsbeitrag III nach Monaten
home-chart-title-without-labour = Umsatz, Fremdkosten und Deckungsbeitrag I nach Monaten
home-divisions = Bereiche
home-by-division = Deckungsbeiträge nach Bereichen, { $days }
home-no-division = Sie sehen noch keinen Bereich. Bitten Sie Ihre Administration, Ihnen einen freizugeben.
home-at-risk = Projekte über oder nahe am Budget
home-unlisted = Unvollständig: Für { $hours } in anderen Projekten mit Budget fehlt ein Kostensatz; eines davon kann hier fehlen.
home-others = { $count } weitere; alle Projekte nach Budgetverbrauch
home-at-risk-lacks = für Stunden dieser Projekte fehlt ein Kostensatz; wie viele, steht jeweils dabei
home-none-at-risk = Kein Projekt, das in diesem Zeitraum läuft, hat 80 % seines Budgets verbraucht.

## How figures are calculated.

home-revenue-formula = Nach Aufwand: verrechenbare Stunden zum Stundensatz des Projekts am jeweiligen Tag und verrechenbare Auslagen. Festpreis: der Preis, verteilt auf die Tage des Projekts, mal die vergangenen Tage, unabhängig von den Rechnungen.
home-cost-formula = Fremdkosten (Buchungen auf Projekte), Personalkosten (Stunden zum Kostensatz der Person am jeweiligen Tag) und Gemeinkosten (übrige Buchungen; gemeinsame nach dem Umlageschlüssel des Tages verteilt).
home-external-cost-formula = Buchungen auf Projekte, ohne Personalkosten und Gemeinkosten.
home-margin-3-formula = Umsatz abzüglich Fremdkosten, Personalkosten und Gemeinkosten.
home-margin-1-formula = Umsatz abzüglich Fremdkosten.
home-margin-3-share-formula = Deckungsbeitrag III geteilt durch Umsatz.
home-margin-1-share-formula = Deckungsbeitrag I geteilt durch Umsatz.
home-utilisation-formula = Verrechenbare Stunden der Personen des Bereichs, geteilt durch ihre vertraglichen Stunden abzüglich Abwesenheiten.
home-unbilled-formula = Bis zum Ende des Zeitraums geleistet und noch nicht abgerechnet, seit Beginn: die Summe über die Projekte, deren Leistung höher ist als ihre Rechnungen.
home-advances-formula = Bis zum Ende des Zeitraums abgerechnet und noch nicht geleistet, seit Beginn: die Summe über die Projekte, deren Rechnungen höher sind als ihre Leistung. Das ist eine Verbindlichkeit und kein Umsatz.
home-burn = Verbrauch des Budgets seit Beginn des Projekts bis zum Ende des Zeitraums; der höhere Wert aus Euro und Stunden.
home-burn-in-hours = Verbrauch des Stundenbudgets seit Beginn des Projekts bis zum Ende des Zeitraums.
