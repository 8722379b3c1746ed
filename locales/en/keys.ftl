### The list of keys.

keys-title = Keys
keys-search = Search on this page
keys-list = This list
keys-division = The divisions, in their order; 1 is All
keys-go = Go to { $page }
keys-range = to
keys-then = then
keys-note = They do nothing while you type, and none of them if you switch single keys off at the foot of the page.
keys-close = Close
