### Wofür die Befehlszeile da ist und was sie sagt.

cli-about = Controlling für Softwarestudios

## Wofür jeder Befehl da ist.

cli-serve = Die Anwendung bereitstellen, bis Strg-C oder SIGTERM sie beendet.
cli-user = Konten anlegen, auflisten und entfernen, Passwörter setzen.
cli-user-add = Ein Konto anlegen; das Passwort wird unsichtbar eingegeben oder ist eine Zeile der Standardeingabe.
cli-user-list = Die Konten auflisten.
cli-user-password = Das Passwort eines Kontos setzen, unsichtbar eingegeben oder als Zeile der Standardeingabe; seine Sitzungen enden.
cli-user-remove = Ein Konto mit seinen Einstellungen und Sitzungen entfernen.
cli-migrate = Die Datenbank auf den neuesten Stand bringen; `serve` tut das von selbst.
cli-check = Die Datenbank prüfen und was für ihre Daten immer gelten muss; ändert nichts.
cli-backup = Eine Sicherung der Datenbank in eine Datei schreiben; ein Server darf sie währenddessen benutzen.
cli-restore = Eine Sicherung zurückspielen und die bisherige Datenbank beiseitelegen; niemand darf sie währenddessen benutzen.
cli-export = Eine Seite der Anwendung in eine Datei schreiben: XLSX oder CSV; ändert nichts.
cli-pack = Aus diesem Programm und den Dateien für den Browser eine Auslieferung machen; `make build` tut das.
cli-help = Die Hilfe zu einem Befehl ausgeben.

## Wofür jede Option und jedes Argument da ist.

cli-option-help = Diese Hilfe ausgeben.
cli-option-version = Die Version ausgeben.
cli-option-log-format = Wie das Protokoll auf die Standardfehlerausgabe geschrieben wird: als Zeilen für Menschen oder als ein JSON-Objekt je Zeile.
cli-option-database-url = Die Datenbank: sqlite:PFAD oder postgres://BENUTZER:PASSWORT@RECHNER/NAME.
cli-option-addr = Die Adresse des Servers; Port 0 nimmt irgendeinen freien.
cli-option-demo = Eine leere Datenbank mit einem erfundenen Studio füllen.
cli-option-scale = Wievielmal so groß das erfundene Studio ist.
cli-option-https = Der Server wird über HTTPS erreicht, hinter einem Proxy: Cookies sind „Secure“, und Browser bleiben bei HTTPS.
cli-option-public-url = Unter welcher Adresse der Server erreicht wird, als https://RECHNER: Anfragen an andere werden abgelehnt. https:// schließt --https ein.
cli-option-trusted-proxy = Ein Proxy, dem geglaubt wird, woher eine Anfrage kommt (X-Forwarded-For): eine Adresse oder ein Netz. Mehrfach möglich, in der Variable durch Kommas getrennt.
cli-option-log-addresses = Nennt im Protokoll die Adressen, von denen Anmeldungen scheitern, für ein Programm, das sie aussperrt. Sonst stehen dort keine.
cli-option-stop-notice = Wie viele Sekunden er nach der Bitte aufzuhören noch weiterarbeitet, während /readyz es meldet: für einen Proxy, der Anfragen auf mehrere Server verteilt und davon erfahren muss.
cli-option-time-zone = Die Zeitzone des Studios, etwa Europe/Berlin: Dort beginnt ein Tag. Sie steht in der Datenbank, für alle Server, und muss nur einmal angegeben werden. Eine neue Datenbank hat Europe/Berlin.
cli-option-heartbeat = Nach wie vielen Sekunden ein offenes Fenster hört, dass der Server noch da ist; weniger, wenn ein Proxy eine so lange stille Verbindung beendet.
cli-option-site = Ein Ordner mit den Dateien für den Browser anstelle derer im Programm; `make watch` nennt einen.
cli-option-name = Wie die Person heißt.
cli-option-division = Ein Bereich, den das Konto sehen darf, mit seinem Kurznamen; mehrfach möglich.
cli-option-all-divisions = Das Konto sieht alle Bereiche und alles, was nicht zugeordnet ist.
cli-option-cost-rates = Das Konto sieht, was Personen kosten, und jede Kennzahl, in der das steckt.
cli-option-as = Wessen Rechte gelten: die E-Mail-Adresse eines Kontos.
cli-option-view = Die Adresse der Seite, etwa /costs?q=train.
cli-option-table = Eine der Tabellen der Seite mit ihrem Namen, etwa bookings; sonst die ganze Seite.
cli-option-format = Was die Datei ist: eine Arbeitsmappe, oder CSV mit ; und Dezimalkomma oder mit , und Dezimalpunkt.
cli-option-export-division = Der Bereich mit seinem Kurznamen, oder all, oder unassigned.
cli-option-period = Die Tage: ytd, ein Jahr, ein Quartal, ein Monat oder 2026-03-01..2026-04-15.
cli-option-language = Die Sprache der Datei; sonst die dieser Befehlszeile.
cli-option-made-at = Wann die Datei als erstellt gilt und welcher Tag heute ist: 2026-11-27T18:00 nach der Uhr des Studios. Gleiche Daten ergeben dann dieselben Bytes.
cli-option-output = Wohin sie geschrieben wird, oder - für die Standardausgabe; sonst in diesen Ordner unter einem Namen, der sagt, was sie ist.
cli-argument-new-email = Womit sich die Person anmeldet.
cli-argument-email = Die E-Mail-Adresse des Kontos.
cli-argument-backup = Wohin die Sicherung geschrieben wird; dort darf noch nichts sein.
cli-argument-restore = Was `backup` geschrieben hat.
cli-argument-pack-folder = Der Ordner mit den Dateien, die für den Browser gebaut wurden.
cli-argument-pack-hashes = Die Datei, in der die Prüfsummen in den Namen dieser Dateien stehen.
cli-argument-pack-to = Wohin die Auslieferung geschrieben wird.

