"""Start the server of the app, with the settings that keep it to this machine.

`.streamlit/config.toml` says the same for `streamlit run app.py`; a test holds the two
against each other.
"""

import sys
from importlib import resources

SETTINGS: dict[str, object] = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.maxUploadSize": 25,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "theme.primaryColor": "#1f5f7a",
    "theme.baseRadius": "0.4rem",
    "theme.dark.primaryColor": "#5fb3d4",
}
"""Option → value; see the manual of Streamlit's configuration."""


def serve(project: str | None, port: int, *, open_browser: bool) -> None:
    """Serve the app until it is stopped; `project` is what a new window opens."""
    from streamlit.web import bootstrap

    options = {
        **{name.replace(".", "_"): value for name, value in SETTINGS.items()},
        "server_port": port,
        "server_headless": not open_browser,
    }
    script = str(resources.files("workbench") / "ui" / "front" / "app.py")
    arguments = [] if project is None else [project]
    sys.argv = [script, *arguments]
    bootstrap.load_config_options(options)
    bootstrap.run(script, False, arguments, options)
