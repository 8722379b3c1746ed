### Files to take along: their names, what stands in them, and the links to them.

## The links.

export-export = Export
export-this-table = Export: { $table }
export-this-page = Export the whole page
export-excel = Excel (XLSX)
export-csv-semicolon = CSV with ; and decimal comma
export-csv-comma = CSV with , and decimal point
export-print-all = Print all rows
export-copy-link = Copy link to this view
export-link-copied = Link copied

## The name of a file: small letters, digits and hyphens are left of it.

export-file-all = all
export-file-made = made

## What stands in a file.

export-about = About this file
export-scope = Division
export-days = Period
export-searched = Searched for
export-sorted = Sorted by
export-ascending = { $table }: { $column }, the smallest first
export-descending = { $table }: { $column }, the largest first
export-made-at = Made on
export-made-by = Made by
export-sheet = Sheet
export-rows = Rows
export-notes = Notes
export-note = Note
export-clock = { $heading } (h:mm)
export-key-figures = Key figures
export-key-figure = Key figure
export-facts = Facts
export-fact = Figure
export-value = Value
export-unit = Unit
export-change = Change
export-unit-of-change = Unit of the change
export-compared-with = Compared with
export-unit-money = €
export-unit-hours = h
export-unit-rate = €/h
export-unit-share = %
export-unit-points = pp

## Why there is no file.

export-no-format = There is no format “{ $format }”. These are the formats: { $formats }.
export-no-table = There is no table “{ $table }” on this page. These are its tables: { $tables }.
export-too-many-rows = “{ $table }” has { $rows } rows, and a sheet of Excel has room for { $most }. Choose fewer days or search for some of them, or take CSV, which has room for all.
export-took-too-long = It took longer than { $seconds } seconds. Choose fewer days or search for some of the rows.
export-not-written = The file could not be written on the server. Try again; if it stays, tell your administrator.
export-no-account = There is no account “{ $email }”.
