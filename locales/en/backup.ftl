### Why there is no backup, or why none was restored.

backup-exists = { $file } is there already, and is left as it is. Choose another name.
backup-reserved = { $file } is a name that belongs to the database itself. Choose another name.
backup-in-memory = { $database } is in the memory of one program, so there is no file to copy or to replace.
backup-cant-read = can't read { $file }: { $cause }
backup-cant-write = can't write { $file }: { $cause }
backup-cant-lock = can't lock { $file }: { $cause }
backup-cant-replace = can't replace { $file }: { $cause }
backup-cant-remove = can't remove { $file }: { $cause }
backup-cant-set-aside = can't set aside { $file }: { $cause }
backup-name-no-text = its name is no text
backup-unusable = { $file } can't be restored, and nothing was changed: { $cause }
backup-wrong-version = can't back up { $database }: { $cause }.
backup-used = { $database } is used by { $others }. Stop what uses it, then restore; nothing was changed.
backup-used-by-ours = a server or another command of this program
backup-used-by-another = another program
backup-session = { $account } from { $place } (process { $process })
backup-session-of = { $account } from { $place } (process { $process }, { $program })
backup-this-machine = this machine
backup-no-program = the program { $program } was not found. It comes with Postgres (on Debian: postgresql-client); add its folder to PATH.
backup-program-failed = { $program } failed: { $said }

## What is wrong with a file that is to be restored.

backup-is-sqlite = it is a SQLite database, and --database-url names a Postgres
backup-is-postgres = it is a copy of a Postgres database, and --database-url names a SQLite file
backup-no-dump = it was not written by pg_dump -Fc, as `control-maniac backup` does
backup-no-sqlite = it is not a SQLite database
backup-has-log = { $log } belongs to it, so it is a database in use, or a part of one. `control-maniac backup` writes one file
backup-is-itself = it is the database itself
backup-not-read = pg_restore can't read it ({ $said })
backup-not-ours = it is no database of this program
backup-not-whole = it is not whole: { $parts } is missing
backup-damaged = it is damaged ({ $cause })
backup-loose-ends = { PLURAL($count) ->
        [one] { $count } of its references leads to no row
       *[other] { $count } of its references lead to no row
    }
