"""The address rule, on paper: no name is looked up and nothing is contacted here."""

from __future__ import annotations

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.addresses import Target, host_key, is_public, judge, permits
from aggregator.model.settings import FetchSettings

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        pytest.param("https://example.org/x.ics", "https://example.org/x.ics", id="plain"),
        pytest.param("HTTPS://EXAMPLE.ORG/X.ics", "https://example.org/X.ics", id="capitals"),
        pytest.param("https://example.org:443/x", "https://example.org/x", id="default port"),
        pytest.param("http://example.org:8080/x", "http://example.org:8080/x", id="high port"),
        pytest.param("https://example.org", "https://example.org/", id="no path"),
        pytest.param("https://example.org?a=1", "https://example.org/?a=1", id="query only"),
        pytest.param("https://example.org./x", "https://example.org/x", id="trailing dot"),
        pytest.param("https://example.org/x#part", "https://example.org/x", id="fragment"),
        pytest.param("https://example.org/./y/../x", "https://example.org/x", id="dot segments"),
        pytest.param("  https://example.org/x\n", "https://example.org/x", id="blanks around"),
        pytest.param("http://example.org/x y", "http://example.org/x%20y", id="blank in the path"),
        pytest.param("https://exämple.org/ä", "https://xn--exmple-cua.org/%C3%A4", id="umlauts"),
        pytest.param("https://[2606:4700:0::1]/x", "https://[2606:4700::1]/x", id="IPv6"),
        pytest.param("http://93.184.216.34/x", "http://93.184.216.34/x", id="IPv4"),
        pytest.param("webcals://example.org/x", "https://example.org/x", id="webcals"),
        pytest.param("https://example.org/@me/x", "https://example.org/@me/x", id="@ in the path"),
    ],
)
def test_spellings_of_one_address_are_one(url, normal):
    assert [target.url for target in judge(url, NONE)] == [normal]


def test_webcal_means_https_and_then_http():
    targets = judge("webcal://example.org/x", NONE)
    assert [target.url for target in targets] == ["https://example.org/x", "http://example.org/x"]


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="nothing"),
        pytest.param("not a url", id="words"),
        pytest.param("example.org/x", id="no scheme"),
        pytest.param("//example.org/x", id="scheme-relative"),
        pytest.param("https:example.org/x", id="no slashes"),
        pytest.param("http:///x", id="no host"),
        pytest.param("http://./", id="a dot"),
        pytest.param("http://exa mple.org/", id="blank in the host"),
        pytest.param("http://example.org\t/x", id="tab in the host"),
        pytest.param("ht\ttp://example.org/", id="tab in the scheme"),
        pytest.param("http://example.org/\r\nHost: evil", id="line break"),
        pytest.param("http://example.org/x\x00", id="NUL"),
        pytest.param("https://example.org:443:80/", id="two ports"),
        pytest.param("http://example.org:65536/", id="port too high"),
        pytest.param("http://example.org:http/", id="port by name"),
        pytest.param("http://me:secret@example.org/", id="login"),
        pytest.param("http://public.example@127.0.0.1/", id="host behind a login"),
        pytest.param("http://127.0.0.1\\@public.example/", id="backslash"),
        pytest.param("https:\\\\example.org\\x", id="backslashes"),
        pytest.param("https://example.org%2eevil.example/", id="escape in the host"),
        pytest.param("https://example.org。evil.example/", id="ideographic dot"),
        pytest.param("http://１２７.0.0.1/", id="full-width digits"),
        pytest.param("http://①②⑦.⓪.⓪.①/", id="digits in circles"),
        pytest.param("http://127.1/", id="short IPv4"),
        pytest.param("http://2130706433/", id="IPv4 as one number"),
        pytest.param("http://0x7f000001/", id="hexadecimal IPv4"),
        pytest.param("http://0177.0.0.1/", id="octal IPv4"),
        pytest.param("http://0000127.0.0.1/", id="padded IPv4"),
        pytest.param("http://425.510.425.510/", id="overflowing IPv4"),
        pytest.param("http://1.2.3.4.5/", id="five numbers"),
        pytest.param("http://[fe80::1%25lo]/", id="IPv6 with a zone"),
        pytest.param("http://[::1", id="open bracket"),
        pytest.param("http://[v1.x]/", id="address of the future"),
        pytest.param("http://" + "a" * 64 + ".example/", id="long label"),
        pytest.param("http://" + "a." * 127 + "example/", id="long name"),
        pytest.param("http://example.org/" + "a" * 2048, id="long address"),
    ],
)
def test_what_is_no_complete_address_is_refused_without_quoting_it(url):
    assert judge(url, NONE) == Failure(ErrorClass.URL)


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        pytest.param("file:///etc/passwd", "", id="a file"),
        pytest.param("file://localhost/etc/passwd", "file://", id="a file on a host"),
        pytest.param("ftp://example.org/x", "ftp://", id="ftp"),
        pytest.param("data:text/calendar,BEGIN", "", id="data"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("me:secret@example.org", "", id="a login that looks like a scheme"),
    ],
)
def test_other_schemes_are_refused(url, detail):
    assert judge(url, NONE) == Failure(ErrorClass.SCHEME, detail)


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        pytest.param("http://127.0.0.1:8000/", "127.0.0.1:8000", id="loopback"),
        pytest.param("http://[::ffff:7f00:1]/", "::ffff:7f00:1", id="IPv4 in IPv6"),
        pytest.param("http://localhost/", "localhost", id="localhost"),
        pytest.param("http://localhost./", "localhost", id="localhost with a dot"),
        pytest.param("http://a.localhost/", "a.localhost", id="below localhost"),
        pytest.param("http://metadata.google.internal/", "metadata.google.internal", id="a cloud's own name"),
        pytest.param("http://fritz.box.home.arpa/", "fritz.box.home.arpa", id="a home's own name"),
        pytest.param("http://a_b/", "a_b", id="one label"),
        pytest.param("http://example.org:22/", "example.org:22", id="another service's port"),
        pytest.param("http://example.org:0/", "example.org:0", id="port 0"),
        pytest.param("webcal://10.0.0.1/", "10.0.0.1", id="webcal"),
    ],
)
def test_addresses_off_the_public_net_are_refused_unseen(url, detail):
    assert judge(url, NONE) == Failure(ErrorClass.ADDRESS, detail)


