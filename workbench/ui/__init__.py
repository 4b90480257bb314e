"""The workbench in the browser: pages that fetch, call and show."""