## Wie Werte heißen.

cli-value-address = ADRESSE
cli-value-email = E-MAIL
cli-value-file = DATEI
cli-value-folder = ORDNER
cli-value-format = FORMAT
cli-value-language = SPRACHE
cli-value-period = ZEITRAUM
cli-value-time = ZEIT
cli-value-name = NAME
cli-value-number = ZAHL
cli-value-seconds = SEKUNDEN
cli-value-slug = KURZNAME
cli-value-url = URL

## Um die Hilfe herum.

cli-help-usage = Aufruf: { $usage }
cli-help-any-options = OPTIONEN
cli-help-a-command = BEFEHL
cli-help-commands = Befehle:
cli-help-arguments = Argumente:
cli-help-options = Optionen:
cli-help-variable = [Variable: { $variable }]
cli-help-default = [Vorgabe: { $value }]
cli-help-possible = [mögliche Werte: { $values }]

## Was an den Argumenten nicht stimmt.

cli-wrong = { $cause }; siehe --help
cli-wrong-meant = { $cause }; meinten Sie „{ $meant }“? Siehe --help
cli-wrong-argument = Das Argument „{ $argument }“ gibt es hier nicht
cli-wrong-command = Den Befehl „{ $command }“ gibt es nicht
cli-wrong-no-command = Nach „{ $command }“ fehlt ein Befehl: { $commands }
cli-wrong-lacks = Es fehlen: { $arguments }
cli-wrong-no-value = „{ $argument }“ braucht einen Wert
cli-wrong-value = „{ $value }“ ist kein Wert für „{ $argument }“: { $cause }
cli-wrong-variable = „{ $value }“ in der Variable { $variable } ist kein Wert für „{ $argument }“: { $cause }
cli-wrong-empty-variable = Die Variable { $variable }, die für „{ $argument }“ steht, ist leer; lassen Sie sie weg, oder geben Sie ihr einen Wert
cli-wrong-because = { $what }: { $cause }
cli-wrong-possible = möglich sind { $values }
cli-wrong-together = „{ $argument }“ und „{ $others }“ schließen einander aus
cli-wrong-twice = „{ $argument }“ darf nur einmal angegeben werden
cli-wrong-too-many = „{ $argument }“ nimmt den Wert „{ $value }“ nicht an
cli-wrong-no-text = Ein Argument ist kein UTF-8
cli-wrong-otherwise = Die Argumente sind nicht lesbar
cli-no-address = Erwartet wird eine IP-Adresse mit Port, etwa 127.0.0.1:3000 oder [::]:3000
cli-no-number = Erwartet wird eine ganze Zahl von { $least } bis { $most }
cli-no-database-url = Sie muss mit sqlite: oder postgres:// beginnen

