### Costs.

costs-labour = Personal
costs-other = Übrige
costs-by-month = Kosten nach Monaten
costs-by-month-without-labour = Kosten nach Monaten, ohne Personal
costs-chart = Kosten nach Kostenart und Monat
costs-chart-without-labour = Kosten nach Kostenart und Monat, ohne Personal
costs-categories = Kostenarten
costs-by-category = Kosten nach Kostenart und Monat
costs-no-category = In diesem Zeitraum gibt es keine Kosten.
costs-total-without-labour = Summe, ohne Personal
costs-note = Personal: Stunden zum Kostensatz der Person am jeweiligen Tag.
costs-note-without-labour = Personalkosten sehen nur Personen, die Kostensätze sehen dürfen; die Summen sind ohne sie.
costs-note-on-shared = Gemeinsame Buchungen zählen mit dem Anteil dieses Bereichs nach dem Umlageschlüssel des Tages.
costs-by-month-found = Gefundene Buchungen nach Monaten
costs-chart-found = Gefundene Buchungen nach Kostenart und Monat
costs-note-found = Nur die Buchungen, in denen Ihre Suche vorkommt. Personalkosten werden nicht gebucht und fehlen deshalb.
costs-total-found = Summe der gefundenen
costs-note-on-unsplit = Gemeinsame Buchungen zählen hier, soweit sie nicht auf die Bereiche verteilt sind.
costs-search = Text, Lieferant, Kostenart, Projekt, Betrag oder Tag
costs-part-of-shared = { $text } (Anteil einer gemeinsamen Buchung)
costs-not-split = { $text } (gemeinsam und nicht verteilt)
costs-no-match = Keine Buchung enthält den gesuchten Text. Leeren Sie die Suche, um alle zu sehen.
costs-nothing-booked = In diesem Zeitraum wurde nichts gebucht.
