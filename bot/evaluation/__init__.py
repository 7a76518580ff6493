"""How well a model understands questions and conversations that it was not trained on: ``make eval`` and the gate's report."""
