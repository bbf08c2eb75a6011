"""From any web address or page to the calendars that may lie behind it, ranked and with the reason. Pure."""
