### Dateien zum Mitnehmen: ihre Namen, was in ihnen steht, und die Links zu ihnen.

## Die Links.

export-export = Exportieren
export-this-table = Exportieren: { $table }
export-this-page = Ganze Seite exportieren
export-excel = Excel (XLSX)
export-csv-semicolon = CSV mit ; und Dezimalkomma
export-csv-comma = CSV mit , und Dezimalpunkt
export-print-all = Alle Zeilen drucken
export-copy-link = Link zu dieser Ansicht kopieren
export-link-copied = Link kopiert

## Der Name einer Datei: Kleinbuchstaben, Ziffern und Bindestriche bleiben davon.

export-file-all = alle
export-file-made = erstellt

## Was in einer Datei steht.

export-about = Über diese Datei
export-scope = Bereich
export-days = Zeitraum
export-searched = Gesucht
export-sorted = Sortiert nach
export-ascending = { $table }: { $column }, aufsteigend
export-descending = { $table }: { $column }, absteigend
export-made-at = Erstellt am
export-made-by = Erstellt von
export-sheet = Blatt
export-rows = Zeilen
export-notes = Hinweise
export-note = Hinweis
export-clock = { $heading } (h:mm)
export-key-figures = Kennzahlen
export-key-figure = Kennzahl
export-facts = Angaben
export-fact = Angabe
export-value = Wert
export-unit = Einheit
export-change = Veränderung
export-unit-of-change = Einheit der Veränderung
export-compared-with = Verglichen mit
export-unit-money = €
export-unit-hours = h
export-unit-rate = €/h
export-unit-share = %
export-unit-points = %-Punkte

## Warum es keine Datei gibt.

export-no-format = Das Format „{ $format }“ gibt es nicht. Die Formate sind: { $formats }.
export-no-table = Die Tabelle „{ $table }“ gibt es auf dieser Seite nicht. Ihre Tabellen sind: { $tables }.
export-too-many-rows = „{ $table }“ hat { $rows } Zeilen, und ein Blatt in Excel fasst { $most }. Wählen Sie weniger Tage oder suchen Sie nach einem Teil, oder nehmen Sie CSV: Dort haben alle Platz.
export-took-too-long = Es hat länger als { $seconds } Sekunden gedauert. Wählen Sie weniger Tage oder suchen Sie nach einem Teil der Zeilen.
export-not-written = Die Datei konnte auf dem Server nicht geschrieben werden. Versuchen Sie es erneut; wenn es so bleibt, sagen Sie es Ihrer Administration.
export-no-account = Es gibt kein Konto „{ $email }“.
