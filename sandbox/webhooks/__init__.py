"""Events that the platform sends: their shapes, signature, journal and delivery."""
