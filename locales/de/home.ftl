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

## What is spent of a budget.

home-burn = Verbrauch des Budgets seit Beginn des Projekts bis zum Ende des Zeitraums; der höhere Wert aus Euro und Stunden.
home-burn-in-hours = Verbrauch des Stundenbudgets seit Beginn des Projekts bis zum Ende des Zeitraums.
