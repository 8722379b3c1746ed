### Was das Betriebssystem oder die Datenbank meldet, soweit es üblich ist.

system-not-found = Diese Datei oder diesen Ordner gibt es nicht
system-not-allowed = Das ist nicht erlaubt
system-exists = Unter diesem Namen gibt es schon etwas
system-address-in-use = Die Adresse ist belegt, vielleicht von einem anderen Server
system-no-such-address = Dieser Rechner hat keine solche Adresse
system-disk-full = Die Festplatte ist voll
system-read-only = Hier darf nur gelesen werden
system-folder = Das ist ein Ordner
system-no-folder = Ein Teil des Pfades ist kein Ordner
system-refused = Dort antwortet niemand
system-too-long = Es hat zu lange gedauert
system-no-host = Der Rechner ist nicht zu finden oder nicht zu erreichen
system-of-path = { $path }: { $cause }
system-cannot-open = Die Datei lässt sich nicht öffnen oder anlegen; ihr Ordner muss vorhanden und für dieses Konto zugänglich sein
system-no-answer = Sie ist nicht erreichbar oder hat 5 s lang keine Verbindung frei
system-wrong-password = Das Konto oder sein Passwort ist falsch
system-no-such-database = Diese Datenbank gibt es nicht
system-failed = Die Datenbank meldet einen Fehler: { $cause }
