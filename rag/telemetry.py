"""Switches off what libraries report to their makers; `import rag` does this.

Dateline sends nothing over the network unless you configure a server for it. Some libraries that it
uses do so on their own: they look up the host of their maker and report their use. Each has an
environment variable against it, which it reads when it is loaded. Child processes inherit these.
"""

import os

# ONNX Runtime reports from version 1.29 on, and keeps an id of the device in the cache of the user
# (Privacy.md in its package). Hugging Face names programs and versions in its requests. A cluster
# that Ray starts reports once an hour. The page of Streamlit reports from the browser.
SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}


def switch_off_telemetry() -> None:
    """Set the variable of each library, if the environment does not set it already."""
    for variable, value in SWITCHES.items():
        os.environ.setdefault(variable, value)
