"""The composition root: reads the settings, wires the parts together, serves."""

import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import resources
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI

from app.api.application import build
from app.api.polls import Polls
from app.api.receiving import incoming
from app.api.requests import ArticleIn
from app.api.services import Bounds, Services
from app.api.showing import conflicts_shown
from app.api.webhook_bodies import change_bodies
from app.claims.grammar import GrammarTagger
from app.claims.mended import MendedTagger
from app.claims.tagger import AttributionTagger
from app.claims.trained import TrainedTagger
from app.clusters.gate import Gate
from app.dashboard import pages
from app.errors import StartRefused
from app.feeds.sending import HttpSender
from app.feeds.streams import Batch, Change, Source, Streams
from app.feeds.targets import TargetRefused, target_of
from app.feeds.webhooks import Deliverer
from app.logs import configure_logs
from app.outlets.directory import OutletDirectory
from app.pipeline.catching_up import SNAPSHOT, encode_anew, open_index
from app.pipeline.elsewhere import Elsewhere
from app.pipeline.meeting import Meeting
from app.pipeline.outletbook import OutletBook
from app.pipeline.story import Parts, Pipeline
from app.pipeline.worker import Worker
from app.relations.judge import RelationJudge
from app.relations.rules import RuleJudge
from app.relations.trained import TrainedJudge
from app.settings import Settings, read_settings, variable
from app.storage.announcing import Kind
from app.storage.copying import unfinished
from app.storage.database import Database
from app.storage.listening import Listening
from app.storage.ownership import owned
from app.storage.reading import articles as articles_in
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading import outlets as outlets_in
from app.storage.schema import at_head, upgrade
from app.storage.writing import articles as articles_out
from app.vectors.encoder import Encoder
from app.vectors.minilm import MiniLmEncoder
from app.vectors.remembering import RememberingEncoder

log = structlog.get_logger()
# Source: decision; one read of a stream, about as much as a page of the list.
STREAM_BATCH = 100
# A connection that is closed while its client asks again fails that poll: kept longer than anybody waits between two. Source: measured;
# of 200 clients that poll every 5 s, some met the server's own default of 5 s.
KEEP_ALIVE_SECONDS = 75
MODELS = Path(__file__).resolve().parent.parent / "models"


