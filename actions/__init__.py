"""The action server: answers of the engine from approved releases. It only reads; what is to be done travels as effects."""
