### What was wrong, where, and what to do about it.

error-no-page = There is no page at this address. Check it, or go on from Home.
error-query-no-text = The part of the address behind the question mark is no text. Remove it.
error-query-unreadable = The part of the address behind the question mark can't be read: { $cause }.
error-no-project = There is no project “{ $code }” among those you may see. Look for it in the list of projects.
error-no-division = There is no division “{ $slug }” among those you may see.
error-no-figure = There is no such figure. Open it from the page that shows it.
error-no-person = There is no such person among those whose hours you may see.
error-no-filter = This list can't be narrowed by “{ $name }”. Remove it from the address.
error-no-order = The list can't be sorted by “{ $wanted }”. This is possible: { $known }.
error-not-one-of = “{ $wanted }” is no value of { $name }. These are possible: { $known }.
error-not-pinnable = The setting “{ $key }” can't be pinned.
error-no-value = The form carries no value. Choose one and send it again.
error-no-file = There is no such file.
error-other-server = This server answers at { $address } alone. Open it there.
error-other-origin = This request does not come from a page of this server, so nothing was changed. Open the page itself and try there; a program must send an `Origin` header with this server's address.
error-file-changed = The file has changed since. Ask for it anew.
error-other-content = The request is of another content type than this address takes. Send it as application/x-www-form-urlencoded.
error-no-range = The file has no such part. Ask for one within its length, or for the whole.
error-too-large = That is more than is taken here.
error-too-much = Too much was asked for at once. Wait a moment and try again.
error-too-many-windows = This account already has the maximum number of open windows. Close one of them.
error-window-name = A window's name has at most 64 letters, digits and hyphens. Leave it out, or choose another.
error-beyond-limits = The figures can't be worked out: an amount, a span of time or a day in the database can't be right. Ask your administrator to run `control-maniac check`, which names it.
error-unavailable = The database can't be reached at the moment. Nothing was changed; try again.
error-unconfirmed = It is not known whether your choice was saved: the connection to the database was lost at that moment. Look at what is shown after a reload, and choose again if it is something else.

error-busy = The database is busy and did not answer in time. Nothing was changed; try again.
error-disk-full = The disk of the server's database is full. Nothing was changed. Tell your administrator, who has to make room on it.
error-read-only = The server's database can be read at the moment, but not written. Nothing was changed. Try again later; if it stays, tell your administrator.
error-disk-failed = The disk of the server's database failed to read or to write. Nothing was changed. Tell your administrator.
error-out-of-memory = The server's database has no memory left for this. Nothing was changed. Try again later; if it stays, tell your administrator.
error-cancelled = The server's database has ended this before it was done. Nothing was changed; try again.
error-damaged = The server's database is damaged. Tell your administrator, who may have to restore a backup.
error-password-unchecked = The password can't be checked at the moment. Try again; if it stays, tell your administrator.

## Logging in and out.

error-login-too-long = This e-mail or password is longer than any account's.
error-no-account = There is no account with this e-mail and password. Check both and try again.
error-logout-unconfirmed = It is not known whether you were logged out: the connection to the database was lost at that moment. Try again.
