"""The model of the shipped training data: trained when data, configuration or components have changed.

``python -m bot.shipped_model --path`` prints its path, training it first when it is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

# Whatever changes the trained archive: examples, keys, places, pipeline, our code, and the locked libraries.
_INPUTS = (
    "config.yml", "data/taxonomy.yml", "data/nlu/**/*.yml", "data/stories/*.yml", "data/places/*.json",
    "bot/domain.py", "bot/examples.py", "bot/judgement.py", "bot/pipeline.py", "bot/generate.py", "bot/train.py",
    "bot/rasa_training.py", "bot/uv.lock",
    "bot/tokenizers/*.py", "bot/extractors/*.py", "bot/featurizers/*.py", "bot/classifiers/*.py", "bot/places/*.py",
    "contracts/keys.py", "contracts/text.py", "vitext/fold.py", "vitext/teencode.py",
    "vitext/short_forms.py", "vitext/ambiguous.py", "vitext/repair.py", "vitext/vocabulary.py", "vitext/common_syllables.txt",
)  # fmt: skip


def fingerprint(root: Path) -> str:
    """SHA-256 over names and contents of all inputs below the project root, first 16 digits."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _INPUTS for path in root.glob(pattern)}):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def shipped_model_path(root: Path, var_dir: Path) -> Path:
    """Where the archive for the present inputs is or will be; its report stands beside it as ``.json``."""
    return var_dir / "models" / f"shipped-{fingerprint(root)}.tar.gz"


def main() -> int:
    """0 with the path on standard output, else the exit code of the training."""
    parser = argparse.ArgumentParser(prog="python -m bot.shipped_model", description=__doc__)
    parser.add_argument("--path", action="store_true", help="print the path, training the model when it is missing")
    parser.add_argument("--fingerprint", action="store_true", help="print the fingerprint of the inputs only")
    arguments = parser.parse_args()
    if arguments.fingerprint:
        print(fingerprint(Path(".")))
        return 0
    model = shipped_model_path(Path("."), Path(os.environ.get("VAR_DIR") or "var"))
    if not model.exists():
        model.parent.mkdir(parents=True, exist_ok=True)
        report = model.with_name(model.name.replace(".tar.gz", ".json"))
        command = [sys.executable, "-m", "bot.train", "--data", "data", "--out", str(model), "--report", str(report)]
        code = subprocess.run(command, stdout=sys.stderr, check=False).returncode  # noqa: S603 - fixed command
        if code:
            return code
    if arguments.path:
        print(model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
