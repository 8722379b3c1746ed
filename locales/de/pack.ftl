### Die Bereichsmappe: ein Blatt für jeden Bereich und der Nachweis, dass sie zusammen alles ergeben.

pack-note = Diese Mappe umfasst immer { $scope }, gleich welcher Bereich gewählt ist; ihr Zeitraum ist der gewählte.
pack-proof = Nachweis
pack-proof-note = Jeder Wert steht auf dem Blatt seines Bereichs. Die Summe der Blätter abzüglich der Gesamtzahl ist in jeder Zeile null.
pack-sum = Summe der Blätter
pack-difference = Differenz
pack-invoiced = Im Zeitraum abgerechnet
pack-costs-by-category = Kosten nach Kostenart
pack-note-on-projects = Die Projekte, die im Zeitraum Zahlen haben oder an seinem Ende einen offenen Saldo.
pack-no-project = In diesem Zeitraum hat hier kein Projekt Zahlen.
