"""Reading ahead: the articles that come next are read into claims while those before them are encoded and linked."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from app.claims.claim import Claim
from app.claims.extraction import ClaimExtractor
from app.pipeline.preparing import claims_of
from app.storage.reading.articles import Waiting

Claims: TypeAlias = tuple[Claim, ...]
# An article's id and revision: it is read again when it was revised meanwhile.
_Key: TypeAlias = tuple[str, int]


class ReadingAhead:
    """One batch ahead at most. For one thread, which takes what it asks for next; `extractor` is asked for once a batch."""

    def __init__(self, extractor: Callable[[], ClaimExtractor]):
        self._extractor = extractor
        self._thread: ThreadPoolExecutor | None = None
        self._ahead: Future[Mapping[_Key, Claims]] | None = None

    def begin(self, coming: Sequence[Waiting]) -> None:
        """Begins to read what comes next, with the outlets known now; what was read ahead and not asked for is forgotten."""
        self._ahead = None
        if coming:
            self._thread = self._thread or ThreadPoolExecutor(1, "reading-ahead")
            self._ahead = self._thread.submit(_read, tuple(coming), self._extractor())

    def claims(self, waiting: Sequence[Waiting]) -> list[Claims]:
        """`result[i]` are the claims of `waiting[i]`: as read ahead, or read now."""
        read = dict(self._read_ahead())
        left = [item for item in waiting if (item.id, item.revision) not in read]
        if left:
            read |= _read(left, self._extractor())
        return [read[item.id, item.revision] for item in waiting]

    def close(self) -> None:
        """Ends once what is being read is read."""
        thread, self._thread, self._ahead = self._thread, None, None
        if thread is not None:
            thread.shutdown(cancel_futures=True)

    def _read_ahead(self) -> Mapping[_Key, Claims]:
        """What was read ahead; nothing where one article spoilt the batch: each is then read in its turn, and fails alone."""
        if self._ahead is None or self._ahead.exception() is not None:
            return {}
        return self._ahead.result()


def _read(items: Sequence[Waiting], extractor: ClaimExtractor) -> dict[_Key, Claims]:
    return {(item.id, item.revision): claims for item, claims in zip(items, claims_of(items, extractor), strict=True)}
