"""`python -m workbench` is the command line."""

from workbench.cli.main import main

main()
