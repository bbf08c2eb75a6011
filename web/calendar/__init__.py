"""The calendar for residents: agenda, month, week and event page."""
