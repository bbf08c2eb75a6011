#!/usr/bin/env python3
"""Seeded generator of realistic German civil-society calendar feeds with a dedupe truth.

Writes OUT/feeds/s0000.ics ... (one file a source), OUT/truth.json (which published
event belongs to which real-world event) and, with --rss, OUT/rss/s0000.xml.

Same arguments + same seed => byte-identical output (no clock, no global random state).

    python generate.py --size S --out data/S
    python generate.py --sources 10 --events 20 --seed 7 --out data/tiny --rss
    python generate.py --mutate data/S/feeds/s0000.ics --kind one-event  > changed.ics
    python generate.py --mutate data/S/feeds/s0000.ics --kind dtstamp    > volatile.ics

truth.json:
    {"meta": {...},
     "labels": {"s0000": {"<uid>": <cluster int>, ...}, ...}}
A published event is identified by (source, UID); overrides (RECURRENCE-ID) share their
master's UID and so its label.  Two published events are duplicates iff labels are equal.
"""
# Kept byte for byte as it was when the first figures were taken, so that later ones can be compared with them.
# ruff: noqa
from __future__ import annotations

import argparse
import datetime as dt
import json
import pathlib
import random
import re
import sys
from zoneinfo import ZoneInfo

SIZES = {"S": (50, 40), "M": (300, 100), "L": (2000, 150)}
BERLIN = ZoneInfo("Europe/Berlin")
BASE = dt.date(2026, 9, 1)          # "today" of the data set
SPAN_BEFORE, SPAN_AFTER = 60, 240   # days around BASE that event starts fall into

CITIES = [  # name, postcode prefix, lat, lon, weight
    ("Berlin", "10", 52.52, 13.40, 12), ("Hamburg", "20", 53.55, 9.99, 7), ("München", "80", 48.14, 11.58, 6),
    ("Köln", "50", 50.94, 6.96, 6), ("Leipzig", "04", 51.34, 12.37, 6), ("Dresden", "01", 51.05, 13.74, 4),
    ("Frankfurt am Main", "60", 50.11, 8.68, 4), ("Stuttgart", "70", 48.78, 9.18, 4), ("Düsseldorf", "40", 51.23, 6.78, 3),
    ("Dortmund", "44", 51.51, 7.47, 3), ("Essen", "45", 51.46, 7.01, 3), ("Bremen", "28", 53.08, 8.80, 3),
    ("Hannover", "30", 52.37, 9.73, 3), ("Nürnberg", "90", 49.45, 11.08, 3), ("Duisburg", "47", 51.43, 6.76, 2),
    ("Bochum", "44", 51.48, 7.22, 2), ("Wuppertal", "42", 51.26, 7.15, 2), ("Bielefeld", "33", 52.02, 8.53, 2),
    ("Bonn", "53", 50.73, 7.10, 2), ("Münster", "48", 51.96, 7.63, 3), ("Karlsruhe", "76", 49.01, 8.40, 2),
    ("Mannheim", "68", 49.49, 8.47, 2), ("Augsburg", "86", 48.37, 10.90, 2), ("Wiesbaden", "65", 50.08, 8.24, 1),
    ("Mönchengladbach", "41", 51.19, 6.44, 1), ("Gelsenkirchen", "45", 51.52, 7.10, 1), ("Aachen", "52", 50.78, 6.08, 2),
    ("Braunschweig", "38", 52.27, 10.53, 2), ("Kiel", "24", 54.32, 10.12, 2), ("Chemnitz", "09", 50.83, 12.92, 2),
    ("Halle (Saale)", "06", 51.48, 11.97, 2), ("Magdeburg", "39", 52.13, 11.63, 2), ("Freiburg im Breisgau", "79", 47.99, 7.85, 3),
    ("Krefeld", "47", 51.34, 6.59, 1), ("Mainz", "55", 49.99, 8.25, 1), ("Lübeck", "23", 53.87, 10.69, 1),
    ("Erfurt", "99", 50.98, 11.03, 2), ("Oberhausen", "46", 51.47, 6.85, 1), ("Rostock", "18", 54.09, 12.10, 2),
    ("Kassel", "34", 51.31, 9.48, 2), ("Hagen", "58", 51.36, 7.47, 1), ("Potsdam", "14", 52.40, 13.06, 2),
    ("Saarbrücken", "66", 49.24, 6.99, 1), ("Oldenburg", "26", 53.14, 8.21, 1), ("Osnabrück", "49", 52.28, 8.05, 1),
    ("Heidelberg", "69", 49.40, 8.67, 2), ("Darmstadt", "64", 49.87, 8.65, 1), ("Regensburg", "93", 49.02, 12.10, 1),
    ("Würzburg", "97", 49.79, 9.95, 1), ("Göttingen", "37", 51.53, 9.93, 2), ("Ulm", "89", 48.40, 9.99, 1),
    ("Jena", "07", 50.93, 11.59, 2), ("Tübingen", "72", 48.52, 9.06, 2), ("Konstanz", "78", 47.66, 9.18, 1),
    ("Görlitz", "02", 51.15, 14.99, 1), ("Flensburg", "24", 54.79, 9.44, 1), ("Lüneburg", "21", 53.25, 10.41, 1),
    ("Marburg", "35", 50.81, 8.77, 1), ("Greifswald", "17", 54.10, 13.39, 1), ("Weimar", "99", 50.98, 11.33, 1),
]
FORMATS = ["Workshop", "Vortrag", "Offenes Treffen", "Plenum", "Lesung", "Filmabend", "Podiumsdiskussion", "Stammtisch",
           "Aktionstag", "Infoveranstaltung", "Seminar", "Ausstellung", "Konzert", "Kundgebung", "Fahrraddemo", "Markt",
           "Führung", "Exkursion", "Sprechstunde", "Mitgliederversammlung", "Kennenlernabend", "Schulung", "Werkstatt",
           "Gesprächskreis", "Frühstück", "Straßenfest", "Online-Seminar", "Netzwerktreffen", "Planungstreffen", "Brunch"]
