### What the command line is for, and what it says.

cli-about = Controlling for software studios

## What each command is for.

cli-serve = Serve the application until Ctrl-C or SIGTERM.
cli-user = Add, list and remove accounts, and set passwords.
cli-user-add = Add an account; the password is typed unseen, or one line of the standard input.
cli-user-list = List the accounts.
cli-user-password = Set an account's password, typed unseen or one line of the standard input; its sessions end.
cli-user-remove = Remove an account with its settings and sessions.
cli-migrate = Bring the database up to date; serving does so by itself.
cli-check = Check the database and what must always hold for its data; changes nothing.
cli-backup = Write a copy of the database to a file; a server may use it meanwhile.
cli-restore = Put such a copy in place of the database, and set aside what is there; nothing may use it meanwhile.
cli-export = Write a page of the application to a file: XLSX or CSV; changes nothing.
cli-pack = Make a release of this program and the files built for the browser; `make build` does.
cli-help = Print the help of a command.

## What each option and argument is for.

cli-option-help = Print this help.
cli-option-version = Print the version.
cli-option-log-format = How the log is written, to the standard error: lines for a person, or an object in JSON a line.
cli-option-database-url = The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.
cli-option-addr = Where to listen; port 0 takes any free one.
cli-option-demo = Fill an empty database with a made-up studio.
cli-option-scale = How many times as large the made-up studio is.
cli-option-https = People reach the server over HTTPS, through a proxy: cookies are Secure, and browsers are told to stay there.
cli-option-public-url = Where people reach the server, as https://HOST: requests for any other host are refused. https:// implies --https.
cli-option-trusted-proxy = A proxy whose word is taken on where a request comes from (X-Forwarded-For): an address or a network. Can be given several times, as a variable with commas between.
cli-option-log-addresses = Names in the log the addresses from which logins fail, for a program that shuts them out. Otherwise the log has none.
cli-option-stop-notice = How many seconds it goes on serving after it was asked to stop, while /readyz says so: for a proxy that leads requests to several servers and has to learn of it.
cli-option-time-zone = The studio's time zone, like Europe/Berlin: a day begins there and not elsewhere. It is kept in the database, for all nodes, so it need be given only once. A new database has Europe/Berlin.
cli-option-heartbeat = How many seconds pass until an open window hears that the server is still there; fewer if a proxy ends a connection that is silent for that long.
cli-option-site = A folder with the files that were built for the browser, instead of those in the program; `make watch` names one.
cli-option-name = What the person is called.
cli-option-division = A division the account may see, by its short name; can be given several times.
cli-option-all-divisions = The account sees every division, and what belongs to none.
cli-option-cost-rates = The account sees what people cost, and every figure that contains it.
cli-option-as = Whose rights hold: the e-mail of an account.
cli-option-view = The address of the page, such as /costs?q=train.
cli-option-table = One of the page's tables, by its name, such as bookings; otherwise all of the page.
cli-option-format = What the file is: a workbook, or CSV with ; and decimal comma, or with , and decimal point.
cli-option-export-division = The division, by its short name, or all, or unassigned.
cli-option-period = The days: ytd, a year, a quarter, a month, or 2026-03-01..2026-04-15.
cli-option-language = The language of the file; otherwise the one of this command line.
cli-option-made-at = When the file is said to be made, and which day is today: 2026-11-27T18:00 by the studio's clock. The same data then give the same bytes.
cli-option-output = Where to write it, or - for the standard output; otherwise into this folder under a name that says what it is.
cli-argument-new-email = What the person logs in with.
cli-argument-email = The account's e-mail.
cli-argument-backup = Where to write the copy; nothing may be there yet.
cli-argument-restore = What `backup` has written.
cli-argument-pack-folder = The folder with the files that were built for the browser.
cli-argument-pack-hashes = The file in which the build lists the hashes in the names of those files.
cli-argument-pack-to = The release to write.

## What values are called.

cli-value-address = ADDRESS
cli-value-email = EMAIL
cli-value-file = FILE
cli-value-folder = FOLDER
cli-value-format = FORMAT
cli-value-language = LANGUAGE
cli-value-period = PERIOD
cli-value-time = TIME
cli-value-name = NAME
cli-value-number = NUMBER
cli-value-seconds = SECONDS
cli-value-slug = SLUG
cli-value-url = URL

