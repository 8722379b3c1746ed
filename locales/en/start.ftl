### Why the server doesn't start or a command can't use the database.

start-no-address = can't listen on { $address }: { $cause }. Choose another address with --addr.
start-no-database = can't open the database { $url }: { $cause }
start-no-migration = can't bring the database up to date, so it was left as it is: { $cause }
start-misfit = { $cause }. Nothing was changed.
start-overtaken = { $cause }. The server has stopped.
start-unreadable = can't read the database: { $cause }
start-no-demo = can't fill in the demo studio, so it was left out: { $cause }
start-too-old = a newer program has changed the database so that it needs program { $oldest } or a newer one, and this is program { $this }. Start the newer program, or restore a backup from before
start-foreign = the database went through the migration { $step }, which this program doesn't know, and doesn't say that this program may use it. Start the program that made it

## What is wrong with a database's address or its file.

start-url-kind = it must begin with sqlite: or postgres://
start-url-unreadable = it can't be read; it looks like postgres://USER:PASSWORD@HOST:PORT/NAME, and signs like @ : / ? # in the password are written as %40 %3A %2F %3F %23
start-url-parameter = it has a parameter that isn't known; after the name of the database stand some of sslmode, sslrootcert, sslcert, sslkey, host, port, user, password, dbname, application_name and options
start-no-sqlite = the file is not a SQLite database
start-being-restored = a backup is being restored in its place. Try again when that is done

## What is wrong with an option's value.

start-no-public-url = it must be http:// or https:// and a host, like https://control.studio.example
start-no-time-zone = there is no time zone `{ $name }`; write the IANA name of one, which is mostly a continent and a city, like Europe/Berlin or America/New_York
start-no-proxy = it is no address and no network; they look like 10.0.0.7 and 10.0.0.0/8

## The files for the browser, and the release that carries them.

start-site-not-packed = this program carries no style and no script for its pages: it was built without them, or its end got lost when it was copied. Take the whole of dist/control-maniac, which `make build` leaves, or name the folder that has them with --site.
start-site-damaged = the style and script that this program carries for its pages are damaged ({ $cause }). Copy it again, or build it again with `make build`.
start-site-lacks = this program carries no { $file }, which its pages need. Build it again with `make build`.
start-site-lacks-names = this program carries no list of names, which its pages need. Build it again with `make build`.
start-site-not-hashed = { $file } doesn't say by which hashes the build called its files. Build again with `make build`.
start-site-folder-lacks = the folder { $folder } has no { $file }, which every page needs. Build it with `make watch`, or leave --site out with a program that `make build` left.
start-site-unreadable = can't read { $file }: { $cause }
start-site-unwritable = can't write { $file }: { $cause }
start-stored-zone = studio_clock names no time zone: { $cause }. `serve --time-zone NAME` sets one
