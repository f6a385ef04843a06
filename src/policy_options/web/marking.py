"""The track of a slider: where the leader changes and where the order does, as a small picture without words.

Lead changes are tall and order changes short, the stretch in which the present leader stays is a band, and everything
in the picture is also in the text below the slider.
"""

from __future__ import annotations

from typing import Final

from policy_options.analysis.marks import Marks

__all__ = ["track"]

_WIDTH: Final = 1000
_HEIGHT: Final = 16


def track(mark: Marks) -> str:
    """The picture, stretched to the width of the slider; empty marks give an empty track."""
    parts = []
    if mark.undefined is None and mark.most > 0.0:
        scale = _WIDTH / mark.most
        now = next((one for one in mark.stretches if one.low <= mark.share <= one.high), None)
        if now is not None:
            width = (now.high - now.low) * scale
            parts.append(f'<rect class="stays" x="{now.low * scale:.1f}" y="11" width="{width:.1f}" height="5"/>')
        places = dict.fromkeys(f"{place * scale:.0f}" for place in mark.places.tolist())
        if places:
            parts.append(f'<path class="order" d="{"".join(f"M{place} 9v7" for place in places)}"/>')
        leads = dict.fromkeys(f"{stretch.low * scale:.1f}" for stretch in mark.leads)
        if leads:
            parts.append(f'<path class="lead" d="{"".join(f"M{place} 0v16" for place in leads)}"/>')
    head = f'<svg class="track" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    return f"{head}{''.join(parts)}</svg>"