TOPICS = ["Klimagerechtigkeit", "solidarische Landwirtschaft", "Energiewende von unten", "Verkehrswende", "Zero Waste",
          "Gemeinwohlökonomie", "Transition Town", "Urban Gardening", "Permakultur im Schrebergarten", "Saatguttausch",
          "Bürgerenergie", "Balkonkraftwerke selber bauen", "Foodsharing", "Repair-Café", "Upcycling mit Textilien",
          "Tauschring", "Commons und Gemeingüter", "gemeinschaftliches Wohnen", "Mietenpolitik", "Recht auf Stadt",
          "Asylrecht", "Sprachcafé Deutsch", "Frauen*rechte weltweit", "queere Geschichte", "Antirassismus im Alltag",
          "Zivilcourage", "Kolonialismus und Straßennamen", "Fairer Handel", "Lieferkettengesetz", "Degrowth",
          "Postwachstum", "Bedingungsloses Grundeinkommen", "Ernährungsräte", "Wildkräuter", "Insektenschutz",
          "Moorschutz", "Waldspaziergang im Herbst", "Gewässerschutz", "Tierrechte", "vegane Küche für Einsteiger*innen",
          "Freie Software", "Datenschutz für Vereine", "OpenStreetMap", "Freifunk", "digitale Selbstverteidigung",
          "Nachbarschaftshilfe", "Pflege und Ehrenamt", "Jugendbeteiligung", "Kinderrechte", "Friedensarbeit",
          "gewaltfreie Kommunikation", "Moderation von Gruppen", "Fördermittel für Initiativen", "Vereinsgründung",
          "Öffentlichkeitsarbeit", "Radverkehr und Mobilität", "Lastenrad ausprobieren", "Barrierefreiheit",
          "Inklusion im Stadtteil", "Kreislaufwirtschaft", "Plastikfasten", "Wärmewende im Quartier", "Bürger*innenrat",
          "Ökodorf und Gemeinschaft", "Gemeinschaftsgarten", "Kompost und Boden", "Bienen in der Stadt", "Lichtverschmutzung",
          "Menstruation und Gesellschaft", "Care-Arbeit", "Gewerkschaften heute", "Arbeitszeitverkürzung", "Genossenschaften",
          "Solidarität mit Geflüchteten", "Seenotrettung", "Antifaschismus", "Stolpersteine", "Erinnerungskultur",
          "Europa und Demokratie", "Zukunft der Landwirtschaft", "Hochwasserschutz", "Hitze in der Stadt"]
ADJ = ["für Einsteiger*innen", "zum Mitmachen", "mit Küfa", "und gemeinsames Kochen", "– Wege aus der Krise", "in Zeiten der Krise",
       "konkret", "von A bis Z", "kurz erklärt", "mit Austausch bei Kaffee und Kuchen", "im Gespräch", "neu denken", "weltweit",
       "vor Ort gestalten", "im Stadtteil", "mit anschließender Diskussion", "für Familien", "für Jung und Alt", "unterm Sternenhimmel",
       "– Was können wir tun?", "praktisch erprobt", "& Musik", "am Nachmittag", "auf dem Dorf", "gemeinsam anpacken"]
NAMES = ["Linde", "Kastanie", "Regenbogen", "Phönix", "Morgenröte", "Wurzelwerk", "Zündstoff", "Freiraum", "Treibhaus", "Querbeet",
         "Kiezgarten", "Hafenkante", "Südwind", "Nordlicht", "Grünzeug", "Löwenzahn", "Brennnessel", "Ahoi", "Kulturfabrik", "Feuerwache",
         "Alte Gießerei", "Lokschuppen", "Wagenhalle", "Zeche", "Mühle", "Schäferei", "Speicher", "Ölmühle", "Weberei", "Färberei",
         "Sonnenblume", "Kranich", "Eisvogel", "Ameisenhügel", "Bienenkorb", "Rote Beete", "Tüftelei", "Werkbank", "Schraubstock", "Nähkästchen"]
