"""Secrets in addresses are recognised, taken out or refused, and never shown. All of these are invented."""

from __future__ import annotations

import pytest

from aggregator.model.secrets import holds_secret, public_form, shown_host

TEAM = "https://portal.example/events/team/7/feed/"


@pytest.mark.parametrize(
    ("url", "public", "removed"),
    [
        pytest.param(f"{TEAM}?user=3&token=99", TEAM, ("token", "user"), id="WECHANGE"),
        pytest.param(
            f"{TEAM}?user=3&include_sub_projects=1&token=99#top",
            f"{TEAM}?include_sub_projects=1",
            ("token", "user"),
            id="WECHANGE with a setting that stays",
        ),
        pytest.param(f"{TEAM}?TOKEN=99&v=%C3%A4", f"{TEAM}?v=%C3%A4", ("token",), id="half of it, in capitals"),
        pytest.param(f"{TEAM}?%74oken=99", TEAM, ("token",), id="written in escapes"),
        pytest.param("https://a.example/x?user=3&token=9", "https://a.example/x", ("token", "user"), id="elsewhere"),
    ],
)
def test_where_a_public_form_exists_the_secret_is_taken_out(url, public, removed):
    form = public_form(url)
    assert (form.url, form.removed, form.refused_reason) == (public, removed, "")


@pytest.mark.parametrize(
    ("url", "product"),
    [
        pytest.param("https://calendar.google.com/calendar/ical/a%40b/private-0f/basic.ics", "Google", id="Google"),
        pytest.param("https://www.google.com/calendar/embed?src=a&pvttk=0f", "Google", id="Google embedded"),
        pytest.param("https://outlook.live.com/owa/calendar/1/2/3/reachcalendar.ics", "Outlook", id="Outlook"),
        pytest.param("https://www.facebook.com/events/ical/upcoming/?uid=1&key=2", "Facebook", id="Facebook"),
        pytest.param("https://a.example/export.php?userid=1&authtoken=2", "Moodle", id="Moodle"),
        pytest.param("https://a.example/events/going/0f/ics", "Mobilizon", id="Mobilizon"),
        pytest.param("https://me:pw@cloud.example/remote.php/dav/calendars/me/a?export", "Login", id="CalDAV login"),
        pytest.param("https://me@cloud.example/x", "Login", id="a name alone"),
        pytest.param("https://a.example/x?Password=pw", "Login", id="password in the query"),
        pytest.param("webcal://a.example/x?access_token=0f", "Login", id="an application's key"),
    ],
)
def test_a_personal_link_without_public_form_is_refused(url, product):
    form = public_form(url)
    assert (form.url, form.refused_reason) == ("", product)
    assert holds_secret(url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://a.example/feed/?s=1", id="plain"),
        pytest.param("https://a.example/x?token=0f", id="a token that may be a share link"),
        pytest.param("https://a.example/private-party/feed", id="another product's path"),
        pytest.param("https://notgoogle.com/private-0f/basic.ics", id="a host that only ends alike"),
        pytest.param("https://calendar.google.com/calendar/ical/a%40b/public/basic.ics", id="public Google"),
        pytest.param("https://cloud.example/remote.php/dav/public-calendars/AbC?export", id="Nextcloud share"),
        pytest.param("https://outlook.office365.com/owa/calendar/1/2/calendar.ics", id="published Outlook"),
        pytest.param("https://[broken", id="no address at all"),
        pytest.param("file:/srv/x.ics", id="a file"),
    ],
)
def test_other_addresses_stay_as_they_are(url):
    assert public_form(url) == public_form(url).__class__(url)


@pytest.mark.parametrize(
    ("url", "is_secret"),
    [
        pytest.param(f"{TEAM}?user=3&token=99", True, id="personal"),
        pytest.param("https://cloud.example/remote.php/dav/public-calendars/AbC?export", True, id="share link"),
        pytest.param("https://cloud.example/index.php/s/AbCdEfGhIjKlMnO/download", True, id="shared file"),
        pytest.param("https://cloud.example/s/AbCdEfGhIjKlMnO", True, id="shared file without index.php"),
        pytest.param("https://cloud.example/apps/calendar/p/AbCdEfGhIj", True, id="shared page"),
        pytest.param("https://a.example/x.ics?a=1&Token=0f", True, id="a lone token"),
        pytest.param("sealed://cloud.example/gAAAA", True, id="sealed already"),
        pytest.param("https://a.example/feed/", False, id="plain"),
        pytest.param("https://a.example/s/chor", False, id="a short path that happens to be called s"),
        pytest.param("https://a.example/feed/#token=1", False, id="a fragment, which is never sent"),
    ],
)
def test_share_links_are_guarded_like_secrets(url, is_secret):
    assert holds_secret(url) is is_secret


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("https://me:pw@Cloud.example:8443/hush?hush#hush", "cloud.example", id="all parts"),
        pytest.param("webcal://a.example/hush", "a.example", id="webcal"),
        pytest.param("https://exämple.org/", "xn--exmple-cua.org", id="umlauts"),
        pytest.param("file:/home/me/hush.ics", "", id="a file"),
        pytest.param("https://[hush", "", id="unreadable"),
        pytest.param("hush", "", id="no address"),
        pytest.param("sealed://cloud.example/hush", "cloud.example", id="sealed"),
        pytest.param("http://a.example\\@hush.example", "", id="two readings"),
    ],
)
def test_only_the_host_is_shown(url, host):
    assert shown_host(url) == host


def test_a_public_form_does_not_show_its_address():
    assert "hush" not in repr(public_form("https://a.example/hush"))
