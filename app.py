"""The front door in the browser: `streamlit run app.py -- study.fwb`."""

from workbench.ui import shell

shell.run()
