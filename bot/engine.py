"""Starting the Rasa server with the product's settings."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from bot.config import Settings
from contracts.processor import TURNS, step_back

HOST = "127.0.0.1"
POLL_SECONDS = 2
ENDPOINTS, CREDENTIALS = Path("endpoints.yml"), Path("credentials.yml")


class PortInUseError(RuntimeError):
    """Somebody else listens on the engine's port."""


def run_engine(settings: Settings) -> None:
    """Serves until ended. Rasa and TensorFlow are imported here, after the settings are known to be good.

    Raises:
        PortInUseError: see the class.
    """
    _check_port(settings.port)
    step_back(TURNS)
    os.environ.update(settings.file_variables)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    for library in ("OMP", "OPENBLAS"):  # a product of one row: threads would spin for it on the gateway's processor
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    settings.last_good_model.parent.mkdir(parents=True, exist_ok=True)
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS))
    # Not in endpoints.yml: with a model server there Rasa ignores local models, and rasa shell would have none.
    endpoints.model = EndpointConfig(
        settings.model_url,
        headers={"Authorization": f"Bearer {settings.model_token}"},
        wait_time_between_pulls=POLL_SECONDS,
        last_good=str(settings.last_good_model),
    )
    serve_application(
        interface=HOST,
        port=settings.port,
        credentials=str(CREDENTIALS),
        endpoints=endpoints,
        enable_api=False,  # the loopback channel is the only door
    )


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortInUseError(f"port {port} is in use ({error.strerror}); free it or set ENGINE_PORT") from error
