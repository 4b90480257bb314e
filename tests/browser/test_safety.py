"""What leaves the machine, who may ask the server, and whether everybody can use the pages."""

import http.client
from urllib.parse import urlsplit

import pytest
from driving import serious, settled

from workbench.ui.shell import ROOMS

PAGES = [room.address if n else "" for n, room in enumerate(ROOMS)]


def test_no_request_leaves_the_machine(serve, window, study):
    app, asked = serve(study), []
    page = window()
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    for place in PAGES:
        page.goto(f"{app.address}/{place}")
        settled(page)
        page.wait_for_timeout(300)
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {f"127.0.0.1:{app.port}"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(serve, window, study, scheme):
    app, page = serve(study), window(color_scheme=scheme)
    found = []
    for place in PAGES:
        page.goto(f"{app.address}/{place}")
        settled(page)
        page.wait_for_timeout(500)
        found += [(place, *broken) for broken in serious(page)]
    assert found == []


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 101),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
    ],
)
def test_only_this_machine_may_open_a_session(serve, study, headers, status):
    app = serve(study)
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=20)
    own = {"Host": f"127.0.0.1:{app.port}", "Origin": app.address}
    connection.request("GET", "/_stcore/stream", headers={**HANDSHAKE, **own, **headers})
    assert connection.getresponse().status == status
    connection.close()
