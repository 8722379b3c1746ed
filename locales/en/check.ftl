### What `check` looks at, and what it finds.

check-holds = ok     { $rule }
check-fails = FAILED { $finding }
check-note = note   the published password of the demo studio opens { $accounts }; set another one with `user password`, or remove them with `user remove`
check-faults = { PLURAL($count) ->
        [one] { $rule }: { $count } breaks this: { $named }
       *[other] { $rule }: { $count } break this: { $named }
    }
check-more = and { $count } more

## The rules.

check-whole-file = the database file is whole
check-references = every reference leads to a row
check-all-parts = the database has all that this program has made in it
check-current = the database is this version's
check-within-limits = amounts, rates, hours and days lie within their limits
check-parts = the parts of a shared booking are those that the key of its day gives, and without a key it has none
check-slugs = no division has the short name of a choice that is none, “all” or “unassigned”
check-only-shared = only a shared booking has parts
check-worth = billable time on time and material is worth its hours at the price of its day, other time nothing
check-cost = time costs its hours at the person's rate of that day, and nothing is known where there is none
check-long-day = nobody works more than a day in a day
check-from-beginning = whose a project or a person is, and a project's terms, are known from the beginning
check-terms = a project's terms fit how it earns: a price by the hour, or a fee and a last day
check-mirrors = the row of a project or a person says what holds last
check-months = a capacity is that of a month, and stands at its first day
check-counted = changes of the data are counted, whoever makes them
check-revisions = a setting's revision counts from 1, and no further than anybody has chosen
check-owners = every session and every setting belongs to an account, or to nobody yet

## What breaks them.

check-is-earlier = an earlier version's: run `control-maniac migrate`
check-missing = { $part } is missing
check-trigger = trigger { $name }
check-index = index { $name }
check-one-row = the one row of { $table }
check-loose-end = row { $row } of { $table }
check-left-on = by_books of data_revision is left on
check-setting = { $key } of account { $account }
check-setting-of-nobody = the setting { $key } of account { $account }
check-session-of-nobody = a session of account { $account }
check-value = { $row }: { $column } is { $value }
check-on-day = { $row } on { $day }
check-division-of = the division of { $row }
check-terms-of = the terms of { $row }

## Rows, as people know them.

check-row = { $table } { $row }
check-division = division { $slug }
check-person = person { $row } ({ $name })
check-person-division = the division of person { $row } ({ $name }) from { $day }
check-cost-rate = the rate of person { $row } ({ $name }) from { $day }
check-capacity = the capacity of person { $row } ({ $name }) in { $day }
check-key = the key from { $day }
check-project = project { $code }
check-project-division = the division of { $code } from { $day }
check-project-terms = the terms of { $code } from { $day }
check-entry = time entry { $row } ({ $code }, { $day })
check-booking = booking { $row } ({ $day })
check-part = part { $row } of booking { $booking }
check-invoice = invoice { $number }
