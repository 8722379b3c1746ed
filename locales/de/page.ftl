### What every page has.

page-search = Suchen
page-filter = Filtern
page-any = alle
page-filtered = Gefiltert nach
page-remove = diesen Filter entfernen
page-how-it-is-calculated = So wird gerechnet
page-rows = { $first }–{ $last } von { $total }
page-more-rows = Das sind die ersten { $most } von { $total } Zeilen. Exportieren Sie die Liste, um alle zu haben, oder suchen Sie nach einigen.
page-page = Seite
page-pages = Seiten
page-previous = Zurück
page-next = Weiter
