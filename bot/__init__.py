"""The Rasa engine of Tin Cậy: understanding Vietnamese, the loopback channel, training. Python 3.10."""
