### Warum die Bücher etwas nicht annehmen.

books-unknown-project = Ein Projekt mit der Nummer { $id } gibt es nicht. Legen Sie es zuerst an.
books-unknown-person = Eine Person mit der Nummer { $id } gibt es nicht. Legen Sie sie zuerst an.
books-key-of-nobody = Ein Umlageschlüssel nennt mindestens einen Bereich. Geben Sie allen das Gewicht 0, wenn nichts umgelegt werden soll.
books-key-names-twice = Ein Umlageschlüssel nennt den Bereich mit der Nummer { $id } zweimal. Geben Sie ihm ein einziges Gewicht.
books-no-price = { $code } wird nach Aufwand abgerechnet. Geben Sie in den Konditionen einen Stundensatz an.
books-no-fee = { $code } hat einen Festpreis. Geben Sie in den Konditionen den Preis und den letzten Tag an.
books-no-month = Verfügbare Stunden gehören zu einem Monat, und { $day } ist nicht der erste Tag eines Monats.
books-no-slug = Ein Bereich kann nicht den Kurznamen „{ $slug }“ haben: Er steht für eine Auswahl, die kein Bereich ist. Wählen Sie einen anderen.
books-beyond-number = { $what } kann nicht { $value } sein: Die Grenzen sind { $least } und { $most }. Vielleicht fehlt ein Dezimaltrennzeichen.
books-beyond-day = { $what } kann nicht { $value } sein: Die Grenzen sind { $first } und { $last }. Prüfen Sie das Jahr.
books-beyond-order = Ein Projekt kann nicht am { $last } enden, bevor es am { $first } beginnt. Vertauschen Sie die Tage, oder berichtigen Sie einen.
books-minutes = { $count } min

## Was eine Grenze überschreitet.

books-booking-day = Der Tag einer Buchung
books-booking-amount = Der Betrag einer Buchung
books-invoice-day = Der Tag einer Rechnung
books-invoice-amount = Der Betrag einer Rechnung
books-entry-day = Der Tag eines Zeiteintrags
books-entry = Ein Zeiteintrag
books-capacity-month = Der Monat verfügbarer Stunden
books-contract = Die Vertragszeit eines Monats
books-absence = Die Abwesenheit eines Monats
books-place = Die Stelle eines Bereichs
books-budget = Das Budget eines Projekts
books-budget-hours = Das Stundenbudget eines Projekts
books-price = Ein Stundensatz
books-fee = Ein Festpreis
books-project-start = Der erste Tag eines Projekts
books-project-end = Der letzte Tag eines Projekts
books-weight = Das Gewicht in einem Umlageschlüssel
books-cost-rate = Ein Kostensatz
books-cost-rate-day = Der erste Tag eines Kostensatzes
books-terms-day = Der erste Tag der Konditionen eines Projekts
books-key-day = Der erste Tag eines Umlageschlüssels
books-move-day = Der Tag eines Wechsels
books-archiving-day = Der Tag der Archivierung
