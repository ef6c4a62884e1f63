"""Seating clubs in rooms: a matching that moves earlier guests where that helps."""

from __future__ import annotations

from collections.abc import Collection, Mapping


class Seating:
    """Guests in places, each place holding ``capacity[place]`` of them."""

    def __init__(self, capacity: Mapping[str, int]) -> None:
        self.capacity = capacity
        self.wanted: dict[str, Collection[str]] = {}
        self.seated: dict[str, list[str]] = {}

    def add(self, guest: str, places: Collection[str]) -> bool:
        """Seat one more guest, moving others if need be; whether it was possible."""
        self.wanted[guest] = places
        if self._seat(guest, set()):
            return True
        del self.wanted[guest]
        return False

    def _seat(self, guest: str, tried: set[str]) -> bool:
        for place in self.wanted[guest]:
            if place in tried:
                continue
            tried.add(place)
            there = self.seated.setdefault(place, [])
            if len(there) < self.capacity.get(place, 0):
                there.append(guest)
                return True
            for other in list(there):
                if self._seat(other, tried):
                    there.remove(other)
                    there.append(guest)
                    return True
        return False

    @property
    def place_of(self) -> dict[str, str]:
        return {guest: place for place, guests in self.seated.items() for guest in guests}
