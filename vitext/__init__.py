"""Vietnamese text as residents type it: folding, teencode and dialect, and the danger rules; standard library only."""
