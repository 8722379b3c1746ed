### The settings: what they and their values are called. The browser says it as well.

setting-division = Bereich
setting-all = Alle
setting-all-yours = Alle Ihre Bereiche
setting-unassigned = Nicht zugeordnet
setting-archived = { $name } (archiviert)
setting-division-unreadable = Ein Bereich wird mit Kleinbuchstaben, Ziffern und Bindestrichen geschrieben, etwa „web“, oder „all“.
setting-division-unknown = Unter den Bereichen, die Sie sehen dürfen, gibt es keinen „{ $slug }“. { $choose }
setting-division-archived = Der Bereich „{ $slug }“ ist archiviert: Sie können ihn ansehen, aber nicht auswählen. { $choose }
setting-choose-all = Wählen Sie „all“.
setting-choose-division = Wählen Sie „all“ oder einen von { $slugs }.
setting-quoted = „{ $text }“

## The period.

setting-period = Zeitraum
setting-year-to-date = Lfd. Jahr { $year }
setting-quarter = Q{ $quarter } { $year }
setting-chosen = Ausgewählt
setting-years = Jahre
setting-quarters = Quartale
setting-months = Monate
setting-custom = Eigener Zeitraum
setting-from = Von
setting-to = Bis
setting-period-unreadable = Ein Zeitraum ist „ytd“, ein Monat wie „2026-11“, ein Quartal wie „2026-q4“, ein Jahr wie „2026“ oder Tage wie „2026-03-01..2026-04-15“, zwischen den Jahren 2000 und 2099.
setting-period-swapped = Der erste Tag des Zeitraums liegt nach dem letzten. Tauschen Sie die beiden.
setting-period-too-long = Ein Zeitraum umfasst höchstens drei Jahre. Wählen Sie weniger Tage.

## What is compared.

setting-comparison = Vergleich
setting-comparison-before = Zum Vorzeitraum
setting-comparison-year = Zum Vorjahr
setting-comparison-none = Ohne Vergleich
setting-comparison-unreadable = Ein Vergleich ist „before“, mit dem Zeitraum davor, „year“, mit den gleichen Tagen im Vorjahr, oder „none“. Wählen Sie einen davon.

## The page size.

setting-page-size = Seitengröße
setting-rows = { $count } Zeilen
setting-rows-all = alle Zeilen
setting-page-size-unreadable = Eine Tabelle zeigt 25, 50 oder 100 Zeilen. Wählen Sie eine dieser Zahlen.

## The language. Each is called what its speakers call it.

setting-language = Sprache
setting-language-of-browser = Wie im Browser
setting-language-unreadable = Eine Sprache ist „browser“, „de“ oder „en“. Wählen Sie eine davon.

## Single keys.

setting-keys = Steuerung mit Einzeltasten
setting-keys-on = an
setting-keys-off = aus
setting-keys-unreadable = Einzeltasten sind „on“ (an) oder „off“ (aus). Wählen Sie eines davon.

## What had to be changed about a choice.

setting-withdrawn = { $setting }: „{ $text }“ steht Ihnen nicht mehr zur Auswahl. Sie sehen jetzt „{ $shown }“.
setting-pin-refused = Die Adresse dieses Fensters verlangt „{ $text }“ ({ $setting }). { $why } Sie sehen jetzt „{ $shown }“.
setting-or = oder
setting-unknown = Es gibt keine Einstellung „{ $key }“. Das sind die Einstellungen: { $keys }.
