"""What an office may decide about linking: how sure it must be."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

HIGHEST = 60.0


@dataclass(frozen=True, slots=True)
class Params:
    """Thresholds in bits: at 0 a pair is as likely one person as not, at 10 about 1,000 to 1."""

    same_bits: float = 8.0
    """From here on a pair is joined without being asked."""
    review_bits: float = 0.0
    """From here on a pair is shown to a person."""
    apart_bits: float = -12.0
    """A cluster is not joined with another where two of their rows compare worse than this."""
    sample_pairs: int = 250_000
    """Random pairs from which the rates of chance are learned; of a short list only twenty for each row."""

    def __post_init__(self) -> None:
        for name in ("same_bits", "review_bits", "apart_bits"):
            value = getattr(self, name)
            if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= HIGHEST:
                raise ValueError(f"{name} must be a number in -{HIGHEST:g}..{HIGHEST:g}, not {value!r}.")
        if not self.review_bits <= self.same_bits:
            raise ValueError("review_bits must not be above same_bits.")
        if not isinstance(self.sample_pairs, int) or not 1_000 <= self.sample_pairs <= 10_000_000:
            raise ValueError(
                f"sample_pairs must be a whole number in 1000..10000000, not {self.sample_pairs!r}."
            )

    def as_json(self) -> str:
        """The parameters as one line of JSON, read back by `from_json`."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Params:
        """Parameters from JSON, with defaults for what is left out; ValueError on an unknown or wrong entry."""
        given = json.loads(text)
        if not isinstance(given, dict):
            raise ValueError("Parameters must be one JSON object.")
        unknown = sorted(set(given) - {entry.name for entry in fields(cls)})
        if unknown:
            raise ValueError(f"params has no entry {unknown[0]!r}.")
        return cls(**given)
