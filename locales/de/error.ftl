### What was wrong, where, and what to do about it.

error-no-page = Unter dieser Adresse gibt es keine Seite. Prüfen Sie sie, oder beginnen Sie bei der Übersicht.
error-query-no-text = Der Teil der Adresse nach dem Fragezeichen ist kein Text. Entfernen Sie ihn.
error-query-unreadable = Der Teil der Adresse nach dem Fragezeichen ist nicht lesbar: { $cause }.
error-no-project = Unter den Projekten, die Sie sehen dürfen, gibt es kein „{ $code }“. Suchen Sie es in der Liste der Projekte.
error-no-division = Unter den Bereichen, die Sie sehen dürfen, gibt es keinen „{ $slug }“.
error-no-figure = Diesen Wert gibt es nicht. Öffnen Sie ihn von der Seite aus, die ihn zeigt.
error-no-person = Unter den Personen, deren Stunden Sie sehen dürfen, gibt es diese nicht.
error-no-filter = Diese Liste lässt sich nicht nach „{ $name }“ einschränken. Entfernen Sie es aus der Adresse.
error-no-order = Die Liste lässt sich nicht nach „{ $wanted }“ sortieren. Möglich sind: { $known }.
error-not-one-of = „{ $wanted }“ ist kein Wert von { $name }. Möglich sind: { $known }.
error-not-pinnable = Die Einstellung „{ $key }“ lässt sich nicht an ein Fenster binden.
error-no-value = Das Formular enthält keinen Wert. Wählen Sie einen und senden Sie es noch einmal.
error-no-file = Diese Datei gibt es nicht.
error-other-server = Dieser Server antwortet nur unter { $address }. Öffnen Sie ihn dort.
error-other-origin = Diese Anfrage kommt nicht von einer Seite dieses Servers, deshalb wurde nichts geändert. Öffnen Sie die Seite selbst und versuchen Sie es dort; ein Programm muss im Kopf `Origin` die Adresse dieses Servers senden.
error-file-changed = Die Datei hat sich inzwischen geändert. Fordern Sie sie neu an.
error-other-content = Diese Adresse erwartet einen anderen Inhaltstyp. Senden Sie die Anfrage als application/x-www-form-urlencoded.
error-no-range = Diesen Teil hat die Datei nicht. Fordern Sie einen innerhalb ihrer Länge an, oder die ganze Datei.
error-too-large = Das ist mehr, als hier angenommen wird.
error-too-much = Das waren zu viele Anfragen auf einmal. Warten Sie einen Moment und versuchen Sie es erneut.
error-too-many-windows = Für dieses Konto sind schon so viele Fenster offen wie möglich. Schließen Sie eines davon.
error-window-name = Der Name eines Fensters hat höchstens 64 Buchstaben, Ziffern und Bindestriche. Lassen Sie ihn weg, oder wählen Sie einen anderen.
error-beyond-limits = Die Zahlen lassen sich nicht berechnen: Ein Betrag, eine Dauer oder ein Tag in der Datenbank kann nicht stimmen. Bitten Sie Ihre Administration, `control-maniac check` auszuführen; es nennt die Stelle.
error-unavailable = Die Datenbank ist im Moment nicht erreichbar. Es wurde nichts geändert; versuchen Sie es erneut.
error-unconfirmed = Ob Ihre Auswahl gespeichert wurde, ist nicht bekannt: Die Verbindung zur Datenbank ging in diesem Moment verloren. Laden Sie die Seite neu und wählen Sie noch einmal, falls etwas anderes zu sehen ist.

error-busy = Die Datenbank ist ausgelastet und hat nicht rechtzeitig geantwortet. Es wurde nichts geändert; versuchen Sie es erneut.
error-disk-full = Die Festplatte der Datenbank ist voll. Es wurde nichts geändert. Sagen Sie es Ihrer Administration; sie muss dort Platz schaffen.
error-read-only = Die Datenbank lässt sich im Moment lesen, aber nicht ändern. Es wurde nichts geändert. Versuchen Sie es später erneut; wenn es so bleibt, sagen Sie es Ihrer Administration.
error-disk-failed = Die Festplatte der Datenbank ließ sich nicht lesen oder nicht beschreiben. Es wurde nichts geändert. Sagen Sie es Ihrer Administration.
error-out-of-memory = Der Datenbank fehlt dafür der Arbeitsspeicher. Es wurde nichts geändert. Versuchen Sie es später erneut; wenn es so bleibt, sagen Sie es Ihrer Administration.
error-cancelled = Die Datenbank hat dies vorzeitig beendet. Es wurde nichts geändert; versuchen Sie es erneut.
error-damaged = Die Datenbank ist beschädigt. Sagen Sie es Ihrer Administration; sie muss vielleicht eine Sicherung zurückspielen.
error-password-unchecked = Das Passwort lässt sich im Moment nicht prüfen. Versuchen Sie es erneut; wenn es so bleibt, sagen Sie es Ihrer Administration.

## Logging in and out.

error-login-too-long = Diese E-Mail-Adresse oder dieses Passwort ist länger als bei irgendeinem Konto.
error-no-account = Es gibt kein Konto mit dieser E-Mail-Adresse und diesem Passwort. Prüfen Sie beides und versuchen Sie es erneut.
error-logout-unconfirmed = Ob Sie abgemeldet wurden, ist nicht bekannt: Die Verbindung zur Datenbank ging in diesem Moment verloren. Versuchen Sie es erneut.