PEOPLE = ["Jürgen Müller", "Şirin Özdemir", "Käthe Schröder", "Björn Größ", "Anneliese Weiß", "Thea Lindqvist", "Mehmet Yılmaz", "Zoë Bäcker",
          "Hanna Krüger", "Ruth Schäfer", "Émile Durand", "Łukasz Nowak", "Fatou Diallo", "Günther Voß", "Renée Jäger", "Paul Köhler"]
VENUE_KINDS = ["Kulturzentrum", "Stadtteilzentrum", "Umweltzentrum", "Bürgerhaus", "Haus der Demokratie", "Gemeindehaus", "Bibliothek",
               "Nachbarschaftstreff", "Jugendzentrum", "Café", "Volkshochschule", "Kirche", "Infoladen", "Hofladen", "Soziokulturelles Zentrum"]
STREETS = ["Hauptstraße", "Bahnhofstraße", "Karl-Liebknecht-Straße", "Goethestraße", "Schillerstraße", "Lindenallee", "Am Markt",
           "Königsstraße", "Brückenstraße", "Mühlenweg", "Gartenstraße", "Rosa-Luxemburg-Platz", "Große Freiheit", "Färbergasse",
           "Schützenstraße", "An der Höhe", "Südring", "Domplatz", "Werftstraße", "Kirchgasse", "Böttcherstraße", "Weißenburger Straße"]
CATS = ["Umwelt", "Klima", "Soziales", "Kultur", "Bildung", "Politik", "Ernährung", "Mobilität", "Energie", "Wohnen", "Gesundheit",
        "Feminismus", "Migration", "Digitales", "Jugend", "Frieden", "Wirtschaft", "Naturschutz", "Selbstorganisation", "Workshop"]
ORG_KINDS = ["Initiative", "Bündnis", "Netzwerk", "Verein", "Ortsgruppe", "Gemeinschaft", "Kollektiv", "Förderverein", "AG"]
SENTENCES = [
    "Wir laden alle Interessierten herzlich ein, gemeinsam über {topic} ins Gespräch zu kommen.",
    "Vorkenntnisse sind nicht nötig, Neugier genügt völlig.",
    "{person} berichtet aus der Praxis und beantwortet eure Fragen.",
    "Im Anschluss gibt es Zeit für Austausch bei Tee, Kaffee und selbst gebackenem Kuchen.",
    "Der Eintritt ist frei, über Spenden freuen wir uns sehr.",
    "Bitte meldet euch bis zwei Tage vorher per E-Mail an, die Plätze sind begrenzt.",
    "Der Raum ist barrierefrei zugänglich; eine rollstuhlgerechte Toilette ist vorhanden.",
    "Für Kinderbetreuung ist gesorgt – sagt uns kurz Bescheid, wie viele Kinder kommen.",
    "Wie können wir {topic} in unserem Stadtteil ganz konkret umsetzen?",
    "Gemeinsam wollen wir Ideen sammeln, Projekte planen und voneinander lernen.",
    "Die Veranstaltung wird gefördert durch die Stadt {city} und die Stiftung Umwelt & Gesellschaft.",
    "Anreise: Straßenbahnlinie {n}, Haltestelle {street}; Fahrradständer sind vorhanden.",
    "Bringt gern Freund*innen, Nachbar*innen und eure Lieblingswerkzeuge mit!",
    "Seit über {n} Jahren engagiert sich unsere Gruppe für {topic} in {city} und Umgebung.",
    "Es gibt Häppchen aus geretteten Lebensmitteln; Allergene sind gekennzeichnet.",
    "Übersetzung ins Englische, Arabische und in Gebärdensprache auf Anfrage möglich.",
    "Wer möchte, kann im Anschluss beim Aufräumen helfen – danke!",
    "Programm: 1. Begrüßung, 2. Impuls von {person}, 3. Arbeit in Kleingruppen, 4. Abschlussrunde.",
    "Weitere Informationen und das vollständige Programm findet ihr auf unserer Website.",
    "Die Teilnahme ist auch online möglich; den Zugangslink erhaltet ihr nach der Anmeldung.",
    "Bei schlechtem Wetter findet die Veranstaltung im {venue} statt.",
    "Mitzubringen sind wetterfeste Kleidung, eine Tasse und gute Laune.",
    "Eine Kooperation von {org} mit der Volkshochschule {city}.",
    "Hinweis: Während der Veranstaltung werden Fotos gemacht; sprecht uns an, wenn ihr das nicht möchtet.",
    "»{topic}« ist mehr als ein Schlagwort: Es geht um die Frage, wie wir künftig leben wollen.",
]
OPENERS = [
    "{org} lädt ein: {f} zu {topic} mit {person}, Treffpunkt {street} {n}.",
    "In unserer Reihe „{name}“ spricht {person} diesmal über {topic} und {topic2}.",
    "Was hat {topic} mit {topic2} zu tun? {person} und {person2} gehen der Frage nach.",
    "{n} Jahre {name}: Wir feiern mit {f} und {f2} im {venue}.",
    "Zum {n}. Mal findet {f} „{name}“ in {city} statt – diesmal mit dem Schwerpunkt {topic}.",
    "{person} ({org}) zeigt, wie {topic} im Alltag gelingt; {n} Plätze sind noch frei.",
    "Ob {topic} oder {topic2}: Beim {f} von {name} und {name2} ist für alle etwas dabei.",
    "Nach dem großen Zuspruch im letzten Jahr wiederholen wir den {f} zu {topic} mit {person2}.",
]
VTZ = ["BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "X-LIC-LOCATION:Europe/Berlin", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100",
       "TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
       "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "DTSTART:19701025T030000",
       "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE"]
