"""Write the examples anew after a template has changed."""

from docs.letters.examples import write

write()
