"""What an export tells beside what the lists show."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import sqlalchemy
from sqlmodel import Session, col, select

from app.relations.judged import JudgedPair
from app.storage.chunks import chunks
from app.storage.mapping import judged_pair
from app.storage.tables import ArticleRow, RelationRow

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


class Paged(Protocol[Item_co]):
    """A page of any list."""

    @property
    def items(self) -> Sequence[Item_co]: ...

    @property
    def next_cursor(self) -> str | None: ...


@dataclass(frozen=True)
class Header:
    """An article without its text."""

    id: str
    url: str | None
    title: str
    language: str | None
    published_at: datetime


def every(page: Callable[[str | None], Paged[Item]]) -> Iterator[Sequence[Item]]:
    """The items of each page in turn, from the first on; `page` takes a cursor. Within one session all are of one moment."""
    cursor = None
    while True:
        found = page(cursor)
        if found.items:
            yield found.items
        cursor = found.next_cursor
        if cursor is None:
            return


def headers(session: Session, article_ids: Collection[str]) -> dict[str, Header]:
    """Each of these articles, by id."""
    columns = (col(ArticleRow.id), col(ArticleRow.url), col(ArticleRow.title), col(ArticleRow.language), col(ArticleRow.published_at))
    found: dict[str, Header] = {}
    for some in chunks(set(article_ids)):
        rows = session.execute(sqlalchemy.select(*columns).where(col(ArticleRow.id).in_(some)))
        found.update((row[0], Header(*row)) for row in rows)
    return found


def relations_of(session: Session, claim_ids: Collection[str]) -> dict[str, list[JudgedPair]]:
    """The stored relations of each of these claims, whatever their other end, by ids; a claim without any is left out."""
    wanted = set(claim_ids)
    found: dict[str, dict[tuple[str, str], JudgedPair]] = {}
    for some in chunks(wanted):
        for end in (RelationRow.a, RelationRow.b):
            for row in session.exec(select(RelationRow).where(col(end).in_(some))):
                pair = judged_pair(row)
                for claim in {pair.a, pair.b} & wanted:
                    found.setdefault(claim, {})[pair.a, pair.b] = pair
    return {claim: [pairs[key] for key in sorted(pairs)] for claim, pairs in found.items()}
