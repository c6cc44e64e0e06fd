"""People who live with the desk: units, officials, citizens. They read, write and answer as people do."""

from sandbox.people.everybody import Acted, Everybody
from sandbox.people.posts import Post

__all__ = ["Acted", "Everybody", "Post"]
