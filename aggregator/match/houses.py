"""Words of places anywhere: rooms, kinds of houses, what is online. Nothing here knows a town or a house.

Words stand in their normal form (`model.text.key`).
"""

from __future__ import annotations

# Rooms of a house: such a place without a name means a room of the announcer's own house.
ROOMS = frozenset(
    """
    saal raum zimmer hof keller foyer cafe kueche halle garten buero studio hs hoersaal gebaeude og eg ug dg etage
    obergeschoss erdgeschoss untergeschoss dachgeschoss innenhof aula mensa atrium buehne empore parkplatz terrasse
    eingang haupteingang nebeneingang werkstatt auditorium hall room floor stage turnhalle kapelle krypta gewoelbe
    galerie lounge bar kantine
    cafeteria edv seminarraum werkraum gruppenraum bewegungsraum probenraum proberaum veranstaltungsraum kursraum
    besprechungsraum gemeinderaum clubraum vortragsraum medienraum gesundheitsraum mehrzweckraum gemeinschaftsraum
    abholraum spielzimmer turmzimmer sitzungszimmer kaminzimmer lesesaal festsaal ratssaal konzertsaal theatersaal
    tanzsaal gemeindesaal speisesaal buergersaal vortragssaal lesecafe lehrkueche oben unten gross klein grosser
    kleiner ganzes alle saele haus tagungsraum stock links rechts hinten vorne nebenraum nebenan
    """.split()
)

ONLINE = frozenset("online zoom jitsi webinar bigbluebutton videokonferenz livestream video digital".split())

# What is said where no place is told.
NOWHERE = frozenset(
    """verschiedene orte|diverse orte|mehrere orte|stadtgebiet|im ganzen stadtgebiet|innenstadt|ganze stadt|ortsgebiet
    |wird noch bekannt gegeben|wird bekannt gegeben|ort folgt|siehe beschreibung|siehe text|tba|noch offen
    |various locations|several venues""".replace("\n    ", "").split("|")
)

# Endings of names that rooms have; houses have them as well ("Stadthalle").
ROOM_ENDINGS = (
    "raum", "zimmer", "stube", "stueble", "saal", "saele", "halle", "keller", "gewoelbe", "foyer", "kueche", "salon",
    "studio", "scheune", "tenne", "diele", "kammer", "boden", "loft", "flur", "garage", "schuppen", "room",
    "hall", "bereich", "ecke",
)  # fmt: skip

# Kinds of houses. A name without its kind means the same house ("Lichtspielhaus Luna" is "Luna"), unless two kinds
# differ ("Gemeindehaus St. Anna" is not the church); a kind by itself means the only house of that kind.
KINDS = {
    word: kind
    for kind, words in {
        "church": "kirche pfarrkirche stadtkirche klosterkirche st sankt church dom muenster",
        "parish house": "gemeindehaus gemeindezentrum pfarrhaus pfarrheim pfarrzentrum pfarrsaal gemeindesaal parish",
        "nursery": "kita kindergarten kindertagesstaette krippe hort",
        "cinema": "kino lichtspielhaus lichtspiele filmtheater filmpalast programmkino kinocenter cinema",
        "inn": "gasthaus gasthof gaststaette wirtschaft wirtshaus restaurant kneipe bistro pub hotel landgasthof",
        "culture": "kulturzentrum kulturhaus kulturhof kulturbahnhof kulturscheune"
        " kulturverein kulturladen soziokulturelles zentrum kulturfabrik",
        "community": "buergerhaus buergerzentrum buergertreff mehrgenerationenhaus mgh familienzentrum stadtteilhaus"
        " stadtteilzentrum nachbarschaftshaus stadtteiltreff nachbarschaftstreff quartierstreff begegnungsstaette",
        "youth": "jugendhaus jugendzentrum jugendtreff juz jugendclub",
        "women": "frauenzentrum frauenhaus frauentreff",
        "school": "schule grundschule realschule hauptschule gesamtschule oberschule gymnasium mittelschule",
        "adult education": "vhs volkshochschule",
        "library": "stadtbuecherei stadtbibliothek buecherei bibliothek gemeindebuecherei",
        "museum": "museum heimatmuseum stadtmuseum",
        "theatre": "theater stadttheater schauspielhaus",
        "infoshop": "infoladen infocafe autonomes",
        "club house": "vereinsheim clubhaus vereinshaus clubheim naturfreundehaus",
        "university": "hochschule universitaet uni campus",
        "company": "laden buchhandlung geschaeft",
    }.items()
    for word in words.split()
}  # fmt: skip
# What names of houses begin with, in all its forms: "im Alten Hafen" is at the "Alter Hafen".
DECLINED = {f"{word}{end}": word for word in ("alt", "neu", "gross", "klein") for end in ("e", "er", "es", "en", "em")}
# Words of a house's name that name nothing without the next one.
BARE = frozenset(DECLINED).union(
    """obere untere evangelische evangelisches katholische katholisches evang kath ev stadt staedtische
    staedtisches""".split()
)
