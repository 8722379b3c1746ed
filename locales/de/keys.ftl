### The list of keys.

keys-title = Tasten
keys-search = Auf dieser Seite suchen
keys-list = Diese Liste
keys-division = Die Bereiche in ihrer Reihenfolge; 1 ist „Alle“
keys-go = Gehe zu: { $page }
keys-range = bis
keys-then = dann
keys-note = Während Sie tippen, bewirken sie nichts. Am Fuß der Seite lassen sich alle ausschalten.
keys-close = Schließen
