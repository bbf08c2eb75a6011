"""Which words and expressions mean the same, English beside German, in their normal form (`model.text.key`)."""

from __future__ import annotations

# One line, one meaning; English beside German. The first word stands for all of them.
SYNONYMS = """
    demo demonstration protest march laufdemo
    kundgebung rally
    mahnwache vigil
    streik strike
    klima climate
    buehne stage
    offen open
    tausch tauschen swap swapping exchange
    kleider kleidung klamotten clothes clothing mode
    floh flea
    markt market boerse
    basar bazaar
    abend evening
    nacht night
    konzert concert
    chor choir
    probe rehearsal
    vortrag talk lecture vorlesung
    putz putzete putzaktion cleanup
    stadt city town
    wachstum growth
    gemuese vegetable vegetables
    brot bread
    backen baking bake
    malen painting paint
    zeichnen drawing
    singen singing sing song songs lied lieder
    trommel trommeln drum drums drumming
    spaziergang walk stroll
    wanderung hike hiking wandern
    lauf laufen running run runners
    vogel bird birds voegel
    biene bee bees bienen
    krieg war
    zukunft future
    geschichte history stories geschichten erzaehlen
    gedenken gedenk gedenkt memorial remembrance commemoration
    mittag lunch mittagessen
    abendessen dinner supper
    bier beer
    wein wine
    orgel organ
    theater theatre
    puppe puppet puppen
    hilfe help helfen
    beratung advice counselling
    wohnen housing
    miete rent
    energie energy
    verkehr mobility mobilitaet traffic
    bahn train zug
    schule school
    hochschule university universitaet uni
    arbeit work job jobs
    gesundheit health
    eltern parents
    nachbar neighbour neighbor nachbarn nachbarschaft neighbourhood
    gefluechtete refugee refugees fluechtlinge
    willkommen welcome
    werkzeug tool tools
    fotografie photography foto photo fotos photos
    bild picture pictures bilder image
    dichtung poetry lyrik
    preis prize award
    spende donation spenden
    versteigerung auction
    verkauf sale
    ferien holidays holiday
    wettbewerb contest competition
    meisterschaft championship
    lernen learning learn
    deutsch german
    englisch english
    gesellschaft society
    wirtschaft economy
    vielfalt diversity
    freundschaft friendship
    religion religious
    gebet prayer
    gottesdienst worship
    tier animal animals tiere
    hund dog hunde
    tafel table
    kultur culture cultures kulturen
    film movie screening doku dokumentarfilm spielfilm documentary
    kino cinema
    treffen meeting trifft treff meetup
    gruppe group
    kueche kitchen
    fruehstueck breakfast
    weihnacht weihnachten christmas xmas advent
    fest party feier feiern celebration fete hocketse hockete hock kerwe kirmes
    rad fahrrad bicycle bike velo raeder fahrraeder radeln
    tour ride ausfahrt
    garten garden gaerten
    pflanze plant
    saatgut samen seed seeds
    frau frauen women woman
    kinder kind kids children kid
    reparatur repair reparieren repariert
    kurs course class
    fuehrung guided tour
    ausstellung exhibition
    eroeffnung opening auftakt
    frieden peace
    recht right rechte rights
    essen food meal
    mitglied mitglieder
    versammlung assembly
    kochen cooking cook
    tanz dance tanzen dancing
    ehrenamt volunteer volunteering freiwillig freiwillige freiwilligen ehrenamtlich ehrenamtliche
    sommer summer
    fruehling spring fruehjahr
    herbst autumn fall
    buch book buecher books
    bibliothek library buecherei
    lebendig living
    sprache language
    kauf buy kaufen
    nix nothing nichts
    spiel game games spielen
    lesung reading
    workshop seminar tagesseminar tagesworkshop
    musik music
    student students studierende studentisch
    disco disko
    soli benefiz benefit solidaritaet
    solawi solidarische
    laterne martin laternen
    info infos information
    cafe kaffee coffee
    muell abfall trash litter rubbish
    neujahr jahresauftakt
    antirassismus rassismus racism rassistisch rassismuskritisch antirassistisch
    gebraucht second used
    welt global world worldwide weltweit
    mensch human menschen
    schlafen sleep
    wald forest
    wasser water
    strasse street
    haus house
    bus buses busse
    still stille silent silence
    trauer trauern trauernd trauernde trauernden grief mourning
    hof farm bauernhof
    gemeinschaft community
    kirche church
    naehen sewing
    stricken knitting
    toepfern pottery
    schreiben writing
    schwimmen swimming
    schach chess
    kraeuter herbs
    pilz pilze mushroom mushrooms
    baum baeume tree trees
    obst fruit
    apfel aepfel apple apples
    honig honey
    wiese meadow
    fledermaus fledermaeuse bats
    kompost compost composting
    ostern oster easter
    feuer fire bonfire
    kerze kerzen candle candles
    maerchen fairytale fairytales
    zirkus circus
    mond moon
    armut poverty
    wahl wahlen election elections
    demokratie democracy
    freiheit freedom
    maedchen girl girls
    heizung heating
    bau bauen building
"""

# Expressions of several words and abbreviations: what stands before the colon stands for all of them.
EXPRESSIONS = """
    rathaus: town hall, city hall
    altstadt: old town
    markt: marktplatz, market square
    bahnhof: train station, railway station
    hoersaal: lecture hall
    grosser saal: main hall
    offene buehne: open mic, open stage
    frauentag: women s day, womens day, frauen kampftag, frauenkampftag, feministischer kampftag, women day
    kueche fuer alle: people s kitchen, kuefa, voku, volkskueche
    mitgliederversammlung: mv, annual general meeting, agm
    jahreshauptversammlung: jhv
    maifeiertag: labour day, may day, tag der arbeit
    flohmarkt: flea market, yard sale, garage sale
    weihnachtsmarkt: christmas market
    neujahr: new year s
    sprachcafe: language cafe
    spieleabend: game night, games night
    literaturkreis: book club, reading circle, lesekreis
    saatgutboerse: seed swap
    sommerfest: summer party
    stadtfest: town festival
    mitbring: bring share
    tanzkurs: dance class
    nachtwaechter: night watchman
    tag der offenen tuer: open house, open day
    gedenktag: holocaust remembrance day, holocaust gedenktag, remembrance day
    treffen: get together, meet up
    radtour: bike ride
    putzaktion: clean up, litter pick, dreck weg
    haupteingang: main entrance
    weltgebetstag: world day of prayer
    reparaturwerkstatt: repair shop
    volkshochschule: vhs
    mehrgenerationenhaus: mgh
    jugendzentrum: juz
    drk: rotes kreuz, roten kreuzes, rote kreuz, roten kreuz, red cross
    blutspende: blood donation, blutspendetermin, blutspendeaktion
    erste hilfe: first aid
    menschenrechte: human rights
    selbstverteidigung: self defence, self defense
    maerchen: fairy tale, fairy tales
    brettspiel: board game, board games
"""
PHRASES = {
    phrase: word
    for word, _, phrases in (line.strip().partition(": ") for line in EXPRESSIONS.strip().splitlines())
    for phrase in phrases.split(", ")
}

# Days whose date is a name, by day, month and the month's number.
DAYS_WITH_NAMES = {
    ("27", "januar", "1"): "gedenktag",
    ("8", "märz", "3"): "frauentag",
    ("1", "mai", "5"): "maifeiertag",
    ("8", "mai", "5"): "befreiung",
    ("1", "september", "9"): "antikriegstag",
    ("9", "november", "11"): "pogrom",
    ("25", "november", "11"): "gewaltfrei",
}