## Around the help.

cli-help-usage = Usage: { $usage }
cli-help-any-options = OPTIONS
cli-help-a-command = COMMAND
cli-help-commands = Commands:
cli-help-arguments = Arguments:
cli-help-options = Options:
cli-help-variable = [env: { $variable }]
cli-help-default = [default: { $value }]
cli-help-possible = [possible values: { $values }]

## What is wrong with the arguments.

cli-wrong = { $cause }; see --help
cli-wrong-meant = { $cause }; did you mean '{ $meant }'? See --help
cli-wrong-argument = unexpected argument '{ $argument }' found
cli-wrong-command = unrecognized subcommand '{ $command }'
cli-wrong-no-command = '{ $command }' requires a subcommand: { $commands }
cli-wrong-lacks = the following required arguments were not provided: { $arguments }
cli-wrong-no-value = a value is required for '{ $argument }' but none was supplied
cli-wrong-value = invalid value '{ $value }' for '{ $argument }': { $cause }
cli-wrong-variable = invalid value '{ $value }' for '{ $argument }', in the variable { $variable }: { $cause }
cli-wrong-empty-variable = the variable { $variable }, which stands in for '{ $argument }', is empty; leave it out or give it a value
cli-wrong-because = { $what }: { $cause }
cli-wrong-possible = possible values are { $values }
cli-wrong-together = the argument '{ $argument }' cannot be used with '{ $others }'
cli-wrong-twice = the argument '{ $argument }' cannot be used multiple times
cli-wrong-too-many = unexpected value '{ $value }' for '{ $argument }' found; no more were expected
cli-wrong-no-text = an argument is not in UTF-8
cli-wrong-otherwise = the arguments can't be read
cli-no-address = it must be an IP address and a port, like 127.0.0.1:3000 or [::]:3000
cli-no-number = it must be a whole number from { $least } to { $most }
cli-no-database-url = it must begin with sqlite: or postgres://

## What the commands say.

cli-serving = ControlManiac is at http://{ $address } (the database: { $database }; the studio's time zone: { $zone }, where it is { $day }). Ctrl-C stops it.
cli-demo-filled = The database was empty: it holds the demo studio now.
cli-demo-not-empty = The database is not empty, so --demo changed nothing.
cli-demo-accounts = The demo studio's accounts, where it was filled in (the password of each: { $password }):
cli-demo-sees-all = everything
cli-demo-sees-web = the division Web
cli-demo-sees-no-labour-cost = every division, but nothing that contains labour cost
cli-demo-warning =
    WARNING: --demo, and people on other machines can reach this server ({ $address }).
    Whoever reaches it can log in as one of the demo studio's accounts: their password,
    `{ $password }`, is published. Put nothing real into this database. To try it alone,
    start it with --addr 127.0.0.1:3000; to use it for real, start it on a new database without
    --demo. `control-maniac check` names demo accounts that were left behind.
cli-added = { $email } may log in now.
cli-password-set = The password of { $email } is set; its sessions have ended.
cli-removed = { $email } is removed.
cli-password-prompt = Password:
cli-password-again = The same again:
cli-up-to-date = The database is up to date.
cli-is-newer = A newer program has brought the database further. This one, program { $number }, may use it, and has nothing to add.
cli-backed-up = { $file } holds the database { $database } as it is now ({ $size } bytes).
cli-restored = The database { $database } is as { $file } has it.
cli-set-aside = What was there before is in { $file }.
cli-nothing-before = There was no database before.
cli-packed = { $file } is the whole release: { $size } MB.

## Why a command fails.

cli-no-program = can't find the file of this program: { $cause }
cli-no-own-address = the server has no address: { $cause }
cli-no-input = can't read the password: { $cause }
cli-typed-differently = the two passwords are not the same, so no password was set; start again
cli-checks-failed = { $count } of the checks failed
cli-exported = { $file } is written ({ $size } bytes).
cli-no-file = { $cause }
cli-no-moment = it is written like 2026-11-27T18:00
cli-no-such-time = there is no such time on that day: the clocks were put forward
cli-no-output = the file can't be written: { $cause }
