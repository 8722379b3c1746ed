### Divisions.

division-all-of-yours = Alle Ihre Bereiche: { $names }
division-all-of-nothing = Alle Ihre Bereiche: keine
