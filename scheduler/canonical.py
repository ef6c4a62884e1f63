"""The identity of an input: a hash of its content, not of the file."""

from __future__ import annotations

import hashlib
import json

from instances.school import Instance


def input_sha256(instance: Instance) -> str:
    """SHA-256 of the canonical JSON of an instance."""
    content = json.dumps(
        instance.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(content.encode()).hexdigest()
