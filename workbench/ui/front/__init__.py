"""The script of the server, alone: Streamlit takes a folder `pages` beside it for its own."""
