"""What matching found in a pair, in words; the command line has its own (aggregator.cli.reasons)."""

from __future__ import annotations

from web.admin.frame import say


def finding_words(name: str, level: str) -> str:
    """One finding as a clause; nothing for one that says nothing to people."""
    about = {"start": of_time, "end": of_time, "place": of_place, "room": of_place, "title": of_words}
    return about.get(name, of_rest)().get(f"{name} {level}") or of_words().get(f"{name} {level}", "")


def of_time() -> dict[str, str]:
    """Findings about when."""
    return {
        "start equal": say("gleicher Beginn"),
        "start one_rhythm": say("beide Reihen fallen auf dieselben Tage und Stunden"),
        "start near_rhythm": say("beide Reihen fallen auf dieselben Tage, fast zur selben Stunde"),
        "start shifted": say("Beginn und Ende um gleich viele Stunden verschoben, wie bei falscher Zeitzone"),
        "start told": say("ein Text nennt die Uhrzeit des anderen"),
        "start doors": say("weniger als eine halbe Stunde auseinander, wie Einlass und Beginn"),
        "start booked": say("eines ist die Belegung des Hauses, die früher beginnt"),
        "start same_end": say("gleiches Ende, eines beginnt früher"),
        "start near": say("weniger als eine Stunde auseinander"),
        "start all_day": say("eines nennt nur den Tag, und der ist gleich"),
        "start same_days": say("dieselben Tage"),
        "start hours": say("Stunden auseinander"),
        "start inside": say("eines liegt in den Tagen des anderen"),
        "start first_day": say("eines sagt, wann es beginnt, das andere, wie viele Tage es dauert"),
        "start apart": say("am selben Tag weit auseinander"),
        "start moved": say("eines ist verlegt und nennt den Tag des anderen"),
        "start other_day": say("verschiedene Tage"),
        "end equal": say("gleiches Ende"),
        "end differs": say("enden mehr als eine Stunde auseinander"),
    }


def of_place() -> dict[str, str]:
    """Findings about where."""
    return {
        "place venue": say("gleiches Haus"),
        "place address": say("gleiche Anschrift unter anderem Namen"),
        "place point": say("gleiche Koordinaten"),
        "place name": say("gleicher Name des Ortes"),
        "place named": say("ein Text nennt den Ort des anderen"),
        "place corrected": say("verschiedene Orte, aber ein Text nennt den anderen"),
        "place implied": say("eines nennt keinen Ort, gehört aber zum Haus des anderen"),
        "place both_mention": say("beide Texte nennen denselben Ort"),
        "place online": say("beide online"),
        "place gathering": say("eine Gruppe trifft sich vorher woanders, um gemeinsam hinzugehen"),
        "place overlap": say("die Namen der Orte ähneln sich nur"),
        "place root": say("die Namen der Orte beginnen gleich"),
        "place street": say("eines nennt die Straße, eines ein Haus darin"),
        "place beside": say("andere nennen beide Orte zusammen"),
        "place away": say("eines nennt keinen Ort und gehört zu einem anderen Haus"),
        "place unclear": say("Orte nicht vergleichbar"),
        "place differs": say("verschiedene Orte"),
        "place far": say("weit voneinander entfernt"),
        "place other_town": say("verschiedene Städte"),
        "place worded_town": say("die Worte des einen nennen eine andere Stadt"),
        "place other_area": say("ein Titel nennt einen Teil der Stadt, von dem das andere nichts sagt"),
        "place home_town": say("nach Haus oder Veranstalter wohl in verschiedenen Städten"),
        "place elsewhere": say("ein Text nennt einen anderen Ort"),
        "place online_and_on_site": say("eines online, eines vor Ort"),
        "room equal": say("gleicher Raum"),
        "room differs": say("verschiedene Räume eines Hauses"),
    }


def of_words() -> dict[str, str]:
    """Findings about titles and texts."""
    return {
        "title shared": say("gemeinsame Wörter im Titel"),
        "title none": say("kein gemeinsames Wort im Titel"),
        "cover equal": say("die Titel sagen dasselbe"),
        "cover equal_common": say("die Titel sagen dasselbe, aber viele Termine heißen so"),
        "cover common": say("nur Wörter gemeinsam, die viele haben"),
        "cover compound": say("ein seltenes langes Wort gemeinsam, aber weder Ort noch Gruppe stimmen überein"),
        "cover common_only": say("nur Wörter gemeinsam, die viele haben, und weder Ort noch Gruppe stimmen überein"),
        "cover other_group": say("beides ein Treffen, aber von verschiedenen Gruppen"),
        "cover guest": say("der Kalender des Hauses sagt nur, wer kommt"),
        "cover whole": say("der kürzere Titel steckt ganz im längeren"),
        "cover told": say("der Titel steht nur im Text des anderen"),
        "cover hinted": say("der Titel steht nur im Text des anderen, und die Uhrzeiten stimmen nicht überein"),
        "cover none": say("vom Titel findet sich nichts beim anderen"),
        "cover empty": say("ein Titel sagt nur, wo oder von wem"),
        "rest both": say("jeder Titel nennt etwas, das der andere trotz langem Text nicht erwähnt"),
        "across shared": say("Wörter des Titels stehen im Text des anderen"),
        "text shared": say("seltene Wörter gemeinsam"),
        "copy copied": say("ein ganzer Satz ist gleich"),
    }


def of_rest() -> dict[str, str]:
    """Findings about everything else."""
    return {
        "organiser same": say("gleicher Veranstalter"),
        "organiser in_title": say("ein Titel nennt die Gruppe des anderen"),
        "organiser in_text": say("ein Text nennt die Gruppe des anderen"),
        "organiser third": say("beide nennen dieselbe Gruppe"),
        "organiser each_own": say("jeder Titel nennt eine andere Gruppe"),
        "organiser strangers": say("zwei Gruppen, von denen keine die andere nennt, und ein Titel, den viele haben"),
        "link same_page": say("beide verweisen auf dieselbe Seite"),
        "link refers": say("eines verweist auf die Seite des anderen"),
        "link both_refer": say("beide verweisen auf dieselbe Adresse"),
        "uid same": say("gleiche Kennung"),
        "source one": say("zwei Einträge eines Kalenders"),
        "source listed_twice": say("derselbe Kalender führt es doppelt"),
        "source own_date": say("der Kalender führt einen Tag seiner Reihe noch einmal"),
        "source own_series": say("beide stehen in einem Kalender"),
        "marks agree": say("gleiche Nummer des Teils"),
        "marks differ": say("verschiedene Teile einer Folge"),
        "side one_sided": say("eines ist Aufbau, Probe, Nachfeier oder ein Teil"),
        "side beside": say("eines nennt das andere als das, was es ersetzt oder wovon es ein Teil ist"),
        "side differ": say("verschiedene Dinge rund um einen Termin"),
        "audience differ": say("sie rufen verschiedene Leute"),
        "price agree": say("gleicher Preis"),
        "price differ": say("verschiedene Preise"),
    }
