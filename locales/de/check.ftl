### Was `check` prüft und was es findet.

check-holds = ok     { $rule }
check-fails = FEHLER { $finding }
check-note = Hinweis: Mit dem veröffentlichten Passwort des Demostudios kommt man in { $accounts }; setzen Sie mit `user password` ein anderes, oder entfernen Sie die Konten mit `user remove`
check-faults = { PLURAL($count) ->
        [one] { $rule }: { $count } Verstoß: { $named }
       *[other] { $rule }: { $count } Verstöße: { $named }
    }
check-more = und { $count } weitere

## Die Regeln.

check-whole-file = Die Datei der Datenbank ist unversehrt
check-references = Jeder Verweis führt zu einer Zeile
check-all-parts = Die Datenbank hat alles, was dieses Programm darin angelegt hat
check-current = Die Datenbank hat den Stand dieser Version
check-within-limits = Beträge, Sätze, Stunden und Tage liegen innerhalb ihrer Grenzen
check-parts = Eine gemeinsame Buchung ist nach dem Umlageschlüssel ihres Tages verteilt, ohne Schlüssel gar nicht
check-slugs = kein Bereich hat den Kurznamen einer Auswahl, die keiner ist, „all“ oder „unassigned“
check-only-shared = Nur eine gemeinsame Buchung ist verteilt
check-worth = Verrechenbare Zeit nach Aufwand ist ihre Stunden zum Stundensatz ihres Tages wert, andere Zeit nichts
check-cost = Zeit kostet ihre Stunden zum Kostensatz der Person an diesem Tag; ohne Satz sind die Kosten unbekannt
check-long-day = Niemand arbeitet an einem Tag länger als einen Tag
check-from-beginning = Wozu ein Projekt oder eine Person gehört und die Konditionen eines Projekts sind von Anfang an bekannt
check-terms = Die Konditionen eines Projekts passen zu seiner Abrechnung: ein Stundensatz, oder ein Festpreis und ein letzter Tag
check-mirrors = Die Zeile eines Projekts oder einer Person nennt, was zuletzt gilt
check-months = Verfügbare Stunden gehören zu einem Monat und stehen an seinem ersten Tag
check-counted = Änderungen der Daten werden gezählt, wer auch immer sie vornimmt
check-revisions = Die Stände einer Einstellung zählen ab 1, und nicht weiter, als jemand gewählt hat
check-owners = Jede Sitzung und jede Einstellung gehört zu einem Konto, oder noch zu niemandem

## Was sie verletzt.

check-is-earlier = Sie hat einen früheren Stand: Führen Sie `control-maniac migrate` aus
check-missing = { $part } fehlt
check-trigger = der Trigger { $name }
check-index = der Index { $name }
check-one-row = die eine Zeile von { $table }
check-loose-end = Zeile { $row } von { $table }
check-left-on = by_books von data_revision ist noch eingeschaltet
check-setting = { $key } des Kontos { $account }
check-setting-of-nobody = die Einstellung { $key } des Kontos { $account }
check-session-of-nobody = eine Sitzung des Kontos { $account }
check-value = { $row }: { $column } ist { $value }
check-on-day = { $row } am { $day }
check-division-of = der Bereich von { $row }
check-terms-of = die Konditionen von { $row }

## Zeilen, wie man sie kennt.

check-row = { $table } { $row }
check-division = Bereich { $slug }
check-person = Person { $row } ({ $name })
check-person-division = der Bereich von Person { $row } ({ $name }) ab { $day }
check-cost-rate = der Kostensatz von Person { $row } ({ $name }) ab { $day }
check-capacity = die verfügbaren Stunden von Person { $row } ({ $name }) im Monat { $day }
check-key = der Umlageschlüssel ab { $day }
check-project = Projekt { $code }
check-project-division = der Bereich von { $code } ab { $day }
check-project-terms = die Konditionen von { $code } ab { $day }
check-entry = Zeiteintrag { $row } ({ $code }, { $day })
check-booking = Buchung { $row } ({ $day })
check-part = Teil { $row } der Buchung { $booking }
check-invoice = Rechnung { $number }
