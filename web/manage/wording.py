"""What the console says after something was done."""

from __future__ import annotations

from web.scene import Scene


def done_words(done: str, scene: Scene) -> str:
    """The sentence for the name of a deed, "" for any other."""
    say = scene.tongue.gettext
    return {
        "saved": say("Gespeichert."),
        "paused": say("Angehalten. Die bisherigen Termine bleiben stehen."),
        "resumed": say("Wir lesen wieder."),
        "removed": say("Entfernt, mit allen Terminen daraus."),
        "added": say("Hinzugefügt. Die Termine erscheinen gleich."),
        "hidden": say("Ausgeblendet."),
        "shown": say("Wieder sichtbar."),
        "said": say("Danke, das merken wir uns. Es gilt gleich."),
        "mailed": say("Der neue Link ist per E-Mail unterwegs; der alte gilt nicht mehr."),
        "restored": say("Alles ist wieder da."),
        "taken": say("Eingetragen. Es erscheint gleich im Kalender."),
        "dismissed": say("Danke, wir fragen nicht mehr danach."),
        "asked_again": say("Zurückgenommen."),
        "full": say("Mehr Termine gehen hier nicht; ein eigener Kalender ist dann besser."),
        "decided": say("Gemerkt. Es gilt sofort auf eurer Bündnisseite."),
        "asked": say("Das Bündnis sieht eure Anfrage auf seiner Seite."),
    }.get(done, "")
