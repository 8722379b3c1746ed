### What a figure lacks.

lacks-unrated = für { $hours } fehlt ein Kostensatz
lacks-without-capacity = { $hours } von Personen, für die im Monat keine verfügbaren Stunden eingetragen sind
lacks-unsplit = { $amount } aus gemeinsamen Buchungen sind nicht auf die Bereiche verteilt
lacks-unsplit-unseen = gemeinsame Buchungen sind nicht auf die Bereiche verteilt; den Betrag sehen nur Personen, die alle Bereiche sehen
lacks-in-period = { $lacks } ({ $days })
lacks-before-entries = vor dem { $day } wurden weder Zeiten noch Buchungen erfasst
lacks-at-each = was fehlt, steht jeweils dabei
lacks-incomplete = unvollständig: { $lacks }
lacks-note = kennzeichnet eine Zahl aus unvollständigen Daten: { $lacks }.