def migrate(settings: Settings) -> None:
    """Brings the database to the newest schema."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.store_url)
    try:
        upgrade(database)
    finally:
        database.close()


def ready(settings: Settings) -> Database:
    """The settings' database, fit to work with.

    Raises:
        StartRefused: the schema is not the newest, or a copy into it is not whole.
    """
    database = Database(settings.store_url, settings.database_connections)
    try:
        if not at_head(database):
            raise StartRefused("the database does not have the newest schema: run `parallax migrate` or `make migrate`")
        if unfinished(database):
            raise StartRefused("the database is the target of a copy that is not whole: run the same `parallax copy` again")
    except BaseException:
        database.close()
        raise
    return database


@dataclass(frozen=True)
class Models:
    """The trained parts. `judge` links claims; `comparing` judges two statements that somebody asks about, None: `judge` does."""

    encoder: Encoder
    tagger: AttributionTagger
    judge: RelationJudge
    comparing: RelationJudge | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Models":
        """Those that the settings name.

        Raises:
            StartRefused: an artefact is missing or is not the one it should be.
        """
        comparing = judge_of(settings)  # first: loading the bundled encoder closes the way to the hub
        linking = RuleJudge() if settings.linking_judge == "rules" else comparing
        # One batch is read while the one before it is encoded and linked: each side has half of the machine. Source: measured on two
        # cores, 96 news articles: one thread each 2.7 articles a second, two each, which wait for one another, 2.5.
        threads = max(1, (os.cpu_count() or 1) // 2)
        encoder = RememberingEncoder(encoder_of(settings, threads=threads))
        return cls(encoder, tagger_of(settings, threads=threads), linking, comparing)


def encoder_of(settings: Settings, *, threads: int | None = None) -> Encoder:
    """The encoder that the settings name, with at most so many threads (None: as many as it likes).

    Raises:
        StartRefused: it is missing or is not the one it should be.
    """
    return MiniLmEncoder.load(settings.encoder_model, threads=threads)


def tagger_of(settings: Settings, *, threads: int | None = None) -> AttributionTagger:
    """The tagger that the settings name, with at most so many threads; the grammar never stands in for a trained one unasked.

    Raises:
        StartRefused: the trained tagger's artefact is missing or is not the one it should be; the message says what to do.
    """
    if settings.attribution_tagger == "grammar":
        return GrammarTagger()
    try:
        trained = TrainedTagger.load(MODELS / "attribution", threads=threads)
    except StartRefused as error:
        raise StartRefused(f"{error.detail} {variable('attribution_tagger')}=grammar starts without it; it finds less.") from error
    return MendedTagger(trained, GrammarTagger())


def judge_of(settings: Settings) -> RelationJudge:
    """The judge that the settings name; the rules never stand in for a trained one unasked.

    Raises:
        StartRefused: the trained judge's artefact is missing or is not the one it should be, or the other model cannot judge.
    """
    if settings.relation_judge == "rules":
        return RuleJudge()
    try:
        return TrainedJudge.load(MODELS / "relation", other=settings.relation_model)
    except StartRefused as error:
        raise StartRefused(f"{error.detail} {variable('relation_judge')}=rules starts without it; it finds less.") from error


def services_of(settings: Settings, models: Models, *, drains: bool = True) -> Services:
    """The services over the settings' database, the index in step; other processes take the articles where this one does not drain.

    Raises:
        StartRefused: the schema is not the newest, or a copy into the database is not whole, or the outlets file is wrong.
    """
    book = OutletBook(OutletDirectory.load(extra_path=settings.outlets_file))
    database = ready(settings)
    with database.read() as session:
        book.learn(outlets_in.everything(session))
    index = open_index(database, models.encoder, settings.data_dir)
    parts = Parts(
        database=database,
        book=book,
        tagger=models.tagger,
        encoder=models.encoder,
        index=index,
        judge=models.judge,
        meeting=Meeting(index, Gate(timedelta(hours=settings.link_window_hours)), settings.link_min_similarity, settings.link_neighbours),
    )
    pipeline = Pipeline(parts)
    worker = Worker(pipeline, settings.batch_articles) if drains else Elsewhere(database)
    bounds = Bounds(
        settings.max_article_chars, settings.max_body_bytes, settings.queue_articles, timedelta(hours=settings.idempotency_hours)
    )
    streams = Streams(changes_of(database, book), database.changes, at_most=settings.max_streams)

    def refused_target(url: str) -> str | None:
        try:
            target_of(url, private=settings.webhook_private_targets)
        except TargetRefused as error:
            return str(error)
        return None

    comparing = models.comparing or models.judge
    polls = Polls(database, lambda: book.directory)
    return Services(parts, pipeline, worker, comparing, bounds, streams, polls, refused_target, schema_at_head=True)


def deliverer_of(settings: Settings, services: Services) -> Deliverer:
    """What sends changes of conflicts to webhooks."""
    return Deliverer(
        services.parts.database,
        partial(change_bodies, name_of=services.name_of),
        HttpSender(private=settings.webhook_private_targets, seconds=settings.webhook_seconds),
        failures_at_most=settings.webhook_failures,
        send_seconds=settings.webhook_seconds,
    )


def changes_of(database: Database, book: OutletBook) -> Source:
    """The changes of conflicts as they go out."""

    def read(wanted: conflicts_in.Filter, after: int) -> Batch:
        with database.read() as session:
            found = conflicts_in.changes(session, wanted, STREAM_BATCH, after=after)
            shown = conflicts_shown(session, [conflict for _, conflict in found.items], book.name_of)
        bodies = [conflict.model_dump_json(by_alias=True) for conflict in shown]
        return Batch([Change(number, body) for (number, _), body in zip(found.items, bodies, strict=True)], found.upto, found.more)

    def last() -> int:
        with database.read() as session:
            return conflicts_in.last_change(session)

    return Source(read, last)


def listening_for(services: Services) -> Listening:
    """What this process does when another one announces something: wakes, tells who waits, learns outlets, passes on changes."""
    parts, worker = services.parts, services.worker

    def learn(_: Sequence[str]) -> None:
        with parts.database.read() as session:
            parts.book.learn(outlets_in.everything(session))

    return Listening(parts.database, {Kind.FINISHED: worker.finished, Kind.OUTLETS: learn, Kind.RECEIVED: lambda _: worker.wake()})


def load_sample(services: Services) -> None:
    """Receives the fictional sample story, into a store that never held an article."""
    story = json.loads(resources.files("app.articles").joinpath("sample.json").read_text("utf-8"))
    now = datetime.now(UTC)
    posted = [
        ArticleIn.model_validate({name: value for name, value in article.items() if name in ArticleIn.model_fields})
        for article in story["articles"]
    ]
    with services.parts.database.write() as session:
        if articles_in.any_received(session):
            return
        received = [incoming(article, services, now) for article in posted]
        for article in received:
            articles_out.receive(session, article, now)
    services.parts.book.learn(article.outlet for article in received)
    log.info("sample_loaded", articles=len(posted))


@contextmanager
def working(settings: Settings, models: Models, *, drains: bool = True) -> Iterator[Services]:
    """The services at work until the block ends; an embedded store is this process's alone meanwhile.

    Raises:
        StartRefused: as `services_of`; or another process works with the embedded store.
    """
    with ExitStack() as until_done:
        until_done.enter_context(owned(settings.store_url))
        services = services_of(settings, models, drains=drains)
        until_done.callback(services.parts.database.close)
        if settings.sample and drains:
            load_sample(services)
        services.worker.start()
        listening = listening_for(services)
        listening.start()
        deliverer = deliverer_of(settings, services)
        deliverer.start()
        try:
            yield services
        finally:
            listening.stop()
            services.streams.close()
            deliverer.stop()
            services.worker.stop()
            services.parts.index.save(settings.data_dir / SNAPSHOT, encoder_id=services.parts.encoder.id)


def application(settings: Settings, models: Models | None = None, *, drains: bool = True) -> FastAPI:
    """The whole service as an ASGI application; `models` replaces those the settings name.

    Where it does not drain, articles wait for other processes.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with working(settings, models or Models.of(settings), drains=drains) as services:
            app.state.services = services
            yield

    app = build(
        keys=settings.api_keys,
        body_bytes=settings.max_body_bytes,
        batch_bytes=settings.max_batch_bytes,
        lifespan=lifespan,
    )
    app.include_router(pages.router(sample=settings.sample))
    return app


