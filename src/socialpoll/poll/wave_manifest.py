"""What the manifest of a run says of the waves of a poll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from socialpoll.poll.manifest import checks_in, digest_of_file, file_in, weights_in
from socialpoll.weighting import Waves, Weights

if TYPE_CHECKING:
    from socialpoll.hooks import Document
    from socialpoll.poll.gathering import Answers
    from socialpoll.poll.poll import Poll
    from socialpoll.poll.stages import Bound
    from socialpoll.poll.waves import Wave

__all__ = ["manifest_of_waves"]


def manifest_of_waves(
    poll: Poll, answers: Answers, weights: Weights | Waves, followed: Sequence[Document]
) -> dict[str, Any]:
    """Tell what went into each wave, and which documents tell of changes between them.

    Parameters
    ----------
    poll : Poll
    answers : mapping of str to Bound
        By wave.
    weights : Weights or Waves
    followed : sequence of Document

    Returns
    -------
    dict
        Further keys of the manifest; none for a poll that was taken once.
    """
    if not poll.waves:
        return {}
    sources = weights.sources.values() if isinstance(weights, Waves) else [weights]
    weighted = [one for one in sources if isinstance(one, Weights)]
    return {
        "waves": [
            _of_wave(poll, wave, answers[wave.name], one)
            for wave, one in zip(poll.waves, weighted, strict=True)
        ],
        "breaks": [
            {"question": one.question, "from": one.wave, "reason": dict(one.reason)}
            for one in poll.breaks
        ],
        "respondent_id": poll.respondent_id,
        "followed": [file_in(one) for one in followed],
    }


def _of_wave(poll: Poll, wave: Wave, answers: Bound, weights: Weights) -> dict[str, Any]:
    return {
        "wave": wave.name,
        "inputs": {name: digest_of_file(poll.folder / name) for name in wave.files},
        "columns": dict(wave.harmony.columns) | dict(wave.harmony.starts),
        "codes": {one.question: dict(one.codes) for one in wave.harmony.recodings},
        "not_offered": {name: list(codes) for name, codes in wave.not_offered.items()},
        "checks": checks_in(answers),
        "recipe": wave.recipe.to_tables(),
        "weights": weights_in(poll, weights),
        "hashes": {"answers": answers.responses.digest, "weights": weights.id},
    }
