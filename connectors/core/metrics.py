"""What /metrics shows of the gateway."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 4, 10)


class GatewayMetrics:
    """Counters of one gateway process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter(
            "tincay_messages_received_total", "Residents' messages", ["channel"], registry=self.registry
        )
        self.alarms = Counter("tincay_alarms_total", "Danger rules that hit", ["key"], registry=self.registry)
        self.turns = Counter("tincay_turns_total", "Turns by how they ended", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram(
            "tincay_turn_seconds",
            "Resident's message committed until its reply is committed",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.streams = Gauge("tincay_event_streams", "Open event streams", registry=self.registry)
        self.snapshot_age = Gauge(
            "tincay_snapshot_confirmed_seconds",
            "Seconds since the newsroom confirmed the content",
            registry=self.registry,
        )
        self.engine_up = Gauge(
            "tincay_engine_up", "1 while the engine answers and has a model, else 0", ["engine"], registry=self.registry
        )
        self.ledger_usable = Gauge("tincay_ledger_usable", "1 while commits work, else 0", registry=self.registry)
        self._add_channels()

    def _add_channels(self) -> None:
        """Counters of channels that are called."""
        self.channel_events = Counter(
            "tincay_channel_events_total", "Providers' events", ["channel", "event", "outcome"], registry=self.registry
        )
        self.signatures = Counter(
            "tincay_signatures_total", "Checked signatures", ["channel", "result"], registry=self.registry
        )
        self.deliveries = Counter(
            "tincay_deliveries_total", "Attempts to deliver", ["channel", "outcome"], registry=self.registry
        )
        self.delivery_seconds = Histogram(
            "tincay_delivery_seconds",
            "Reply committed until its provider has it",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.files = Counter(
            "tincay_files_total", "Files of residents that were fetched", ["kind", "outcome"], registry=self.registry
        )
        self.channel_alerts = Counter(
            "tincay_channel_alerts_total", "What a person has to see to", ["channel", "reason"], registry=self.registry
        )