WD = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TRANSLIT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def esc(s: str) -> str:
    return s.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """RFC 5545 folding: at most 75 octets a line, never inside a UTF-8 sequence."""
    if len(line) < 38:
        return line
    b = line.encode()
    if len(b) <= 75:
        return line
    out, i, limit = [], 0, 75
    while i < len(b):
        j = min(i + limit, len(b))
        while j < len(b) and b[j] & 0xC0 == 0x80:
            j -= 1
        out.append(b[i:j].decode())
        i, limit = j, 74
    return "\r\n ".join(out)


class Source:
    __slots__ = ("sid", "city", "org", "domain", "kind", "venues", "events")

    def __init__(self, sid, city, org, domain, kind):
        self.sid, self.city, self.org, self.domain, self.kind = sid, city, org, domain, kind
        self.events = []


class Gen:
    def __init__(self, sources: int, events: int, seed: int, dup_rate: float):
        self.r = random.Random(f"{seed}/{sources}/{events}")
        self.n, self.m, self.dup = sources, events, dup_rate
        self.seen = set()
        self.cluster = 0
        self.venues = {c[0]: self._venues(c) for c in CITIES}
        days = [BASE + dt.timedelta(days=self.r.randrange(0, 200)) for _ in range(6)]
        self.action_days = [(t, dt.datetime.combine(d, dt.time(h)))
                            for t, d, h in zip(("Globaler Klimastreik", "Tag der offenen Gesellschaft", "Aktionstag Verkehrswende",
                                                "Internationaler Frauen*kampftag", "Ostermarsch für den Frieden",
                                                "Tag des offenen Gemeinschaftsgartens"), days, (14, 11, 15, 17, 11, 10))]
        weights = [c[4] for c in CITIES]
        self.sources = []
        for i in range(sources):
            c = self.r.choices(CITIES, weights)[0]
            kind = "portal" if self.r.random() < 0.12 else "org"
            name = self.r.choice(NAMES)
            org = (f"Veranstaltungskalender {c[0]}" if kind == "portal"
                   else f"{self.r.choice(ORG_KINDS)} {name} {c[0]}")
            dom = re.sub(r"[^a-z0-9]+", "-", f"{org} {i}".translate(TRANSLIT).lower()).strip("-") + ".example"
            self.sources.append(Source(f"s{i:04d}", c, org, dom, kind))
        self.by_city = {}
        for s in self.sources:
            self.by_city.setdefault(s.city[0], []).append(s)

    def _venues(self, c):
        r, out = self.r, []
        for _ in range(8 + 4 * c[4]):
            name = f"{r.choice(VENUE_KINDS)} {r.choice(NAMES)}"
            out.append((name, f"{r.choice(STREETS)} {r.randrange(1, 160)}", f"{c[1]}{r.randrange(100, 999)}", c[0],
                        round(c[2] + r.uniform(-.06, .06), 6), round(c[3] + r.uniform(-.09, .09), 6)))
        return out

    # -- content ---------------------------------------------------------------------------
    def title(self):
        r = self.r
        f, t = r.choice(FORMATS), r.choice(TOPICS)
        k = r.random()
        if k < .25:
            return f"{f}: {t[0].upper() + t[1:]}"
        if k < .45:
            return f"{f} {t[0].upper() + t[1:]} {r.choice(ADJ)}"
        if k < .60:
            return f"{t[0].upper() + t[1:]} {r.choice(ADJ)}"
        if k < .72:
            return f"{f} mit {r.choice(PEOPLE)}: {t[0].upper() + t[1:]}"
        if k < .84:
            return f"{t[0].upper() + t[1:]} – {f} {r.choice(ADJ)}"
        if k < .94:
            return f"{r.choice(NAMES)}: {f} zu {t}"
        return f"{f} im {r.choice(NAMES)}"

    def description(self, city, venue, org):
        r = self.r
        target = int(min(1500, max(200, r.lognormvariate(6.3, .55))))
        topic, person = r.choice(TOPICS), r.choice(PEOPLE)
        first = r.choice(OPENERS).format(org=org, f=r.choice(FORMATS), f2=r.choice(FORMATS), topic=topic, topic2=r.choice(TOPICS), person=person,
                                         person2=r.choice(PEOPLE), street=r.choice(STREETS), n=r.randrange(2, 60), name=r.choice(NAMES),
                                         name2=r.choice(NAMES), venue=venue, city=city)
        parts, n, pool = [first], len(first), []
        while n < target:
            if not pool:
                pool = r.sample(SENTENCES, len(SENTENCES))
            s = pool.pop().format(topic=topic, person=person, city=city, venue=venue, org=org,
                                           street=r.choice(STREETS), n=r.randrange(2, 30))
            parts.append(s)
            n += len(s) + 1
        sep = r.random()
        txt = "\n\n".join([" ".join(parts[:2]), " ".join(parts[2:])]) if sep < .6 and len(parts) > 2 else " ".join(parts)
        return txt[:1500]

    def start(self):
        r = self.r
        d = BASE + dt.timedelta(days=int(r.triangular(-SPAN_BEFORE, SPAN_AFTER, 25)))
        h = r.choices((9, 10, 11, 14, 15, 16, 17, 18, 19, 20), (2, 5, 3, 5, 6, 6, 8, 16, 26, 10))[0]
        return dt.datetime.combine(d, dt.time(h, r.choices((0, 30, 15, 45), (70, 24, 3, 3))[0]))

    def original(self, src, series=None, festival=None, action=None):
        """One real-world event, as its organiser publishes it (a dict of fields)."""
        r = self.r
        self.cluster += 1
        venue = r.choice(self.venues[src.city[0]])
        title, st = self.title(), self.start()
        if series:
            title, venue, st = series["title"], series["venue"], series["start"] + dt.timedelta(days=7 * series["k"])
            series["k"] += r.choice((1, 1, 2))
        elif festival:
            title, venue = f"{festival['name']}: {self.title()}", festival["venue"]
            st = dt.datetime.combine(festival["day"], dt.time(r.choice((10, 10, 12, 14, 14, 16))))
        elif action:
            title, st = action
        for _ in range(8):      # no two real events with the same title, day and city (unless in a series)
            key = (title, st.date(), src.city[0])
            if key not in self.seen:
                break
            if action or series:
                title = f"{title} ({r.choice(NAMES)})"
            else:
                title = self.title()
        self.seen.add((title, st.date(), src.city[0]))
        allday = r.random() < .10 and not series and not action
        desc = self.description(src.city[0], venue[0], src.org)
        if action and r.random() < .5:
            desc = f"Unter dem Motto „Gemeinsam für morgen“ gehen wir bundesweit auf die Straße: {action[0]}! {desc}"[:1500]
        ev = {
            "cluster": self.cluster, "home": src.sid, "title": title, "venue": venue, "start": st, "allday": allday,
            "dur": r.choice((60, 90, 120, 120, 150, 180, 240)) if not allday else r.choice((1, 1, 1, 2, 3)),
            "desc": desc, "cats": r.sample(CATS, r.choice((1, 1, 2, 2, 3, 4))),
            "org": src.org, "rrule": None, "exdates": [], "overrides": [], "geo": r.random() < .7, "loc": "full",
            "uid": f"{r.getrandbits(64):016x}-{self.cluster}@{src.domain}", "url": f"https://{src.domain}/termine/{self.cluster}",
            "seq": r.choice((0, 0, 0, 1, 2, 5)), "utc": r.random() < .15, "noend": r.random() < .08,
            "stamp": dt.datetime.combine(BASE, dt.time()) - dt.timedelta(seconds=r.randrange(3600, 60 * 86400)),
        }
        if not series and not festival and not action and r.random() < .155 / .80:
            self.recurrence(ev)
        return ev

    def recurrence(self, ev):
        r, st = self.r, ev["start"]
        ev["utc"] = False
        k = r.random()
        if k < .55:
            step, rule = 7, f"FREQ=WEEKLY;BYDAY={WD[st.weekday()]}"
        elif k < .70:
            step, rule = 14, f"FREQ=WEEKLY;INTERVAL=2;BYDAY={WD[st.weekday()]}"
        else:
            step = 28
            nth = (st.day - 1) // 7 + 1
            rule = (f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{WD[st.weekday()]}" if k < .92
                    else f"FREQ=MONTHLY;BYMONTHDAY={min(st.day, 28)}")
            if k >= .92 and st.day > 28:
                ev["start"] = st = st.replace(day=28)
            elif k < .92 and nth == 5:      # DTSTART must be an instance of its rule: the month's last such weekday
                pass
        lim = r.random()
        if lim < .35:
            until = st + dt.timedelta(days=r.randrange(90, 420))
            rule += ";UNTIL=" + (until.strftime("%Y%m%d") if ev["allday"] else until.strftime("%Y%m%dT%H%M%SZ"))
        elif lim < .6:
            rule += f";COUNT={r.randrange(4, 40)}"
        ev["rrule"], ev["step"] = rule, step
        if "MONTHLY" in rule:               # exceptions only where the instance dates are simple to state
            return
        if r.random() < .5:
            ev["exdates"] = [st + dt.timedelta(days=step * i) for i in sorted(r.sample(range(1, 12), r.randrange(1, 4)))]
        if r.random() < .25:
            i = r.choice([i for i in range(1, 12) if st + dt.timedelta(days=step * i) not in ev["exdates"]])
            ev["overrides"] = [(st + dt.timedelta(days=step * i), r.choice((60, -30, 24 * 60)))]

    def variant(self, ev, src):
        """The same real-world event as another source re-publishes it."""
        r = self.r
        c = dict(ev)
        # title
        t, k = ev["title"], r.random()
        if k < .35:
            pass
        elif k < .43:
            t = f"{ev['venue'][3]}: {t}"
        elif k < .51:
            t = f"{t} | {ev['org']}"
        elif k < .57:
            t = t.upper()
        elif k < .63:
            t = t.translate(TRANSLIT)
        elif k < .69:
            t = f"„{t}“"
        elif k < .75:
            t = t.replace("*innen", "innen").replace("*", ":").replace(" – ", " - ").replace("Repair-Café", "Repaircafe")
            t = t if t != ev["title"] else f"{t} (Eintritt frei)"
        elif k < .80 and ": " in t:
            a, b = t.split(": ", 1)
            t = f"{b} ({a})"
        elif k < .86 and len(t) > 12:
            i = r.randrange(3, len(t) - 3)
            t = t[:i] + t[i + 1:] if r.random() < .5 else t[:i] + t[i + 1] + t[i] + t[i + 2:]
        elif k < .91:
            t = t if len(t) < 34 else t[:32].rstrip() + "…"
        elif k < .96:
            t = f"{r.choice(('Einladung', 'Save the Date', 'Tipp', 'Neu', 'Heute'))}: {t}"
        else:
            w = t.split()
            t = " ".join(w[1:] + w[:1])
        c["title"] = t
        # uid
        if r.random() >= .10:
            c["uid"] = f"{r.getrandbits(48):012x}@{src.domain}"
        # time
        k = r.random()
        if ev["rrule"] is None:
            if k < .15 and not ev["allday"]:
                c["start"] = ev["start"] + dt.timedelta(minutes=r.choice((-15, -10, -5, 5, 10, 15, 15, -15)))
            elif k < .27 and not ev["allday"]:
                c["allday"], c["dur"] = True, 1
            elif k < .27:
                c["allday"], c["dur"] = False, 120
                c["start"] = ev["start"].replace(hour=r.choice((10, 11, 14)), minute=0)
        else:
            if k < .15 and "COUNT" not in ev["rrule"] and "MONTHLY" not in ev["rrule"]:
                sh = ev["step"] * r.randrange(1, 6)         # lists the series only from a later instance on
                c["start"] = ev["start"] + dt.timedelta(days=sh)
                c["exdates"] = [x for x in ev["exdates"] if x > c["start"]]
                c["overrides"] = [o for o in ev["overrides"] if o[0] > c["start"]]
            if r.random() < .5:
                c["exdates"], c["overrides"] = [], []
        c["utc"] = r.random() < .25 and c["rrule"] is None
        c["noend"] = r.random() < .2
        # place
        c["loc"] = r.choices(("full", "venue", "street", "venue-city", "abbr", "translit", "none"), (30, 16, 10, 18, 12, 6, 8))[0]
        c["geo"] = r.random() < .5
        if c["geo"] and r.random() < .6:
            v = ev["venue"]
            c["venue"] = v[:4] + (round(v[4] + r.uniform(-.0009, .0009), 5), round(v[5] + r.uniform(-.0009, .0009), 5))
        # text
        k = r.random()
        if k < .25:
            c["desc"] = ev["desc"][:r.randrange(120, 260)].rstrip() + " […]"
        elif k < .40:
            c["desc"] = self.description(src.city[0], ev["venue"][0], src.org)
        c["cats"] = ev["cats"] if r.random() < .3 else r.sample(CATS, r.choice((0, 1, 2)))
        if src.kind != "portal" and r.random() < .5:
            c["org"] = src.org
        if r.random() < .5:
            c["url"] = f"https://{src.domain}/event/{ev['cluster']}"
        c["seq"], c["stamp"] = 0, ev["stamp"] + dt.timedelta(seconds=r.randrange(60, 86400))
        return c

    # -- the whole set -----------------------------------------------------------------------
    def build(self):
        r = self.r
        copies_mean = 1.75
        own = max(1, int(self.m / (1 + self.dup * copies_mean)))
        originals = []
        for s in self.sources:
            left = own
            while left > 0:
                k = r.random()
                if k < .035 and left >= 4:
                    n = min(left, r.randrange(3, 7))
                    ser = {"title": self.title(), "venue": r.choice(self.venues[s.city[0]]), "start": self.start(), "k": 0}
                    evs = [self.original(s, series=ser) for _ in range(n)]
                elif k < .05 and left >= 4:
                    n = min(left, r.randrange(3, 6))
                    fes = {"name": f"{r.choice(NAMES)}-Festival", "venue": r.choice(self.venues[s.city[0]]), "day": self.start().date()}
                    evs = [self.original(s, festival=fes) for _ in range(n)]
                elif k < .07:
                    evs = [self.original(s, action=r.choice(self.action_days))]
                else:
                    evs = [self.original(s)]
                left -= len(evs)
                s.events += evs
                originals += evs
        room = {s.sid: self.m - len(s.events) for s in self.sources}
        slots = sum(v for v in room.values() if v > 0)
        allsrc = self.sources
        pick = originals[:]
        r.shuffle(pick)
        want = int(len(originals) * self.dup)
        for ev in pick[:want]:
            k = r.choices((1, 2, 3), (45, 35, 20))[0]
            used = {ev["home"]}
            near = self.by_city[ev["venue"][3]]
            for _ in range(k):
                if slots <= 0:
                    break
                for t in range(40):
                    s = r.choice(near) if t < 6 and r.random() < .75 else r.choice(allsrc)
                    if s.sid not in used and room[s.sid] > 0:
                        used.add(s.sid)
                        room[s.sid] -= 1
                        slots -= 1
                        s.events.append(self.variant(ev, s))
                        break
        for s in self.sources:      # fill up with events nobody re-publishes
            for _ in range(max(0, room[s.sid])):
                s.events.append(self.original(s))
            r.shuffle(s.events)

    def location(self, ev):
        name, street, plz, city, _, _ = ev["venue"]
        k = ev["loc"]
        if k == "full":
            return f"{name}, {street}, {plz} {city}"
        if k == "venue":
            return name
        if k == "street":
            return f"{street}, {plz} {city}"
        if k == "venue-city":
            return f"{name} ({city})"
        if k == "abbr":
            return f"{name}, {street.replace('straße', 'str.').replace('Straße', 'Str.')}, {city}"
        if k == "translit":
            return f"{name}, {street}, {plz} {city}".translate(TRANSLIT)
        return None

    def vevent(self, ev, override=None):
        st, L = ev["start"], ["BEGIN:VEVENT", f"UID:{ev['uid']}", f"DTSTAMP:{ev['stamp']:%Y%m%dT%H%M%SZ}"]
        title, rec = ev["title"], None
        if override:
            rec, shift = override
            st = rec + dt.timedelta(minutes=shift)
            title = f"{title} (verschoben)"

        def when(name, d, shift_dur=None):
            if ev["allday"]:
                return f"{name};VALUE=DATE:{d:%Y%m%d}"
            if ev["utc"]:
                return f"{name}:{d.replace(tzinfo=BERLIN).astimezone(dt.timezone.utc):%Y%m%dT%H%M%SZ}"
            return f"{name};TZID=Europe/Berlin:{d:%Y%m%dT%H%M%S}"
        L.append(when("DTSTART", st))
        if not ev["noend"]:
            end = st + (dt.timedelta(days=ev["dur"]) if ev["allday"] else dt.timedelta(minutes=ev["dur"]))
            L.append(when("DTEND", end))
        if rec:
            L.append(when("RECURRENCE-ID", rec))
        elif ev["rrule"]:
            L.append("RRULE:" + ev["rrule"])
            for x in ev["exdates"]:
                L.append(when("EXDATE", x))
        L.append("SUMMARY:" + esc(title))
        loc = self.location(ev)
        if loc:
            L.append("LOCATION:" + esc(loc))
        if ev["geo"]:
            L.append(f"GEO:{ev['venue'][4]};{ev['venue'][5]}")
        L.append("DESCRIPTION:" + esc(ev["desc"]))
        if ev["cats"]:
            L.append("CATEGORIES:" + ",".join(ev["cats"]))
        L.append(f"URL:{ev['url']}")
        L.append(f"ORGANIZER;CN=\"{ev['org']}\":mailto:kontakt@{ev['uid'].split('@')[1]}")
        L += [f"CREATED:{ev['stamp'] - dt.timedelta(days=9):%Y%m%dT%H%M%SZ}", f"LAST-MODIFIED:{ev['stamp']:%Y%m%dT%H%M%SZ}",
              f"SEQUENCE:{ev['seq']}", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "END:VEVENT"]
        return "\r\n".join(fold(x) for x in L)

    def feed(self, s):
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{s.domain}//Termine 2.1//DE", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
                fold("X-WR-CALNAME:" + esc(s.org)), "X-WR-TIMEZONE:Europe/Berlin", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"] + VTZ
        out = ["\r\n".join(head)]
        for ev in s.events:
            out.append(self.vevent(ev))
            for o in ev["overrides"]:
                out.append(self.vevent(ev, o))
        out.append("END:VCALENDAR\r\n")
        return "\r\n".join(out)

    def rss(self, s, limit=20):
        from xml.sax.saxutils import escape as x
        from email.utils import format_datetime
        it = []
        for ev in s.events[:limit]:
            pub = format_datetime(ev["stamp"].replace(tzinfo=dt.timezone.utc))
            it.append(f"<item><title>{x(ev['title'])}</title><link>{x(ev['url'])}</link><guid isPermaLink=\"false\">{x(ev['uid'])}</guid>"
                      f"<pubDate>{pub}</pubDate><ev:startdate>{ev['start'].replace(tzinfo=BERLIN).isoformat()}</ev:startdate>"
                      f"<ev:location>{x(self.location(ev) or '')}</ev:location><description>{x(ev['desc'])}</description></item>")
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>'
                f"<title>{x(s.org)}</title><link>https://{s.domain}/</link><description>Termine von {x(s.org)}</description>\n"
                + "\n".join(it) + "\n</channel></rss>\n")


