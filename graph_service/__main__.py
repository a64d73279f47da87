"""`python -m graph_service`: the command line."""

import sys

from graph_service.cli import main

if __name__ == "__main__":
    sys.exit(main())
