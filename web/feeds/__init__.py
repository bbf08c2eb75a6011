"""Calendars and feeds for programs: ICS, Atom, RSS, JSON Feed."""
