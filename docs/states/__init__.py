"""The states drawn from desk/rules/states.py: one page each. `python -m docs.states` writes them anew."""
