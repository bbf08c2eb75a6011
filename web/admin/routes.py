"""All addresses of the operators' rooms in one table; the guard stands before every one of them."""

from __future__ import annotations

from flask import Blueprint

from web.admin import (
    access,
    correcting,
    events,
    figures,
    initiatives,
    log,
    places,
    post,
    registrations,
    review,
    sources,
    suggestions,
    supposing,
    texts,
    todo,
    topics,
)
from web.admin.frame import never_kept

admin = Blueprint("admin", __name__, url_prefix="/admin")
admin.before_request(access.guard)
admin.after_request(never_kept)

GET, POST = ["GET"], ["POST"]
EVENT, SOURCE, WAITING = (
    "/events/<event_id:event_id>",
    "/sources/<source_id>",
    "/registrations/<event_id:registration_id>",
)
PAGES = (
    ("", todo.today, GET),
    ("/login", access.login_page, GET),
    ("/login", access.log_in, POST),
    ("/logout", access.log_out, POST),
    ("/log", log.log_page, GET),
    ("/events", events.events_page, GET),
    (EVENT, events.event_page, GET),
    (f"{EVENT}/correct", correcting.correct, POST),
    (f"{EVENT}/date", correcting.correct_date, POST),
    (f"{EVENT}/pin", correcting.pin, POST),
    (f"{EVENT}/undo", correcting.undo, POST),
    (f"{EVENT}/hide", correcting.hide, POST),
    (f"{EVENT}/show", correcting.show, POST),
    (f"{EVENT}/split", correcting.split, POST),
    (f"{EVENT}/merge", correcting.merge, POST),
    (f"{EVENT}/unsay", correcting.unsay, POST),
    ("/review", review.review_page, GET),
    ("/review", review.answer, POST),
    ("/review/together", supposing.suppose, POST),
    ("/review/undo", review.take_back, POST),
    ("/suggestions/<event_id:suggestion_id>", suggestions.judge, POST),
    ("/sources", sources.sources_page, GET),
    (SOURCE, sources.source_page, GET),
    (f"{SOURCE}/body", sources.raw_body, GET),
    (f"{SOURCE}/held", sources.judge, POST),
    (f"{SOURCE}/refresh", sources.refresh, POST),
    (f"{SOURCE}/replay", sources.replay, POST),
    (f"{SOURCE}/change", sources.change, POST),
    ("/registrations", registrations.registrations_page, GET),
    (WAITING, registrations.registration_page, GET),
    (WAITING, registrations.decide, POST),
    (f"{WAITING}/look", registrations.look, POST),
    ("/post", post.post_page, GET),
    ("/post/mails/<int:number>", post.mail_done, POST),
    ("/post/mails/<int:number>/again", post.mail_again, POST),
    ("/post/reports/<int:number>", post.report_done, POST),
    ("/places", places.places_page, GET),
    ("/places", places.add, POST),
    ("/places/<int:number>", places.place_page, GET),
    ("/places/<int:number>", places.change, POST),
    ("/initiatives", initiatives.initiatives_page, GET),
    ("/initiatives/<event_id:initiative_id>", initiatives.put_under, POST),
    ("/initiatives/<event_id:initiative_id>/restore", initiatives.restore, POST),
    ("/topics", topics.topics_page, GET),
    ("/topics", topics.give, POST),
    ("/topics/remove", topics.take_back, POST),
    ("/texts", texts.texts_page, GET),
    ("/texts/<name>/<language>", texts.text_page, GET),
    ("/texts/<name>/<language>", texts.save, POST),
    ("/figures", figures.figures_page, GET),
    ("/figures.csv", figures.figures_table, GET),
)

for path, view, methods in PAGES:
    admin.add_url_rule(path, f"{view.__module__.rpartition('.')[2]}-{view.__name__}", view, methods=methods)
