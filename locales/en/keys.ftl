### The list of keys.

keys-title = Keys
keys-search = Search on this page
keys-list = This list
keys-division = The divisions, in their order; 1 is All
keys-go = Go to { $page }
keys-range = to
keys-then = then
keys-note = They do nothing while you type. At the foot of the page all of them can be switched off.
keys-close = Close
