### Warum es keine Sicherung gibt oder keine zurückgespielt wurde.

backup-exists = { $file } gibt es schon und bleibt, wie es ist. Wählen Sie einen anderen Namen.
backup-reserved = Der Name { $file } gehört zur Datenbank selbst. Wählen Sie einen anderen Namen.
backup-in-memory = { $database } liegt im Speicher eines Programms, deshalb gibt es keine Datei zum Kopieren oder Ersetzen.
backup-cant-read = { $file } lässt sich nicht lesen: { $cause }
backup-cant-write = { $file } lässt sich nicht schreiben: { $cause }
backup-cant-lock = { $file } lässt sich nicht sperren: { $cause }
backup-cant-replace = { $file } lässt sich nicht ersetzen: { $cause }
backup-cant-remove = { $file } lässt sich nicht entfernen: { $cause }
backup-cant-set-aside = { $file } lässt sich nicht beiseitelegen: { $cause }
backup-name-no-text = Der Name ist kein Text
backup-unusable = { $file } lässt sich nicht zurückspielen, und es wurde nichts geändert: { $cause }
backup-wrong-version = { $database } lässt sich nicht sichern: { $cause }.
backup-used = { $database } wird benutzt: { $others }. Beenden Sie das, und spielen Sie dann zurück; es wurde nichts geändert.
backup-used-by-ours = von einem Server oder einem anderen Befehl dieses Programms
backup-used-by-another = von einem anderen Programm
backup-session = { $account } von { $place } (Prozess { $process })
backup-session-of = { $account } von { $place } (Prozess { $process }, { $program })
backup-this-machine = diesem Rechner
backup-no-program = Das Programm { $program } wurde nicht gefunden. Es gehört zu Postgres (unter Debian: postgresql-client); nehmen Sie seinen Ordner in PATH auf.
backup-program-failed = { $program } ist gescheitert: { $said }

## Was an einer Datei nicht stimmt, die zurückgespielt werden soll.

backup-is-sqlite = Sie ist eine SQLite-Datenbank, und --database-url nennt ein Postgres
backup-is-postgres = Sie ist die Sicherung einer Postgres-Datenbank, und --database-url nennt eine SQLite-Datei
backup-no-dump = Sie wurde nicht von pg_dump -Fc geschrieben, wie `control-maniac backup` es tut
backup-no-sqlite = Sie ist keine SQLite-Datenbank
backup-has-log = { $log } gehört dazu, also ist sie eine benutzte Datenbank oder ein Teil davon. `control-maniac backup` schreibt eine einzige Datei
backup-is-itself = Sie ist die Datenbank selbst
backup-not-read = pg_restore kann sie nicht lesen ({ $said })
backup-not-ours = Das ist keine Datenbank dieses Programms
backup-not-whole = Sie ist unvollständig, es fehlen: { $parts }
backup-damaged = Sie ist beschädigt ({ $cause })
backup-loose-ends = { PLURAL($count) ->
        [one] { $count } ihrer Verweise führt ins Leere
       *[other] { $count } ihrer Verweise führen ins Leere
    }
