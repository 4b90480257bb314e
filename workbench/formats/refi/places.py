"""Where things stand in an archive that is written here."""

XML, SOURCES = "project.qde", "sources"
OWN_FOLDER = "framework-workbench/"
"""The folder of what only this tool reads."""
KEPT, MANIFEST = f"{OWN_FOLDER}project.json", f"{OWN_FOLDER}manifest.json"
