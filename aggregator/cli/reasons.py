"""The matcher's rules and findings in words that a volunteer understands."""

from __future__ import annotations

RULES = {
    "same_uid": "both carry the same UID and start",
    "same_url": "both link to the same event page and start at the same time",
    "same_title_start_place": "title, start and place are the same",
    "evidence": "all in all, the evidence speaks for it",
    "override": "it changes one date of that series",
    "human": "a person said so",
    "source_one": "two entries of one calendar are two events unless title, start and place are equal",
    "one_series": "two dates of one series are never one event",
    "announces_page": "an item without a date that links to the event's own page",
    "notice": "an item without a date is not an event",
}

ASPECTS = {
    "time": "the time",
    "place": "the place",
    "title": "the title",
    "text": "the text",
    "host": "who announces it",
    "link": "its links",
}

FINDINGS = {
    ("start", "equal"): "they begin at the same time",
    ("start", "one_rhythm"): "both series fall on the same days and hours",
    ("start", "near_rhythm"): "both series fall on the same days, at nearly the same hour",
    ("start", "shifted"): "beginning and end differ by the same whole hours, as with a wrong time zone",
    ("start", "told"): "one text names the hour at which the other begins",
    ("start", "doors"): "they begin within half an hour, like doors and start",
    ("start", "same_end"): "they end together, one begins earlier, as with set-up time",
    ("start", "booked"): "one is the house's booking, which takes in the time before the other begins",
    ("start", "near"): "they begin within an hour",
    ("start", "all_day"): "one tells only the day, and it is the same",
    ("start", "same_days"): "they last the same days",
    ("start", "hours"): "they begin hours apart",
    ("start", "inside"): "one lies within the days of the other",
    ("start", "first_day"): "one tells when it begins, the other how many days it lasts",
    ("start", "apart"): "they begin far apart on one day",
    ("start", "moved"): "one was moved and its text names the other's day",
    ("start", "other_day"): "they are on different days",
    ("end", "equal"): "they end at the same time",
    ("end", "differs"): "they end more than an hour apart",
    ("place", "venue"): "the place is the same",
    ("place", "address"): "the address is the same, under another name",
    ("place", "point"): "the coordinates are the same",
    ("place", "name"): "the name of the place is the same",
    ("place", "named"): "one text names the other's place",
    ("place", "corrected"): "the places differ, but one text names the other's",
    ("place", "implied"): "one tells no place, but belongs to the other's house",
    ("place", "both_mention"): "both texts name the same place",
    ("place", "online"): "both are online",
    ("place", "gathering"): "one group meets elsewhere before, to go there together",
    ("place", "overlap"): "the names of the places resemble each other, no more",
    ("place", "root"): "the names of the places have one beginning, no more",
    ("place", "street"): "one tells the street, the other a house in it",
    ("place", "beside"): "others name both places together",
    ("place", "away"): "one tells no place and belongs to another house",
    ("place", "unclear"): "the places cannot be compared",
    ("place", "differs"): "the places differ",
    ("place", "far"): "the places are far apart",
    ("place", "other_town"): "they are in different towns",
    ("place", "worded_town"): "the words of one name another town",
    ("place", "other_area"): "one title names a part of the town of which the other says nothing",
    ("place", "home_town"): "they are likely in different towns, by house or announcer",
    ("place", "elsewhere"): "the text of one names another place",
    ("place", "online_and_on_site"): "one is online, the other on site",
    ("room", "equal"): "the room is the same",
    ("room", "differs"): "they are in different rooms of one house",
    ("title", "shared"): "the titles share words",
    ("title", "none"): "the titles share no word",
    ("cover", "equal"): "the titles say the same",
    ("cover", "equal_common"): "the titles say the same, but many events are called so",
    ("cover", "common"): "the titles share nothing but words that many have",
    ("cover", "compound"): "the titles share a compound that few have, but neither place nor group agrees",
    ("cover", "common_only"): "the titles share nothing but words that many have, and neither place nor group agrees",
    ("cover", "other_group"): "the titles share only what groups hold for themselves, and each means another group",
    ("cover", "whole"): "the shorter title is found whole in the longer one",
    ("cover", "told"): "the title is found only in the other's text",
    ("cover", "hinted"): "the title is found only in the other's text, and the hours do not agree",
    ("cover", "none"): "nothing of the title is found on the other side",
    ("cover", "guest"): "the house's calendar says only who comes",
    ("cover", "empty"): "a title says only where or by whom",
    ("rest", "both"): "each title says something that the other announcement, at length, does not",
    ("across", "shared"): "words of one title stand in the other's text",
    ("text", "shared"): "the texts share rare words",
    ("copy", "copied"): "a whole sentence is the same",
    ("organiser", "same"): "the announcer is the same",
    ("organiser", "in_title"): "one title names the other's group",
    ("organiser", "in_text"): "one text names the other's group",
    ("organiser", "third"): "both name the same group",
    ("organiser", "each_own"): "each title names another group",
    ("organiser", "strangers"): "two groups announce what many call so, and neither names the other",
    ("link", "same_page"): "both link to the same event page",
    ("link", "refers"): "one links to the other's page",
    ("link", "both_refer"): "both link to the same address",
    ("uid", "same"): "the UID is the same",
    ("source", "one"): "both stand in one calendar, as two entries",
    ("source", "listed_twice"): "one calendar lists the same thing twice",
    ("source", "own_date"): "the calendar lists a date of its own series again",
    ("source", "own_series"): "both stand in one calendar",
    ("marks", "agree"): "the number of the part is the same",
    ("marks", "differ"): "they are different parts of a sequence",
    ("side", "one_sided"): "one is set-up, rehearsal, afterparty or a part of the event",
    ("side", "beside"): "one names the other as what it stands in for, or is a part of",
    ("side", "differ"): "they are different things around an event",
    ("audience", "differ"): "they call different people",
    ("price", "agree"): "a price is the same",
    ("price", "differ"): "the prices differ",
}


def rule_in_words(rule: str) -> str:
    """The reason of a decision as a sentence's end; a veto is told by its finding, evidence by what it is of."""
    kind, _, aspects = rule.partition(":")
    if aspects:
        return f"{RULES[kind]}: {', '.join(ASPECTS[aspect] for aspect in aspects.split(','))}"
    name, _, level = rule.partition("_")
    return RULES.get(rule) or FINDINGS.get((name, level)) or rule


def finding_in_words(name: str, level: str) -> str:
    """One finding as a clause, empty if it says nothing."""
    return FINDINGS.get((name, level), "")
