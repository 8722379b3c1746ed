### The page to log in.

login-title = Anmelden
login-email = E-Mail
login-password = Passwort
login-too-many = Es gab zu viele Fehlversuche. Warten Sie { PLURAL($seconds) ->
    [one] eine Sekunde
   *[other] { $seconds } Sekunden
} und versuchen Sie es dann erneut; dieser Versuch wurde nicht geprüft. Ein Browser, in dem Sie sich schon einmal angemeldet haben, muss nicht auf die Versuche anderer warten.
login-too-many-for-minutes = Es gab zu viele Fehlversuche. Warten Sie { $minutes } Minuten und versuchen Sie es dann erneut; dieser Versuch wurde nicht geprüft. Ein Browser, in dem Sie sich schon einmal angemeldet haben, muss nicht auf die Versuche anderer warten.
login-full = Im Moment melden sich zu viele Personen an, deshalb wurde dieser Versuch nicht geprüft. Versuchen Sie es in einer Sekunde erneut.
