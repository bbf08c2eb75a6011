"""Tables of words: what titles of events anywhere say alike, and which words mean the same.

Nothing here knows a town, a house or a group. Words stand in their normal form (`model.text.key`).
"""

from __future__ import annotations

# Words that tell nothing about which event is meant: grammar, politeness, time, the business of announcing.
STOP = frozenset(
    """
    a ab aber alle allem allen aller alles als also am an and andere anderen anderer auch auf aus ausser bei beim
    bin bis bist bitte da dabei dadurch dafuer damit danach dann daran darauf darf darueber das dass dazu dein deine
    deinen dem den denen denn der deren des dessen deshalb dich die dies diese diesem diesen dieser dieses diesmal
    dir doch dort du durch e ein eine einem einen einer eines eigen eigene einfach einige einmal er erst erste
    ersten es etwa etwas euch euer eure eurer for from fuer fuers gab ganz ganze ganzen gar geben gegen gehen geht
    gemeinsam gern gerne gibt habe haben habt hat hatte her herzlich heute hier hin hinter ich ihm ihn ihnen ihr
    ihre ihrem ihren ihrer im immer in innen ins is ist it ja jede jedem jeden jeder jedes jetzt kann kannst kein
    keine keinen koennen koennt kommen komm kommt la lassen laden laedt macht machen mal man mehr mein meine mich
    mir mit mitbringen moechte moechten muss nach nachher naechste naechsten neben nein nicht nichts noch nun nur ob
    oder of oft ohne on our per schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so sodass sogar
    soll sollen sonst sowie statt the their this to um und uns unser unsere unserem unseren unserer unter us viel
    viele vielen vom von vor war was wegen weil weiter welche welcher wenn wer werden wie wieder will willkommen wir
    wird with wo wollen worden wurde wurden you your zu zum zur zusammen zwei drei vier fuenf zwischen anschliessend
    ende beginn beginnt start startet einlass doors eintritt frei kostenlos kostenfrei spende spenden anmeldung
    anmelden erforderlich erbeten infos info informationen information details link website termin termine datum
    zeit ort uhr treffpunkt ueber ca max min euro eur veranstaltung veranstaltungen event events findet montag dienstag
    mittwoch donnerstag freitag samstag sonnabend sonntag montags dienstags mittwochs donnerstags freitags samstags
    sonntags monday tuesday wednesday thursday friday saturday sunday mo di mi do fr sa januar februar maerz april
    mai juni juli august september oktober november dezember january february march may june july october december
    jan feb mrz apr jun jul aug sep sept okt nov dez morgen uebermorgen woche wochen tag tage tagen jahr jahre
    jahren monat monats minuten minute stunde stunden abgesagt absage entfaellt faellt ausgebucht ausverkauft
    verschoben verlegt neu neue neuen neuer neues sold out cancelled postponed moved http https www org de com html
    neuigkeit grosse grosser grosses kleine kleiner bereits rund vorher spaeter lange interessierte interessierten
    personen person menschen leute teilnahme teilnehmen teilnehmende kurz leider ev e.v gmbh gemeinnuetzig
    """.split()
)

# Words that stand over many events in any town: they prove little, though more than nothing.
COMMON = frozenset(
    """
    plenum treffen markt gruppentreffen aktiventreffen vernetzungstreffen stammtisch sitzung vorstandssitzung
    mitglieder versammlung hauptversammlung vollversammlung sprechstunde beratung arbeitseinsatz aktion einsatz
    abend infoabend informationsabend spiele spiel film kino flohmarkt floh fest sommer sommerfest weihnacht advent
    winter herbst fruehling feier konzert musik lesung vortrag workshop probe krabbelgruppe gottesdienst andacht
    yoga meeting kurs seminar gruppe offen cafe fuehrung rundgang tour rad ausstellung eroeffnung diskussion podium
    gespraech austausch werkstatt kinder familie frau jugend senioren verein initiative projekt thema stand
    infostand demo mahnwache kundgebung basar boerse tausch tanz chor party essen kochen kueche fruehstueck brunch
    buch garten haus raum saal stadt lokal region umwelt klima natur sprache deutsch online reihe programm besuch
    training schulung bildung theater buehne live band turnier tuer laterne umzug martin oster krippen oeffentlich
    kennenlernen engagement ehrenamt freiwillig brunch gemeinderat krippe rat ausschuss konferenz begegnung
    infostand empfang tauschboerse erzaehl literatur kreis trommel jahr ball sammlung
    """.split()
)

