### What stands around the figures: the browser says it as well.

window-skip = Skip to the figures
window-views = Views
window-home = Home
window-projects = Projects
window-project = Project
window-figure = Figure
window-costs = Costs
window-time = Time
window-bookings = Bookings
window-invoices = Invoices
window-pack = Division pack
window-log-in = Log in
window-log-out = Log out
window-apply = Apply
window-dismiss = Dismiss
window-try-again = Try again
window-request = Request { $name }
window-go-to = Go to { $page }
window-figures-failed = The figures could not be loaded. { $why }
window-figures-from-before = The figures could not be loaded. Those below are from before. { $why }
window-keys = Keys
window-printed = Printed by { $by } on { $day }

## A setting's pin, and what is said of a pinned window.

window-pin = Keep this window on { $value }
window-unpin = Let this window follow my choice
window-stays = This window stays on { $values }.
window-stays-apart = This window stays on { $values }. Your own choice: { $own }.
window-adopt = Use everywhere
window-adopt-hint = Make it your own choice, in every window
window-drop = Back to my choice
window-drop-hint = Go back to your own choice in this window

## What became of a choice.

window-back-to = Back to { $value }
window-followed = { $setting } is now { $value } (changed in another window).
window-followed-elsewhere = { $setting } is now { $value } (changed in another window, but not in this pinned one).
window-not-changed = { $setting } was not changed. { $why }
window-offline = You're offline. Your choice will be saved when you reconnect.

## Errors that the browser finds itself.

window-unreachable = The server can't be reached. Check the connection and try again.
window-internal = Something went wrong on our side. Try again; if it stays, tell your administrator.
window-not-logged-in = You are not logged in, or your session has ended. Log in and try again.
window-unreadable = The request can't be read: { $cause }
window-nothing-here = There is nothing at this address.
window-address-too-long = The address is longer than { $most } characters, or has some that must be written with %. Shorten it.
window-other-method = This address takes another method.

## The headings of errors.

window-title-invalid = That can't be shown
window-title-not-logged-in = Not logged in
window-title-forbidden = Not allowed
window-title-not-found = Not found
window-title-method = Not possible here
window-title-conflict = There already
window-title-changed = Changed since
window-title-too-large = Too large
window-title-other-form = That can't be read
window-title-no-range = There is no such part
window-title-misdirected = Another server's address
window-title-too-many = Too many requests
window-title-internal = Something went wrong
window-title-unavailable = Not available
window-title-unconfirmed = Not known
