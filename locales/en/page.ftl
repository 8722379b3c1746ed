### What every page has.

page-search = Search
page-filter = Filter
page-any = any
page-narrowed = Filters that are set
page-remove = Remove the filter { $name }: { $label }
page-how-it-is-calculated = How it is calculated
page-rows = { $first }–{ $last } of { $total }
page-page = Page
page-pages = Pages
page-previous = Previous
page-next = Next
