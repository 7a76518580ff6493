"""What every part of the gateway stands on: settings, errors, the door to the ledger, metrics."""
