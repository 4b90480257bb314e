"""Start the server of the app, with the settings that keep it to this machine.

`.streamlit/config.toml` says the same for `streamlit run app.py`; a test holds the two
against each other.
"""

import contextlib
import socket
import sys
from importlib import resources

from workbench.errors import BadValue

SETTINGS: dict[str, object] = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.maxUploadSize": 25,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "runner.fastReruns": False,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "theme.primaryColor": "#1f5f7a",
    "theme.baseRadius": "0.4rem",
    "theme.dark.primaryColor": "#5fb3d4",
}
"""Option → value; see the manual of Streamlit's configuration.

Without fast reruns the newest wish of a browser joins those that wait, so that none of them
is lost; with them each throws away the one before.
"""


FIRST_PORT = 8501
_PORTS = 20


def free_port(wanted: int | None) -> int:
    """Return the port that was asked for, or the first free one from 8501.

    Raises:
        BadValue: something else listens on the port that was asked for, or on all of them.
    """
    tried = range(FIRST_PORT, FIRST_PORT + _PORTS) if wanted is None else [wanted]
    for port in tried:
        with socket.socket() as held, contextlib.suppress(OSError, OverflowError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(("127.0.0.1", port))
            return port
    raise BadValue("The port", wanted or FIRST_PORT, "one on which nothing listens yet")


def serve(project: str | None, port: int, *, open_browser: bool) -> None:
    """Serve the app until it is stopped; `project` is what a new window opens."""
    from streamlit.web import bootstrap

    options = {
        **{name.replace(".", "_"): value for name, value in SETTINGS.items()},
        "server_port": port,
        "server_headless": not open_browser,
        # the address is told by us; with Streamlit's greeting goes its advertisement on the page
        "logger_hideWelcomeMessage": True,
    }
    script = str(resources.files("workbench") / "ui" / "front" / "app.py")
    arguments = [] if project is None else [project]
    sys.argv = [script, *arguments]
    bootstrap.load_config_options(options)
    bootstrap.run(script, False, arguments, options)
