"""``make train``: trains the shipped model when there is none for the present data and components."""

from __future__ import annotations

import os
import sys

from deploy.environment import installation_environment
from deploy.prepare import PreparationError, shipped_model


def main() -> None:
    """Prints the archive's path."""
    try:
        print(shipped_model(installation_environment(os.environ)))
    except PreparationError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
