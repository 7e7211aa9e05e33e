from __future__ import annotations

import pytest

from tests.disclosure.published import Published, run_poll, write_demo
from tests.disclosure.reading import MARKS
from tests.disclosure.small_poll import write_small_poll


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A small poll that was run."""
    folder = tmp_path_factory.mktemp("small")
    return run_poll(write_small_poll(folder / "poll"), folder / "out")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The bundled poll, run with a table by governorate, age and sex."""
    folder = tmp_path_factory.mktemp("demo")
    return run_poll(write_demo(folder / "poll"), folder / "out")


@pytest.fixture
def drawn_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All words that are drawn from now on."""
    from matplotlib.backends.backend_agg import RendererAgg

    found: list[str] = []
    draw = RendererAgg.draw_text

    def heard(self, gc, x, y, words, *others, **more):
        found.append(words.translate(MARKS))
        return draw(self, gc, x, y, words, *others, **more)

    monkeypatch.setattr(RendererAgg, "draw_text", heard)
    return found
