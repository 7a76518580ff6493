"""Conversations, messages, deliveries, handoffs and effects: the only meeting point of gateway and desk."""
