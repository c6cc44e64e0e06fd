"""Zalo's Official Account API: pull conversations, send messages, renew the grant, fetch what citizens attach."""
