"""The numbers that divide scores and qualities, apart from the types so that counting cards need not load those."""

from __future__ import annotations

PASS_MARK = 0.5
"""The score from which an answer passes."""

PASSING_QUALITY = 3
"""SM-2's lowest quality that counts as remembered."""

REPEAT_BELOW_QUALITY = 4
"""SM-2's step 7: cards below this quality are asked again the same day."""
