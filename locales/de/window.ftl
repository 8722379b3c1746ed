### What stands around the figures: the browser says it as well.

window-skip = Zu den Zahlen springen
window-views = Ansichten
window-home = Übersicht
window-projects = Projekte
window-project = Projekt
window-figure = Wert
window-costs = Kosten
window-time = Zeiten
window-bookings = Buchungen
window-invoices = Rechnungen
window-pack = Bereichsmappe
window-log-in = Anmelden
window-log-out = Abmelden
window-apply = Anwenden
window-dismiss = Schließen
window-try-again = Erneut versuchen
window-request = Anfrage { $name }
window-go-to = Weiter zu: { $page }
window-figures-failed = Die Zahlen konnten nicht geladen werden. { $why }
window-figures-from-before = Die Zahlen konnten nicht geladen werden. Unten stehen noch die von vorher. { $why }
window-keys = Tasten
window-printed = Gedruckt von { $by } am { $day }

## A setting's pin, and what is said of a pinned window.

window-pin = Dieses Fenster bei { $value } lassen
window-unpin = Dieses Fenster meiner Auswahl folgen lassen
window-stays = Dieses Fenster bleibt bei { $values }.
window-stays-apart = Dieses Fenster bleibt bei { $values }. Ihre eigene Auswahl: { $own }.
window-adopt = Überall verwenden
window-adopt-hint = Zur eigenen Auswahl machen, in jedem Fenster
window-drop = Zurück zu meiner Auswahl
window-drop-hint = In diesem Fenster zur eigenen Auswahl zurückkehren

## What became of a choice.

window-back-to = Zurück zu „{ $value }“
window-followed = { $setting } ist jetzt { $value } (in einem anderen Fenster geändert).
window-followed-elsewhere = { $setting } ist jetzt { $value } (in einem anderen Fenster geändert; dieses bleibt, wie es ist).
window-not-changed = { $setting } wurde nicht geändert. { $why }
window-offline = Sie sind offline. Ihre Auswahl wird gespeichert, sobald Sie wieder verbunden sind.

## Errors that the browser finds itself.

window-unreachable = Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es erneut.
window-internal = Bei uns ist etwas schiefgegangen. Versuchen Sie es erneut; wenn es so bleibt, sagen Sie es Ihrer Administration.
window-not-logged-in = Sie sind nicht angemeldet, oder Ihre Sitzung ist beendet. Melden Sie sich an und versuchen Sie es erneut.
window-unreadable = Die Anfrage ist nicht lesbar: { $cause }
window-nothing-here = Unter dieser Adresse gibt es nichts.
window-address-too-long = Die Adresse hat mehr als { $most } Zeichen oder solche, die mit % geschrieben werden müssen. Kürzen Sie sie.
window-other-method = Diese Adresse erwartet eine andere Methode.

## The headings of errors.

window-title-invalid = Das lässt sich nicht anzeigen
window-title-not-logged-in = Nicht angemeldet
window-title-forbidden = Nicht erlaubt
window-title-not-found = Nicht gefunden
window-title-method = Hier nicht möglich
window-title-conflict = Schon vorhanden
window-title-changed = Inzwischen geändert
window-title-too-large = Zu groß
window-title-other-form = Nicht lesbar
window-title-no-range = Diesen Teil gibt es nicht
window-title-misdirected = Adresse eines anderen Servers
window-title-too-many = Zu viele Anfragen
window-title-internal = Etwas ist schiefgegangen
window-title-unavailable = Nicht verfügbar
window-title-unconfirmed = Nicht bekannt
