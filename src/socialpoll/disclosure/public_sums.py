"""What no table need tell, for it is published elsewhere: sums to which weights were made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from socialpoll.disclosure.ledger import Known, Ledger, squares_of
from socialpoll.disclosure.telling import Form, Teller
from socialpoll.indicators import Estimates
from socialpoll.weighting import KnownSum

__all__ = ["with_public_sums"]


def with_public_sums(ledger: Ledger, several: Sequence[Estimates], teller: Teller) -> Ledger:
    """Return the ledger with what groups weigh about whose questions it has figures.

    Parameters
    ----------
    ledger : Ledger
        Of figures of these estimates.
    several : sequence of Estimates
    teller : Teller
    """
    forms = {form: place for place, form in enumerate(ledger.forms)}
    spoken = {root for form in forms for _, term in form for root in term.roots}
    public: dict[str, Known] = {}
    for kind in ledger.systems[1:]:
        own = (one for one in several if one.weights_id == kind)
        sums = {form: one for form, one in _sums(own, teller) if _roots(form) <= spoken}
        places = {forms.setdefault(form, len(forms)): one for form, one in sums.items()}
        scale = ledger.scales[kind]
        public[kind] = _known((place, one.weight, scale) for place, one in places.items())
        public[squares_of(kind)] = _known(
            (place, one.squares, scale**2) for place, one in places.items()
        )
    more = np.zeros(len(forms) - len(ledger.forms), dtype=np.bool_)
    bases = np.concatenate([ledger.bases, more])
    return replace(ledger, forms=tuple(forms), bases=bases, public=public)


def _sums(several: Iterable[Estimates], teller: Teller) -> Iterator[tuple[Form, KnownSum]]:
    for one in several:
        waves = one.frame["wave"]
        for known in one.known_sums:
            wave = known.wave or str(waves.iloc[0])
            form = teller.group(known, (one.digests.get("answers", ""), wave))
            if form is not None and known.weight is not None:
                yield form, known


def _roots(form: Form) -> set[object]:
    return {root for _, term in form for root in term.roots}


def _known(several: Iterable[tuple[int, float | None, float]]) -> Known:
    told = [(form, value * scale) for form, value, scale in several if value is not None]
    return Known(
        np.array([form for form, _ in told], dtype=np.intp),
        np.array([value for _, value in told], dtype=np.float64),
    )
