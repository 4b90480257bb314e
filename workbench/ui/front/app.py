"""What the server runs for each window, once installed; `app.py` does the same in a checkout."""

from workbench.ui import shell

shell.run()
