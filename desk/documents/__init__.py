"""MAKE AND READ FILES: pages, pictures, drafts, tables; what came from outside is opened in a process of its own."""
