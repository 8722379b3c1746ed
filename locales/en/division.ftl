### Divisions.

division-all-of-yours = All of yours: { $names }
division-all-of-nothing = All of yours: none
