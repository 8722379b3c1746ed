### What the operating system or the database says, where it is one of the usual things.

system-not-found = there is no such file or folder
system-not-allowed = it is not allowed
system-exists = there is something of that name already
system-address-in-use = the address is in use, perhaps by another server
system-no-such-address = this machine has no such address
system-disk-full = the disk is full
system-read-only = it can only be read
system-folder = it is a folder
system-no-folder = a part of the path is no folder
system-refused = nothing answers there
system-too-long = it took too long
system-no-host = the host can't be found or reached
system-of-path = { $path }: { $cause }
system-cannot-open = the file can't be opened or made; its folder must be there, and open to this account
system-no-answer = it can't be reached, or gave no connection within 5 s
system-wrong-password = the account or its password is wrong
system-no-such-database = there is no such database
system-failed = the database failed: { $cause }
