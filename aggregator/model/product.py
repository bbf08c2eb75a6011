"""What this program calls itself to servers, calendars and people."""

NAME = "Buendel"
VERSION = "0.1.0"
