"""Nothing but the way in, for mypy takes no second file of this name; see ``commands``."""

import sys

from commands import main

sys.exit(main(sys.argv[1:]))
