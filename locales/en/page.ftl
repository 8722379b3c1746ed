### What every page has.

page-search = Search
page-filter = Filter
page-any = any
page-filtered = Filtered by
page-remove = remove this filter
page-how-it-is-calculated = How it is calculated
page-rows = { $first }–{ $last } of { $total }
page-more-rows = These are the first { $most } of { $total } rows. Export the list to have all of them, or search for some.
page-page = Page
page-pages = Pages
page-previous = Previous
page-next = Next
