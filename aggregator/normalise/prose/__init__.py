"""Dates, times, repetition and deadlines in German, English and some French prose."""
