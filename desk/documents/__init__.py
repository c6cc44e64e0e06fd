"""MAKE AND READ FILES: pages, pictures, drafts, tables; what came from outside is opened in a process of its own."""

from desk.documents.failures import DocumentError
from desk.documents.formats import may_be_letter
from desk.documents.opening import inspect, pages

__all__ = ["DocumentError", "inspect", "may_be_letter", "pages"]
