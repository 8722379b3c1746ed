### The page to log in.

login-title = Log in
login-email = E-mail
login-password = Password
login-too-many = There were too many failed tries. Wait { PLURAL($seconds) ->
    [one] a second
   *[other] { $seconds } seconds
}, then try again; this try was not looked at. A browser in which you have logged in before doesn't have to wait for other people's tries.
login-too-many-for-minutes = There were too many failed tries. Wait { $minutes } minutes, then try again; this try was not looked at. A browser in which you have logged in before doesn't have to wait for other people's tries.
login-full = Too many people are logging in at this moment, so this try was not looked at. Try again in a second.
