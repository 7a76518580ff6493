"""The gateway: the only public process. Channels, relay, delivery, portal pages."""
