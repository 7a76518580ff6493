"""Zalo Official Account: signed webhooks in, consultation messages out. README.md tells how to connect one."""
