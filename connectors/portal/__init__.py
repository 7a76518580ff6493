"""Pages and probes of the public port."""
