"""What the owner of a calendar can do in their own system: plain words beside each defect and each lack."""

from __future__ import annotations

from aggregator.model.defects import DefectKind

Sentences = tuple[str, str]

OF_DEFECT: dict[DefectKind, Sentences] = {
    DefectKind.NO_START: (
        "Bitte beim Termin Tag und Uhrzeit in den dafür vorgesehenen Feldern eintragen.",
        "Please enter day and time in the event's own fields.",
    ),
    DefectKind.BAD_START: (
        "Bitte den Termin öffnen, den Beginn neu wählen und speichern.",
        "Please open the event, choose its start again and save it.",
    ),
    DefectKind.BAD_END: (
        "Bitte den Termin öffnen, das Ende neu wählen und speichern.",
        "Please open the event, choose its end again and save it.",
    ),
    DefectKind.END_BEFORE_START: (
        "Bitte Beginn und Ende vergleichen; oft ist beim Ende der falsche Tag gewählt.",
        "Please compare start and end; often the end has the wrong day.",
    ),
    DefectKind.UNKNOWN_ZONE: (
        "Bitte in den Kalendereinstellungen die Zeitzone „Berlin“ wählen.",
        "Please choose the time zone “Berlin” in the calendar's settings.",
    ),
    DefectKind.BAD_RECURRENCE: (
        "Bitte die Wiederholung neu einstellen, oder die Termine einzeln eintragen.",
        "Please set the repetition anew, or enter the dates one by one.",
    ),
    DefectKind.RECURRENCE_LIMIT: (
        "Bitte der Wiederholung ein Ende geben und prüfen, ob sie so häufig gemeint ist.",
        "Please give the repetition an end, and check that it is meant to be that frequent.",
    ),
    DefectKind.NO_TITLE: (
        "Bitte dem Termin einen Titel geben.",
        "Please give the event a title.",
    ),
    DefectKind.PRIVATE: (
        "Wenn er öffentlich sein soll: beim Termin die Sichtbarkeit auf „öffentlich“ stellen.",
        "If it is meant for everyone: set the event's visibility to “public”.",
    ),
    DefectKind.TOO_LONG: (
        "Ein kurzer Text mit einem Link auf die eigene Seite liest sich besser.",
        "A short text with a link to your own page reads better.",
    ),
    DefectKind.UNREADABLE: (
        "Bitte den Termin öffnen und neu speichern; hilft das nicht, fragt uns.",
        "Please open the event and save it again; if that does not help, ask us.",
    ),
    DefectKind.OUTSIDE_REGION: (
        "Soll er trotzdem erscheinen, braucht er einen Ort in der Region.",
        "If it is meant to appear, it needs a place inside the region.",
    ),
    DefectKind.UNREAD_EXCEPTION: (
        "Bitte die Tage nennen, an denen sie ausfällt („nicht am 24.12.“).",
        "Please name the days on which it does not take place (“not on 24 December”).",
    ),
    DefectKind.TOO_MANY: (
        "Bitte nur die kommenden Termine anbieten.",
        "Please offer only the coming events.",
    ),
}
NOTHING_TO_DO: Sentences = ("Ihr müsst nichts tun.", "There is nothing to do.")

PLACES: Sentences = (
    "ohne Ort. Bitte beim Termin den Ort eintragen (auf WECHANGE: einen Treffer der Karte auswählen).",
    "without a place. Please enter where it is (on WECHANGE: choose a hit of the map).",
)
PLACES_ELSEWHERE: Sentences = (
    "ohne Ort. Bitte beim Termin den Ort dazuschreiben.",
    "without a place. Please add where it is.",
)
ENDS: Sentences = (
    "ohne Ende. Wir nehmen zwei Stunden an, bis ein Ende eingetragen ist.",
    "without an end. We take two hours until an end is entered.",
)
ZONES: Sentences = (
    "ohne Zeitzone. Wir nehmen die unserer Stadt; für Termine, die hier stattfinden, stimmt das.",
    "without a time zone. We take our town's, which is right for events that take place here.",
)
DOUBTFUL: Sentences = (
    "Diese Meldungen zeigen wir als Aushang, bis ihr Datum klar ist. Am besten stehen Wochentag, Tag, Monat und Uhrzeit"
    " beieinander: „am Samstag, 5. Dezember, um 19 Uhr“.",
    "We show these as notices until their date is clear. Best of all, weekday, day, month and time stand together:"
    " “on Saturday, 5 December, at 7 pm”.",
)
WHERE_TO_LOOK: Sentences = (
    "Wo in eurem System die öffentliche Kalenderadresse steht, erklärt docs/initiatives.md.",
    "docs/initiatives.md tells where your system shows the public address of a calendar.",
)
PERSONAL_LINK: Sentences = (
    "Das war dein persönlicher Link; wir nutzen nur den öffentlichen.",
    "That was your personal link; we use the public one only.",
)
EMPTY: Sentences = (
    "Der Kalender ist lesbar, enthält aber keine öffentlichen Termine. Vielleicht sind sie nur für Mitglieder"
    " sichtbar: Auf WECHANGE steht das beim Termin unter „Sichtbarkeit“ – dort „Öffentlich (sichtbar ohne"
    " Anmeldung)“ wählen.",
    "The calendar can be read but holds no public events. They may be visible to members only: on WECHANGE the event"
    " tells under “visibility” – choose “Public (visible without login)” there.",
)
EMPTY_ELSEWHERE: Sentences = (
    "Der Kalender ist lesbar, enthält aber gerade keine öffentlichen Termine. Wenn welche darin stehen müssten:"
    " Vielleicht sind sie nur für Mitglieder sichtbar.",
    "The calendar can be read but holds no public events just now. If there should be some: they may be visible to"
    " members only.",
)
SHARE_LINK: Sentences = (
    "Wer diese Adresse kennt, kann den Kalender lesen. Darum zeigen wir nur, auf welchem Rechner er liegt, und"
    " speichern die Adresse verschlüsselt.",
    "Whoever knows this address can read the calendar. So we only show the computer it lies on, and store the address"
    " encrypted.",
)
MAIL_ADDRESS: Sentences = (
    "Das sieht wie eine E-Mail-Adresse aus. Wir brauchen die Adresse einer Webseite oder eines Kalenders, zum Beispiel"
    " https://unser-verein.de/termine.",
    "This looks like a mail address. We need the address of a web page or a calendar, such as"
    " https://our-club.example/events.",
)
NO_CALENDAR: Sentences = (
    "Wir haben auf der Seite auch nach Links zu Kalendern und nach ausgezeichneten Terminen gesucht und nichts"
    " gefunden.",
    "We also looked for links to calendars and for marked-up events on the page, and found none.",
)
NOTICES_ONLY: Sentences = (
    "Hier stehen nur Meldungen ohne erkennbares Datum; wir würden sie als Aushang führen. Besser ist ein"
    " Kalender: wo seine Adresse steht, erklärt docs/initiatives.md für viele Systeme.",
    "There are only items without a recognisable date; we would list them as notices. A calendar is better:"
    " docs/initiatives.md tells for many systems where to find its address.",
)


def spoken(sentences: Sentences, language: str) -> str:
    """The German or the English one."""
    return sentences[1] if language == "en" else sentences[0]


def of_defect(kind: DefectKind, language: str = "de") -> str:
    """What the owner can do about a defect; that there is nothing to do where we manage alone."""
    return spoken(OF_DEFECT.get(kind, NOTHING_TO_DO), language)
