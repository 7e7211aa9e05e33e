"""Charts that Word and PowerPoint draw themselves, and whose figures can be edited there."""

from socialpoll.exporters.native.artist import NativeArtist
from socialpoll.exporters.native.parts import Frame, NativeChart

__all__ = ["Frame", "NativeArtist", "NativeChart"]
