### Konten, wie `user` sie anlegt, auflistet und ändert.

account-no-email = `{ $email }` ist keine E-Mail-Adresse; eine sieht aus wie name@studio.test
account-no-name = Der Name ist leer; geben Sie mit --name einen an
account-length = Das Passwort muss mindestens { $least } Zeichen und darf höchstens { $most } Bytes haben
account-common = Das Passwort ist leicht zu erraten; nehmen Sie vier oder fünf Wörter, die nichts miteinander zu tun haben, oder lassen Sie einen Passwortmanager eines erzeugen
account-like-the-person = Das Passwort ähnelt der E-Mail-Adresse oder dem Namen zu sehr; nehmen Sie vier oder fünf Wörter, die nichts mit der Person zu tun haben, oder lassen Sie einen Passwortmanager eines erzeugen
account-exists = Das Konto { $email } gibt es schon
account-unknown = Das Konto { $email } gibt es nicht; `user list` zeigt die vorhandenen
account-no-division = Den Bereich `{ $slug }` gibt es nicht; vorhanden sind: { $others }
account-no-divisions = Den Bereich `{ $slug }` gibt es nicht; es gibt noch keinen
account-sees-nothing = Das Konto sähe nichts; geben Sie --division KURZNAME oder --all-divisions an
account-not-hashed = Das Passwort ließ sich nicht verschlüsseln: { $cause }
account-hash-unusable = Das gespeicherte Passwort ist nicht zu gebrauchen: { $cause }
account-sees-all = alle Bereiche
account-sees-cost-rates = Kostensätze
account-archived = { $slug } (archiviert)
