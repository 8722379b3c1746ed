### What the database refuses, and what to do about it.

violation-account = Ein Konto mit dieser E-Mail-Adresse
violation-division = Einen Bereich mit diesem Kurznamen
violation-client = Einen Kunden mit diesem Namen
violation-project = Ein Projekt mit diesem Kürzel
violation-invoice = Eine Rechnung mit dieser Nummer
violation-cost-rate = Einen Kostensatz dieser Person ab diesem Tag
violation-capacity = Verfügbare Stunden dieser Person in diesem Monat
violation-weight = Einen Anteil dieses Bereichs am Umlageschlüssel dieses Tages
violation-owner = Einen Bereich dieses Projekts ab diesem Tag
violation-division-of-person = Einen Bereich dieser Person ab diesem Tag
violation-terms = Konditionen dieses Projekts ab diesem Tag
violation-division-of-account = Diesen Bereich unter denen, die das Konto sieht
violation-like-it = Einen gleichen Eintrag
violation-taken = { $what } gibt es schon. Wählen Sie etwas anderes, oder ändern Sie den vorhandenen Eintrag.
violation-leads-nowhere = Worauf sich der Eintrag bezieht, gibt es nicht, oder etwas bezieht sich noch darauf. Sehen Sie noch einmal nach und wählen Sie etwas anderes.
violation-unfit = Ein Wert passt nicht: Er fehlt, oder er passt nicht zu den anderen. Geben Sie einen anderen ein.
violation-unfit-column = Der Wert von `{ $column }` passt nicht: Er fehlt, oder er passt nicht zu den anderen. Geben Sie einen anderen ein.
violation-refused = Die Datenbank nimmt das nicht an: { $rule }.
