"""The web application: puts the rooms together, decides nothing."""

from __future__ import annotations

from secrets import token_hex

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from aggregator.clock import Clock
from aggregator.config.environment import Environment
from aggregator.config.secret_key import secret_key
from aggregator.model.settings import Settings
from aggregator.model.times import zone_info
from aggregator.store.database import Store
from web.admin.access import configure_sessions
from web.admin.routes import admin
from web.api.initiatives import directory_api
from web.api.routes import api
from web.assets import load_assets
from web.calendar.routes import residents
from web.compression import compress
from web.counting import FeedCounter, count_feeds
from web.digest.routes import weekly
from web.doorkeeper import Doorkeeper, Surroundings
from web.embed.routes import embeds
from web.event_ids import EventId
from web.feeds.routes import feeds
from web.forms import guard_posts
from web.headers import add_safety
from web.health.routes import health
from web.health.source import source_health
from web.help.routes import helping
from web.initiatives.routes import initiatives
from web.kept import KeptReplies
from web.languages import load_tongues
from web.legal.routes import legal
from web.machines.exchange import exchange
from web.machines.routes import machines
from web.manage.rooms import CONSOLE
from web.map.routes import maps
from web.map.street_map import street_map
from web.notices.routes import notices
from web.pages import prepare_templates
from web.planning.routes import planning
from web.printing.routes import printing
from web.problems import register_problems
from web.registration.confirming import confirming
from web.registration.routes import registration
from web.reports.routes import reporting
from web.saved.routes import saved
from web.services import EXTENSION, Services, version_of
from web.static_files import static_files
from web.subscribe.routes import subscriptions

LONGEST_BODY = 64_000
ROOMS = (
    residents,
    reporting,
    registration,
    confirming,
    *CONSOLE,
    initiatives,
    notices,
    saved,
    maps,
    exchange,
    machines,
    street_map,
    feeds,
    embeds,
    subscriptions,
    weekly,
    printing,
    planning,
    api,
    directory_api,
    health,
    source_health,
    helping,
    static_files,
    legal,
    admin,
)


def create_app(store: Store, settings: Settings, clock: Clock, environment: Environment | None = None) -> Flask:
    """The application that answers from this store.

    `clock` gives the present moment in UTC (a demonstration's clock ticks elsewhere). The application
    sets no cookie but for operators who log in, and never uses the Host header; every absolute address is
    made from `site.base_url`. Without `environment` what it signs is void when it ends.
    """
    app = Flask(__name__, static_folder=None)
    if environment and environment.trusted_proxies:
        # Only who visits is taken from the proxy, for limits; never a host or a path.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=environment.trusted_proxies, x_proto=0, x_host=0
        )
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.extensions[EXTENSION] = Services(
        store=store,
        settings=settings,
        clock=clock,
        tongues=load_tongues(settings.site.languages),
        assets=load_assets(settings.site.look),
        kept=KeptReplies(),
        # Where mail begins or ends to be possible, pages offer other things.
        version=version_of(settings) + ("+mail" if environment and environment.mail else ""),
        secret=secret_of(store, environment),
        can_mail=bool(environment and environment.mail),
    )
    configure_sessions(app, settings, app.extensions[EXTENSION].secret)
    app.url_map.converters["event_id"] = EventId
    prepare_templates(app)
    register_problems(app)
    guard_posts(app)
    for blueprint in ROOMS:
        app.register_blueprint(blueprint)
    app.after_request(add_safety)
    counter = count_feeds(app, app.extensions[EXTENSION])
    app.after_request(compress)
    put_doorkeeper(app, counter)
    return app


def put_doorkeeper(app: Flask, counter: FeedCounter) -> None:
    """Let answers that were given before be given without Flask."""
    services: Services = app.extensions[EXTENSION]
    around = Surroundings(
        generation=lambda: services.store.generation(),
        clock=services.clock,
        zone=zone_info(services.settings.site.timezone),
        languages=tuple(services.tongues),
        count=counter.count,
    )
    app.wsgi_app = Doorkeeper(app.wsgi_app, around)  # type: ignore[method-assign]


def secret_of(store: Store, environment: Environment | None) -> str:
    """The secret of this installation: the environment's, or that of the file beside the database."""
    return secret_key(environment.secret_key, store.url) if environment else token_hex(32)
