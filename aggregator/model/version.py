"""The version of the product, as calendars and feeds name it."""

VERSION = "0.1.0"
