"""The lanes of channels: what runs side by side in one does not run on one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Channel = tuple[str, int]
Interval = tuple[float, float]


class Lanes:
    """Lanes that are given out to intervals, so that those which meet get different ones."""

    def __init__(self) -> None:
        self._wanted: dict[Channel, dict[Any, Interval]] = {}
        self._lane: dict[tuple[Channel, Any], int] = {}
        self.counts: dict[Channel, int] = {}

    def want(self, channel: Channel, key: Any, start: float, end: float) -> None:
        """Ask for a lane; what asks twice by one key gets one lane for both."""
        known = self._wanted.setdefault(channel, {}).get(key, (start, start))
        self._wanted[channel][key] = (min(known[0], start, end), max(known[1], start, end))

    def give(self) -> None:
        """Give every key its lane, the first that is free."""
        for channel, wanted in self._wanted.items():
            ends: list[float] = []
            for key, (start, end) in sorted(wanted.items(), key=lambda pair: pair[1][0]):
                lane = _first_free(ends, start)
                if lane == len(ends):
                    ends.append(end)
                ends[lane] = end
                self._lane[channel, key] = lane
            self.counts[channel] = len(ends)

    def lane(self, channel: Channel, key: Any) -> int:
        """The lane of a key, counted from 0."""
        return self._lane[channel, key]

    def most(self, channels: Iterable[Channel]) -> int:
        """The largest number of lanes of some channels."""
        return max((self.counts.get(channel, 0) for channel in channels), default=0)


def _first_free(ends: list[float], start: float) -> int:
    for lane, end in enumerate(ends):
        if end < start:
            return lane
    return len(ends)
