"""Imported first by the server of which workers are forked: no garbage is collected while it loads.

Of what it imports nearly nothing is garbage, and looking for it takes a sixth of the time for which
an ingest waits before it can read anything. In a worker `collect_rarely` ends that.
"""

from __future__ import annotations

import gc

gc.disable()
