"""MAKE AND READ FILES: pages, pictures, drafts, tables; what came from outside is opened in a process of its own."""

from desk.documents.failures import DocumentError
from desk.documents.opening import inspect, pages

__all__ = ["DocumentError", "inspect", "pages"]
