"""What the parts of a page were given."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def parts(at: AppTest) -> dict[str, Any]:
    """Return the data of each part of a page by the part's name."""
    return {
        one.proto.component_name.removeprefix("workbench_"): json.loads(one.proto.json or "{}")
        for one in at.get("bidi_component")
    }
