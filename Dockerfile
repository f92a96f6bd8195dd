# The whole service in one image: code, migrations, weights. Nothing is downloaded at start.
# Elsewhere than on a machine whose package index holds CPU builds, give one: --build-arg TORCH_INDEX=<address>
FROM python:3.11-slim

ARG TORCH_INDEX=
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1

WORKDIR /srv/parallax
COPY pyproject.toml README.md /srv/parallax/
COPY app /srv/parallax/app
COPY migrations /srv/parallax/migrations
COPY models /srv/parallax/models

RUN pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch==2.13.0
RUN pip install -e .
RUN useradd --system --uid 10001 parallax && mkdir /data && chown parallax /data

USER parallax
VOLUME /data
# An open address needs PARALLAX_API_KEYS; without them the service refuses to start on 0.0.0.0.
ENV PARALLAX_DATA_DIR=/data PARALLAX_SAMPLE=false
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('PARALLAX_PORT', '8000') + '/healthz')"]
CMD ["python", "-m", "app.main"]
