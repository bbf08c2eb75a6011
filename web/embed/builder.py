"""The page on which people put an embed together: a form, its preview, and what to copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection

from aggregator.errors import FilterError
from aggregator.model.text import key
from web.answering import Kind, Rhythm
from web.assets import Assets
from web.calendar.choices import conditions
from web.embed.colours import OWN, Colours, refuse_unreadable, without_choice
from web.embed.options import LIST, MAP, MONTH, NEXT, EmbedOptions, read_options
from web.embed.snippets import SANDBOX, snippets
from web.embed.style import our_tokens
from web.kept import Reply
from web.languages import NAMES
from web.links import Links
from web.pages import page
from web.scene import Scene
from web.services import current_services
from web.visits import Visit

BUILDER = Kind(Rhythm.DAILY, own=("view", "count", "limit", "title", "colours", "accent", "paper", "ink", "embed_lang"))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose in the form."""

    value: str
    label: str
    is_chosen: bool
    hint: str = ""


def builder_reply(visit: Visit, scene: Scene, connection: Connection) -> Reply:
    """The builder with what is chosen so far."""
    services = current_services()
    asked = read_options(visit.own)
    complaint = complaint_about(asked, services.assets, scene)
    shown = replace(asked, colours=without_choice(asked.colours)) if complaint else asked
    spoken = Links(visit.own.get("embed_lang", "") if visit.own.get("embed_lang") in services.tongues else "")
    relative = spoken.to("/embed", shown.query(scene.wanted))
    base, say = scene.settings.site.base_url, scene.tongue.gettext
    title = asked.title or say("Nächste Termine")
    codes = snippets(base + relative, base + spoken.agenda(scene.wanted), title, shown.height, say("Termine ansehen"))
    return page(
        "embed_builder.html",
        scene,
        title=say("Termine auf der eigenen Website zeigen"),
        own_query=urlencode([*asked.pairs, *embed_language(spoken)]),
        form=form_values(asked, spoken.language, services.assets, scene),
        complaint=complaint,
        preview=relative,
        height=shown.height,
        codes=codes,
        sandbox=SANDBOX,
        back_link=scene.links.agenda(scene.wanted),
    )


def embed_language(spoken: Links) -> list[tuple[str, str]]:
    """The parameter for the language of the embed, when one was chosen."""
    return [("embed_lang", spoken.language)] if spoken.language else []


def complaint_about(options: EmbedOptions, assets: Assets, scene: Scene) -> str:
    """Why the chosen colours cannot be used; "" when they can."""
    try:
        refuse_unreadable(options.colours, our_tokens(assets))
    except FilterError as error:
        return error.sentences["en" if scene.language == "en" else "de"]
    return ""


def form_values(asked: EmbedOptions, language: str, assets: Assets, scene: Scene) -> Mapping[str, object]:
    """Everything that the form shows as chosen or to be chosen."""
    wanted = scene.wanted
    elsewhere = replace(wanted, topics=(), initiatives=(), text="")
    return {
        "views": views(asked, scene),
        "count": asked.count or "",
        "usual": asked.lines,
        "title": asked.title,
        "text": wanted.text,
        "topics": [Option(one.id, one.label(scene.language), one.id in wanted.topics) for one in scene.settings.topics],
        "initiatives": sorted(
            (Option(one.id, one.name, one.id in wanted.initiatives) for one in scene.initiatives.values()),
            key=lambda option: (not option.is_chosen, key(option.label)),
        ),
        "languages": languages(language, scene),
        "schemes": schemes(asked, scene),
        "colours": colour_fields(asked.colours, assets, scene),
        "hidden": parse_qsl(elsewhere.query()) + ([("lang", scene.links.language)] if scene.links.language else []),
        "besides": [words for words, _ in conditions(replace(scene, wanted=elsewhere))],
    }


def views(asked: EmbedOptions, scene: Scene) -> tuple[Option, ...]:
    """The views, each with when it suits."""
    say = scene.tongue.gettext
    return (
        Option(LIST, say("Liste"), asked.view == LIST, say("Tag für Tag, für eine eigene Seite")),
        Option(NEXT, say("Nächste Termine, kompakt"), asked.view == NEXT, say("wenige Zeilen, für eine Randspalte")),
        Option(MONTH, say("Monat"), asked.view == MONTH, say("kleiner Kalender, Tage zum Antippen")),
        Option(MAP, say("Karte"), asked.view == MAP, say("Orte als Skizze und Liste, ohne fremden Kartendienst")),
    )


def languages(chosen: str, scene: Scene) -> tuple[Option, ...]:
    """The languages of the embed; none chosen follows the visitor."""
    spoken = current_services().tongues
    own = Option("", scene.tongue.gettext("wie der Browser der Besucher"), not chosen)
    return (own, *(Option(code, NAMES.get(code, code), code == chosen) for code in spoken))


def schemes(asked: EmbedOptions, scene: Scene) -> tuple[Option, ...]:
    """Whose colours, and light or dark."""
    say, chosen = scene.tongue.gettext, asked.colours.scheme
    return (
        Option("auto", say("hell oder dunkel, wie das Gerät es möchte"), chosen == "auto"),
        Option("light", say("immer hell"), chosen == "light"),
        Option("dark", say("immer dunkel"), chosen == "dark"),
        Option(OWN, say("eigene Farben:"), chosen == OWN),
    )


def colour_fields(colours: Colours, assets: Assets, scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """Name, label and present value of each colour that can be chosen."""
    say, light = scene.tongue.gettext, our_tokens(assets)[0]
    return (
        ("paper", say("Grund"), colours.paper or light["--paper"]),
        ("ink", say("Schrift"), colours.ink or light["--ink"]),
        ("accent", say("Links"), colours.accent or light["--accent"]),
    )