# Compounds that any group may have on any day, however few of them a small town has.
EVERYBODYS = frozenset(
    """
    sommerfest winterfest herbstfest fruehlingsfest kinderfest strassenfest weihnachtsfeier weihnachtsmarkt
    adventsmarkt flohmarkt spieleabend filmabend kochabend infoabend liederabend singkreis mitgliederversammlung
    jahresversammlung bastelnachmittag seniorennachmittag familiennachmittag
    """.split()
)

# What groups hold for themselves: which one it is, is told by who holds it.
MEETINGS = frozenset(
    """
    plenum treffen gruppentreffen aktiventreffen vernetzungstreffen stammtisch sitzung vorstandssitzung versammlung
    hauptversammlung vollversammlung jahreshauptversammlung jahresversammlung mitgliederversammlung sprechstunde
    probe brunch
    """.split()
)
# What any of them may be called besides.
FORMAL = frozenset(
    """offen oeffentlich mitglieder aktiv gruppe haupt jahreshaupt jahr monat abend vorstand team orga sommer winter
    herbst fruehling advent weihnacht kennenlernen verein""".split()
)

# Second halves by which long German words are cut, so that "Klima-Plenum" and "Klimaplenum" are one.
HEADS = frozenset(
    """
    abend aktion aktionstag angebot antrag arbeit ausstellung austausch bar basar ball beratung bibliothek boerse
    buecherei buehne cafe camp chor demo demonstration dinner disco disko einsatz empfang eroeffnung fahrt feier
    fest festival feuer film filme flohmarkt forum frau frauen freunde fruehstueck fuehrung garten gang gebet
    gespraech gottesdienst gruppe haus helfer hilfe hof infoabend kabarett karten keller kino kirche kleider klub
    kneipe konferenz konzert kreis kueche kunst kurs labor laden laufen lehrgang lesung marathon markt maerkte meile
    messe mittag musik nachmittag nacht park party picknick plan platz plenum podium pokal preis probe programm
    projekt putz putzaktion putzete quiz rad rally raum rundgang saal salon schau schule seminar singen sitzung slam
    spaziergang spiel spiele sprechstunde stammtisch stand strasse streik stunde tafel tag tanz tausch theater tour
    training treff treffen trommel turnier uebung umzug verein verleih versammlung vorlesung vortrag wache wald
    wanderung weg werkstatt woche wochen workshop zentrum zirkel zeit kraftwerk kalender fenster lichter turm reise
    gemeinde buerger boden kasse paten lotsen lotse wirtschaft
    andacht ausfahrt ausflug backen basteln brunch gaertnern grillen gymnastik jubilaeum kette kochen kundgebung
    lauf meditation naehen pflanzen premiere radeln reparieren sammeln schrauben schwimmen stricken tanzen turnen
    vesper vernissage wandern yoga zug
    """.split()
)

# A title with one of these means something beside the event: its preparation, its end, a part of it.
SIDE_EVENTS = {
    word: kind
    for kind, words in {
        "set-up": "aufbau abbau vorbereitung vorbereitungstreffen orga anlieferung annahme setup vortreffen",
        "rehearsal": "generalprobe tanzprobe soundcheck einsingen rehearsal durchlaufprobe",
        "afterwards": "nachtreffen nachbereitung aftershow after afterhour aftershowparty afterparty",
        "helpers": "helfertreffen helferfest helferkreis helferdienst helferschicht",
        "making": "basteln malen",
        "part": "zubringer auftritt staendchen infostand buechertisch infotisch",
    }.items()
    for word in words.split()
}  # fmt: skip

# Whom a title calls; an event for some is not the event for all.
AUDIENCES = {
    "kinder": "children", "familie": "children", "familien": "children", "krabbel": "children",
    "senioren": "seniors", "seniorinnen": "seniors", "jugend": "youth", "teenager": "youth",
}  # fmt: skip
