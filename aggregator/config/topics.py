"""The default topics: WECHANGE's thirteen, so that what is sorted there is sorted here."""

from __future__ import annotations

from aggregator.model.sources import Topic
from aggregator.model.text import key


def make_topic(topic_id: str, labels: dict[str, str], words: tuple[str, ...] = ()) -> Topic:
    """A topic; its id and labels count among its words, all in their normal form."""
    keys = dict.fromkeys(key(word) for word in (topic_id, *labels.values(), *words))
    return Topic(topic_id, tuple(labels.items()), tuple(word for word in keys if word))


# Labels as WECHANGE writes them in CATEGORIES; the words are what other calendars write for the same.
DEFAULT_TOPICS: tuple[Topic, ...] = tuple(
    make_topic(topic_id, {"de": german, "en": english}, tuple(words.split(", ")))
    for topic_id, german, english, words in (
        (
            "mobilitaet",
            "Mobilität",
            "Mobility",
            "Fahrrad, Rad, Radverkehr, Radtour, Verkehr, Verkehrswende, ÖPNV, Bus und Bahn, Carsharing, cycling, bike",
        ),
        (
            "energie",
            "Energie",
            "Energy",
            "Energiewende, Solar, Solarenergie, Photovoltaik, Wärmewende, Balkonkraftwerk, Strom, Heizen",
        ),
        (
            "umwelt",
            "Umwelt und Naturschutz",
            "Environment and nature conservation",
            "Umwelt, Naturschutz, Natur, Umweltschutz, Garten, Gärtnern, Artenvielfalt, Müll, Zero Waste, nature",
        ),
        (
            "bildung",
            "Bildung und Kommunikation",
            "Education and communication",
            "Bildung, Vortrag, Fortbildung, Workshop, Seminar, Kurs, Wissenschaft, Sprache, Sprachcafé, Lesekreis,"
            " Führung, Medien, education, talk, lecture",
        ),
        (
            "gesundheit",
            "Gesundheit",
            "Health",
            "Sport, Bewegung, Pflege, Yoga, Selbsthilfe, Psychische Gesundheit, Inklusion, health",
        ),
        (
            "ernaehrung",
            "Ernährung, Konsum und Landwirtschaft",
            "Food, consumption and agriculture",
            "Ernährung, Essen, Konsum, Landwirtschaft, Solawi, Foodsharing, Küfa, Kochen, Tausch, Reparieren,"
            " Reparatur, Repair-Café, Flohmarkt, unverpackt, food",
        ),
        (
            "kultur",
            "Kunst, Kultur und Freizeitgestaltung",
            "Art, culture and leisure",
            "Kunst, Kultur, Freizeit, Musik, Konzert, Chor, Theater, Film, Kino, Lesung, Literatur, Tanz, Ausstellung,"
            " Bühne, Slam, Poetry Slam, Party, Fest, Spiele, Spieleabend, DIY, Basteln, music, concert, culture, art",
        ),
        (
            "finanzen",
            "Geld und Finanzen",
            "Money and finance",
            "Geld, Finanzen, Förderung, Fördermittel, Fundraising, Steuern, Gemeinwohlökonomie, Genossenschaft",
        ),
        (
            "arbeit",
            "Arbeit und Recht",
            "Work and law",
            "Arbeit, Recht, Beruf, Vereinsrecht, Gewerkschaft, Mietrecht, work, law",
        ),
        (
            "bauen",
            "Bauen und Wohnen",
            "Building and housing",
            "Bauen, Wohnen, Miete, Stadtentwicklung, Wohnprojekt, Architektur, Denkmalschutz, housing",
        ),
        (
            "klimaschutz",
            "Klimaschutz",
            "Climate protection",
            "Klima, Klimawandel, Klimagerechtigkeit, Klimastreik, Klimaneutralität, climate",
        ),
        (
            "demokratie",
            "Demokratie und Beteiligung",
            "Democracy and participation",
            "Demokratie, Beteiligung, Politik, Demo, Demonstration, Kundgebung, Mahnwache, Feminismus, Antifa, Antira,"
            " Antirassismus, Frieden, Menschenrechte, Flucht, Seebrücke, Gedenken, Ehrenamt, democracy",
        ),
        (
            "digitalisierung",
            "Digitalisierung",
            "Digitalisation",
            "Digitales, Technik, Computer, Internet, Linux, Open Source, Freie Software, Fediverse, Datenschutz,"
            " Smartphone, technology",
        ),
    )
)