class Server(uvicorn.Server):
    """Ends the open streams before it waits for open connections to end by themselves."""

    def __init__(self, app: FastAPI, settings: Settings):
        config = uvicorn.Config(app, settings.host, settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=10)
        config.timeout_keep_alive = KEEP_ALIVE_SECONDS
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called once, when a signal or `should_exit` says so."""
        self._app.state.services.streams.close()
        await super().shutdown(sockets)


def serve(settings: Settings, *, drains: bool = True) -> None:
    """Answers HTTP until SIGTERM or SIGINT.

    Raises:
        StartRefused: what was set cannot be served.
    """
    if not drains and settings.embedded:
        raise StartRefused(
            "an SQLite store has one process at a time, and one that takes no articles is of no use there: start `parallax run`, "
            f"or set {variable('database_url')} to PostgreSQL"
        )
    if settings.database_url is None:
        migrate(settings)
    # Before the models, which take their time.
    with owned(settings.store_url):
        ready(settings).close()
    app = application(settings, Models.of(settings), drains=drains)
    with suppress(KeyboardInterrupt):
        Server(app, settings).run()


def rebuild_index(settings: Settings, report: Callable[[str, int, int], None]) -> None:
    """Encodes anew what another encoder encoded, then builds the index from the rows; `report` gets (what, done, of how many).

    Raises:
        StartRefused: the store is not ready for it, or, embedded, another process works with it.
    """
    with ExitStack() as until_done:
        until_done.enter_context(owned(settings.store_url))
        database = ready(settings)
        until_done.callback(database.close)
        encoder = encoder_of(settings)
        with database.read() as session:
            total = claims_in.other_vector_count(session, encoder.id)
        done = 0

        def told(claims: int) -> None:
            nonlocal done
            done += claims
            report("encode", done, max(done, total))

        encode_anew(database, encoder, told)
        (settings.data_dir / SNAPSHOT).unlink(missing_ok=True)
        index = open_index(database, encoder, settings.data_dir)
        index.save(settings.data_dir / SNAPSHOT, encoder_id=encoder.id)
        report("index", len(index), len(index))


def main() -> None:
    """`python -m app.main` serves; `python -m app.main migrate` brings the database to the newest schema and ends."""
    try:
        settings = read_settings(os.environ)
        configure_logs(settings.log_level)
        if sys.argv[1:] == ["migrate"]:
            migrate(settings)
            return
        if sys.argv[1:]:
            raise StartRefused(f"unknown arguments {sys.argv[1:]}; did you mean `migrate`?")
        serve(settings)
    except StartRefused as error:
        sys.exit(f"parallax: {error.detail}")


if __name__ == "__main__":
    main()
