"""Write the pages anew; with --check only tell which differ from the code, and end with 1 where one does."""

import sys

from docs.states.pages import find_stale, write

if "--check" in sys.argv[1:]:
    stale = [
        f"docs/states/{name}.md differs from desk/rules/states.py: run python -m docs.states" for name in find_stale()
    ]
    sys.exit("\n".join(stale) or None)
write()