def mutate(data: bytes, kind: str) -> bytes:
    """A next version of a feed: 'one-event' (one title changed), 'dtstamp' (only volatile stamps), 'none'."""
    if kind == "one-event":
        parts = data.split(b"BEGIN:VEVENT")
        i = len(parts) // 2
        parts[i] = re.sub(rb"\nSUMMARY:", rb"\nSUMMARY:Neu - ", parts[i], count=1)
        return b"BEGIN:VEVENT".join(parts)
    if kind == "dtstamp":
        return re.sub(rb"\nDTSTAMP:\d{8}T\d{6}Z", rb"\nDTSTAMP:20261122T120000Z", data)
    return data


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", choices=SIZES)
    p.add_argument("--sources", type=int)
    p.add_argument("--events", type=int)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--dup-rate", type=float, default=.20)
    p.add_argument("--out", type=pathlib.Path)
    p.add_argument("--rss", action="store_true")
    p.add_argument("--mutate", type=pathlib.Path)
    p.add_argument("--kind", choices=("one-event", "dtstamp", "none"), default="one-event")
    a = p.parse_args(argv)
    if a.mutate:
        sys.stdout.buffer.write(mutate(a.mutate.read_bytes(), a.kind))
        return
    n, m = SIZES[a.size] if a.size else (a.sources, a.events)
    if not (n and m and a.out):
        p.error("need --size or --sources and --events, and --out")
    g = Gen(n, m, a.seed, a.dup_rate)
    g.build()
    (a.out / "feeds").mkdir(parents=True, exist_ok=True)
    if a.rss:
        (a.out / "rss").mkdir(exist_ok=True)
    labels, comps, size, rec, allday, per = {}, 0, 0, 0, 0, {}
    for s in g.sources:
        raw = g.feed(s).encode()
        (a.out / "feeds" / f"{s.sid}.ics").write_bytes(raw)
        if a.rss:
            (a.out / "rss" / f"{s.sid}.xml").write_text(g.rss(s), encoding="utf-8")
        labels[s.sid] = {ev["uid"]: ev["cluster"] for ev in s.events}
        assert len(labels[s.sid]) == len(s.events)
        comps += raw.count(b"BEGIN:VEVENT")
        size += len(raw)
        rec += sum(1 for ev in s.events if ev["rrule"])
        allday += sum(1 for ev in s.events if ev["allday"])
        for ev in s.events:
            per[ev["cluster"]] = per.get(ev["cluster"], 0) + 1
    total = sum(len(v) for v in labels.values())
    meta = {"sources": n, "events_per_source": m, "seed": a.seed, "dup_rate": a.dup_rate, "published": total, "vevents": comps,
            "bytes": size, "recurring": rec, "allday": allday, "clusters": len(per), "clusters_gt1": sum(1 for v in per.values() if v > 1),
            "true_pairs": sum(v * (v - 1) // 2 for v in per.values()), "base": BASE.isoformat()}
    (a.out / "truth.json").write_text(json.dumps({"meta": meta, "labels": labels}, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(meta))


if __name__ == "__main__":
    main()
