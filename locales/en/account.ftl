### Accounts, as `user` adds, lists and changes them.

account-no-email = `{ $email }` is no e-mail address; one looks like name@studio.test
account-no-name = the name is empty; give one with --name
account-length = the password must have at least { $least } characters and at most { $most } bytes
account-common = the password is easy to guess; take four or five words that have nothing to do with each other, or have a password manager make one
account-like-the-person = the password is too much like the e-mail or the name; take four or five words that have nothing to do with the person, or have a password manager make one
account-exists = there is an account { $email } already
account-unknown = there is no account { $email }; `user list` shows those there are
account-no-division = there is no division `{ $slug }`; there are: { $others }
account-no-divisions = there is no division `{ $slug }`; there are none yet
account-sees-nothing = the account would see nothing; give it --division SLUG or --all-divisions
account-not-hashed = the password could not be hashed: { $cause }
account-hash-unusable = the stored hash of the password can't be used: { $cause }
account-sees-all = all divisions
account-sees-cost-rates = cost rates
account-archived = { $slug } (archived)