@pytest.mark.parametrize(
    ("url", "is_exempt"),
    [
        pytest.param("http://127.0.0.1:8000/x", True, id="the very origin"),
        pytest.param("http://127.0.0.1:8001/x", False, id="another port"),
        pytest.param("http://127.0.0.2:8000/x", False, id="another address"),
        pytest.param("http://localhost:8000/x", False, id="another name for it"),
        pytest.param("http://intern.example:22/x", True, id="a name with an unusual port"),
        pytest.param("https://[::1]/x", True, id="IPv6 with the default port"),
        pytest.param("http://[::1]/x", False, id="IPv6 with another default port"),
    ],
)
def test_an_exemption_is_for_exactly_one_origin(url, is_exempt):
    exempt = frozenset({"127.0.0.1:8000", "intern.example:22", "[::1]:443"})
    assert isinstance(judge(url, exempt), tuple) is is_exempt


@pytest.mark.parametrize(
    "address",
    [
        *("8.8.8.8", "93.184.216.34", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "223.255.255.255"),
        *("2606:4700::1111", "2a01:4f8::1", "2003::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"),
    ],
)
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1"),
        *("198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1"),
        *("2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "2001:10::1", "3fff::1", "5f00::1", "100::1"),
        *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "ff0e::1"),
        *("127.1", "0x7f000001", "2130706433", "0177.0.0.1", "example.org", ""),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


def test_an_exempt_name_may_lie_anywhere_and_so_may_an_exempt_address():
    target = Target("http", "intern.example", 8000)
    assert not permits(target, "10.0.0.7", 8000, NONE)
    assert permits(target, "10.0.0.7", 8000, frozenset({"intern.example:8000"}))
    assert permits(target, "10.0.0.7", 8000, frozenset({"10.0.0.7:8000"}))
    assert not permits(target, "10.0.0.7", 8000, frozenset({"10.0.0.7:8001"}))


def test_a_target_s_path_stays_out_of_its_repr():
    assert "hush" not in repr(judge("https://example.org/hush?key=hush", NONE))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://Example.org/x", ("example.org", 1), id="one at a time"),
        pytest.param("http://example.org:8080/y", ("example.org", 1), id="another port of the same host"),
        pytest.param("webcal://example.org/x", ("example.org", 1), id="webcal"),
        pytest.param("http://127.0.0.1:8000/x", ("127.0.0.1:8000", 8), id="exempt"),
        pytest.param("file:/tmp/x.ics", ("", 16), id="a file"),
    ],
)
def test_sources_of_one_host_share_a_key(url, key):
    assert host_key(url, FetchSettings(allow_origins=frozenset({"127.0.0.1:8000"}))) == key
