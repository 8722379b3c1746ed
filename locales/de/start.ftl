### Warum der Server nicht startet oder ein Befehl die Datenbank nicht benutzen kann.

start-no-address = Die Adresse { $address } lässt sich nicht benutzen: { $cause }. Wählen Sie mit --addr eine andere.
start-no-database = Die Datenbank { $url } lässt sich nicht öffnen: { $cause }
start-no-migration = Die Datenbank lässt sich nicht auf den neuesten Stand bringen und bleibt, wie sie ist: { $cause }
start-misfit = { $cause }. Es wurde nichts geändert.
start-overtaken = { $cause }. Der Server hat aufgehört.
start-unreadable = Die Datenbank lässt sich nicht lesen: { $cause }
start-no-demo = Das Demostudio lässt sich nicht anlegen und fehlt deshalb: { $cause }
start-too-old = Ein neueres Programm hat die Datenbank so geändert, dass sie Programm { $oldest } oder ein neueres braucht; dieses ist Programm { $this }. Starten Sie das neuere, oder spielen Sie eine Sicherung von vorher zurück
start-foreign = Die Datenbank hat den Schritt { $step } durchlaufen, den dieses Programm nicht kennt, und erlaubt diesem Programm nicht, sie zu benutzen. Starten Sie das Programm, das sie angelegt hat

## Was an der Adresse oder der Datei einer Datenbank nicht stimmt.

start-url-kind = Sie muss mit sqlite: oder postgres:// beginnen
start-url-unreadable = Sie ist nicht lesbar; sie sieht aus wie postgres://BENUTZER:PASSWORT@RECHNER:PORT/NAME, und Zeichen wie @ : / ? # im Passwort schreibt man als %40 %3A %2F %3F %23
start-url-parameter = Sie hat einen unbekannten Parameter; nach dem Namen der Datenbank können sslmode, sslrootcert, sslcert, sslkey, host, port, user, password, dbname, application_name und options stehen
start-no-sqlite = Die Datei ist keine SQLite-Datenbank
start-being-restored = An ihrer Stelle wird gerade eine Sicherung zurückgespielt. Versuchen Sie es danach erneut

## Was am Wert einer Option nicht stimmt.

start-no-public-url = Erwartet wird http:// oder https:// und ein Rechnername, etwa https://control.studio.example
start-no-time-zone = Die Zeitzone `{ $name }` gibt es nicht; schreiben Sie einen IANA-Namen, meist einen Erdteil und eine Stadt wie Europe/Berlin oder America/New_York
start-no-proxy = Das ist weder eine Adresse noch ein Netz; sie sehen aus wie 10.0.0.7 und 10.0.0.0/8

## Die Dateien für den Browser und die Auslieferung, die sie enthält.

start-site-not-packed = Dieses Programm enthält weder Gestaltung noch Skript für seine Seiten: Es wurde ohne sie gebaut, oder sein Ende ging beim Kopieren verloren. Nehmen Sie dist/control-maniac ganz, wie `make build` es hinterlässt, oder nennen Sie mit --site den Ordner mit den Dateien.
start-site-damaged = Gestaltung und Skript in diesem Programm sind beschädigt ({ $cause }). Kopieren Sie es noch einmal, oder bauen Sie es mit `make build` neu.
start-site-lacks = In diesem Programm fehlt { $file }; seine Seiten brauchen es. Bauen Sie es mit `make build` neu.
start-site-lacks-names = In diesem Programm fehlt die Liste der Namen; seine Seiten brauchen sie. Bauen Sie es mit `make build` neu.
start-site-not-hashed = In { $file } steht nicht, mit welchen Prüfsummen die Dateien benannt sind. Bauen Sie mit `make build` neu.
start-site-folder-lacks = Im Ordner { $folder } fehlt { $file }; jede Seite braucht es. Bauen Sie ihn mit `make watch`, oder lassen Sie --site bei einem Programm von `make build` weg.
start-site-unreadable = { $file } lässt sich nicht lesen: { $cause }
start-site-unwritable = { $file } lässt sich nicht schreiben: { $cause }
start-stored-zone = studio_clock nennt keine Zeitzone: { $cause }. `serve --time-zone NAME` setzt eine
