### The settings: what they and their values are called. The browser says it as well.

setting-division = Division
setting-all = All
setting-all-yours = All of yours
setting-unassigned = Unassigned
setting-archived = { $name } (archived)
setting-division-unreadable = A division is written in small letters, digits and hyphens, such as “web”, or “all”.
setting-division-unknown = There is no division “{ $slug }” among those you may see. { $choose }
setting-division-archived = The division “{ $slug }” is archived, so it can be looked at and not chosen. { $choose }
setting-choose-all = Choose “all”.
setting-choose-division = Choose “all” or one of { $slugs }.
setting-quoted = “{ $text }”

## The period.

setting-period = Period
setting-year-to-date = Year to date { $year }
setting-quarter = Q{ $quarter } { $year }
setting-chosen = Chosen
setting-years = Years
setting-quarters = Quarters
setting-months = Months
setting-custom = Custom dates
setting-from = From
setting-to = To
setting-period-unreadable = A period is “ytd”, a month such as “2026-11”, a quarter such as “2026-q4”, a year such as “2026”, or days such as “2026-03-01..2026-04-15”, between the years 2000 and 2099.
setting-period-swapped = The period's first day comes after its last. Swap them.
setting-period-too-long = A period covers three years at the most. Choose fewer days.

## What is compared.

setting-comparison = Comparison
setting-comparison-before = Against the time before
setting-comparison-year = Against the year before
setting-comparison-none = No comparison
setting-comparison-unreadable = A comparison is “before”, with the period before, “year”, with the same days a year before, or “none”. Choose one of these.

## The page size.

setting-page-size = Page size
setting-rows = { $count } rows
setting-rows-all = all rows
setting-page-size-unreadable = A table shows 25, 50 or 100 rows. Choose one of these.

## The language. Each is called what its speakers call it.

setting-language = Language
setting-language-of-browser = The browser's
setting-language-unreadable = A language is “browser”, “de” or “en”. Choose one of these.

## Single keys.

setting-keys = Control by single keys
setting-keys-on = on
setting-keys-off = off
setting-keys-unreadable = Single keys are “on” or “off”. Choose one of these.

## What had to be changed about a choice.

setting-withdrawn = { $setting }: “{ $text }” is no longer among those you may choose. You see “{ $shown }” now.
setting-pin-refused = The address of this window asks for “{ $text }” ({ $setting }). { $why } You see “{ $shown }” now.
setting-or = or
setting-unknown = There is no setting “{ $key }”. These are the settings: { $keys }.
