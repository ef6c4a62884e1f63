"""The identity of an input: a hash of its content, not of the file."""

from __future__ import annotations

import hashlib
import json

from instances.school import Instance


def input_sha256(instance: Instance) -> str:
    """SHA-256 of the canonical JSON of an instance.

    A school without events is what it was before there were any; what changes would cost is
    nothing that a timetable follows from.
    """
    left_out = {"costs"} if instance.events else {"costs", "events"}
    data = instance.model_dump(mode="json", exclude=left_out)
    content = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
