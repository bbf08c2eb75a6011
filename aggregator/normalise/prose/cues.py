"""Words that say what a date or a time is for: beginning, doors, end, deadline, past, closing."""

from __future__ import annotations

from enum import Enum

DEADLINES = (
    "schluss",
    "frist",
    "deadline",
    "stichtag",
    "spaetestens",
    "abgabetermin",
    "anmeldefrist",
    "rsvp",
    "bewerbungsfrist",
)
"""Endings of words that make the date beside them a deadline."""
NO_DEADLINES = ("abschluss", "anschluss", "beschluss", "ausschluss", "zusammenschluss", "entschluss", "aufschluss")
TASKS = (
    "anmeld",
    "meld",
    "bewerb",
    "einsend",
    "einreich",
    "abgeb",
    "rueckmeld",
    "zusag",
    "reservier",
    "bestell",
    "registr",
    "buch",
    "vorverkauf",
    "fruehbuch",
    "schick",
    "mail",
    "register",
    "apply",
    "sign",
    "submit",
    "book",
    "inscri",
    "vorschlag",
    "unterschreib",
    "zeichn",
    "abstimm",
    "spend",
    "frueh",
)
"""Beginnings of words for what one has to do until a deadline."""
TICKETS = (
    "vorverkauf",
    "kartenvorverkauf",
    "vvk",
    "ticketverkauf",
    "ticketvorverkauf",
    "anmeldestart",
    "anmeldebeginn",
)
OPENINGS = (
    "anmeldung",
    "anmeldungen",
    "karten",
    "tickets",
    "eintrittskarten",
    "bewerbungen",
    "bewerbung",
    "buchung",
    "anmelden",
    "bewerben",
)
STRONG_PAST = frozenset(
    "fand fanden stattfand stattfanden stattgefunden vergangenen vergangener vergangene vergangenes geboren gegruendet"
    " gestorben verstarb verstorben starb ermordet hingerichtet erschienen unterzeichnet eingeweiht".split()
)
WEAK_PAST = frozenset(
    "war waren hatte hatten kam kamen gab ging gingen traf trafen feierte feierten besuchte besuchten lud luden nahm"
    " nahmen gewann gewannen siegte begann begannen folgten sprach sprachen wurde wurden were".split()
)
MOVED = ("verschoben", "verlegt", "geplant", "geplante", "angesetzt", "vorgezogen", "postponed", "moved")
MOVING = frozenset(("verschieben", "verschiebt", "verlegen", "vorverlegt", "umgelegt", "rueckt", "wechselt", *MOVED))
CLOSINGS = frozenset(
    "geschlossen betriebsferien betriebsurlaub schliesszeit gesperrt sperrung vollsperrung closed unbesetzt"
    " schliesstag".split()
)
VALIDITY = frozenset("gilt gelten gueltig erscheint erscheinen rueckwirkend".split())
REOPENING = frozenset("wieder offen geoeffnet erreichbar erhaeltlich".split())
PUBLISHED = frozenset("stand aktualisiert veroeffentlicht geaendert foto fotos bild bilder beschlossen update".split())
COMMEMORATED = ("erinnern", "erinnert", "gedenken", "anlaesslich", "jahrestag", "erinnerung")
INSTEAD = frozenset("statt anstatt anstelle nicht kein keine instead not".split())
FORMERLY = frozenset("urspruenglich urspruengliche eigentlich zunaechst originally".split())
EXCEPTING = frozenset("ausser ausgenommen except ausnahme".split())
CANCELLING = ("entfaellt", "entfallen", "faellt", "ausfallen", "pausiert", "pause", "abgesagt") + (
    "winterpause",
    "sommerpause",
    "herbstpause",
    "osterpause",
    "weihnachtspause",
    "ferienpause",
    "semesterpause",
)
STARTING = frozenset(
    "ab start startet starten beginn beginnt beginnen los erstmals erstmalig erster erste auftakt naechster naechste"
    " naechstes wieder starting from begins starts beginning first next".split()
)
MORE_DATES = frozenset(
    "termine weitere weiterer weiteren ausserdem zusatztermin erneut nochmals dates folgetermine wiederholung"
    " auffuehrungen vorstellungen spieltermine zweiter dritter".split()
)
LOOKING_BACK = frozenset("rueckblick nachlese nachbericht impressionen protokoll".split())
SHOWN_LATER = frozenset("bericht fotos bilder dank".split())
"""Words of a title that look back, unless the text invites: "Eisige Bilder im Keller"."""
ENDING = ("endet", "enden", "ends", "auslaeuft")
OPEN_HOURS = (
    "oeffnungszeit",
    "sprechzeit",
    "buerozeit",
    "geoeffnet",
    "erreichbar",
    "besetzt",
    "telefon",
)


class TimeRole(Enum):
    """What a time of day is the time of, in the order in which it is believed to be the start."""

    BEGIN = 0
    PLAIN = 1
    MEETING = 2
    DOORS = 3
    ASIDE = 4
    END = 5


TIME_CUES: tuple[tuple[TimeRole, tuple[str, ...]], ...] = (
    (
        TimeRole.DOORS,
        ("einlass", "tueroeffnung", "tueren", "tuer", "doors", "saaloeffnung", "kassenoeffnung", "eintritt ab"),
    ),
    (
        TimeRole.END,
        ("ende", "schluss", "endet", "rueckkehr", "rueckkunft", "rueckfahrt", "ends", "feierabend", "schliesst"),
    ),
    (TimeRole.MEETING, ("treffpunkt", "probe", "abfahrt", "ankunft", "sammeln", "treff", "meeting")),
    (
        TimeRole.ASIDE,
        tuple(
            "anreise zug aufbau abbau soundcheck abendkasse kasse telefon telefonisch erreichbar buero sprechzeit"
            " schnippelhilfe schnippeln schnibbeln vorbereitung einfuehrung einfuehrungsvortrag werkeinfuehrung pause"
            " anschliessend danach spaeter bus checkin anmeldung helfer helferinnen vorher davor"
            " generalprobe einsingen aufwaermen nachbesprechung aftershow afterparty kinderbetreuung".split()
        ),
    ),
    (
        TimeRole.BEGIN,
        tuple(
            "beginn beginnt beginnen start startet starten los anfang anpfiff anstoss auftakt begins starts show"
            " programmbeginn konzertbeginn vorstellungsbeginn spielbeginn filmstart kickoff".split()
        ),
    ),
)


HELPING = frozenset("helfer helferinnen schnippelhilfe aufbau abbau vorbereitung nachbesprechung".split())
"""Words for what is mostly beside an event, and itself one where nothing else is told."""


def time_role_of(word: str) -> TimeRole | None:
    """What a word says of the time beside it."""
    for role, cues in TIME_CUES:
        if word in cues:
            return role
    if word.endswith(("beginn", "einlass", "anpfiff")):
        return TimeRole.DOORS if word.endswith("einlass") else TimeRole.BEGIN
    return None


def is_deadline_word(word: str) -> bool:
    """Whether a word makes the date beside it a deadline: Anmeldeschluss, Bewerbungsfrist."""
    return word.endswith(DEADLINES) and not word.endswith(NO_DEADLINES)