## Was die Befehle sagen.

cli-serving = ControlManiac läuft unter http://{ $address } (Datenbank: { $database }; Zeitzone des Studios: { $zone }, dort ist der { $day }). Strg-C beendet es.
cli-demo-filled = Die Datenbank war leer und enthält jetzt das Demostudio.
cli-demo-not-empty = Die Datenbank ist nicht leer, deshalb hat --demo nichts geändert.
cli-demo-accounts = Die Konten des Demostudios, sofern es angelegt wurde (alle mit dem Passwort { $password }):
cli-demo-sees-all = alles
cli-demo-sees-web = den Bereich Web
cli-demo-sees-no-labour-cost = alle Bereiche, aber nichts, worin Personalkosten stecken
cli-demo-warning =
    WARNUNG: --demo, und andere Rechner können diesen Server erreichen ({ $address }).
    Wer ihn erreicht, kann sich mit einem Konto des Demostudios anmelden: Das Passwort,
    `{ $password }`, ist öffentlich. Geben Sie in diese Datenbank nichts Echtes ein. Um es
    allein auszuprobieren, starten Sie mit --addr 127.0.0.1:3000; für den echten Betrieb starten
    Sie ohne --demo mit einer neuen Datenbank. `control-maniac check` nennt Demokonten, die
    noch da sind.
cli-added = { $email } kann sich jetzt anmelden.
cli-password-set = Das Passwort von { $email } ist gesetzt; die Sitzungen des Kontos sind beendet.
cli-removed = { $email } ist entfernt.
cli-password-prompt = Passwort:
cli-password-again = Noch einmal dasselbe:
cli-up-to-date = Die Datenbank ist auf dem neuesten Stand.
cli-is-newer = Ein neueres Programm hat die Datenbank weiterentwickelt. Dieses, Programm { $number }, darf sie benutzen und hat nichts zu ergänzen.
cli-backed-up = { $file } enthält die Datenbank { $database }, wie sie jetzt ist ({ $size } Bytes).
cli-restored = Die Datenbank { $database } ist jetzt so wie in { $file }.
cli-set-aside = Was vorher da war, liegt in { $file }.
cli-nothing-before = Vorher gab es keine Datenbank.
cli-packed = { $file } ist die ganze Auslieferung: { $size } MB.

## Warum ein Befehl scheitert.

cli-no-program = Die Datei dieses Programms ist nicht zu finden: { $cause }
cli-no-own-address = Der Server hat keine Adresse: { $cause }
cli-no-input = Das Passwort lässt sich nicht lesen: { $cause }
cli-typed-differently = Die beiden Passwörter sind nicht gleich, deshalb wurde keines gesetzt; beginnen Sie von vorn
cli-checks-failed = { PLURAL($count) ->
        [one] { $count } Prüfung ist fehlgeschlagen
       *[other] { $count } Prüfungen sind fehlgeschlagen
    }
cli-exported = { $file } ist geschrieben ({ $size } Bytes).
cli-no-file = { $cause }
cli-no-moment = so wird sie geschrieben: 2026-11-27T18:00
cli-no-such-time = diese Uhrzeit gibt es an dem Tag nicht: die Uhren wurden vorgestellt
cli-no-output = die Datei lässt sich nicht schreiben: { $cause }
