# A small image: hash-locked packages without those for tests, no compiler, no root, nothing written outside /data and /tmp.
FROM python:3.12-slim AS packages
COPY requirements-server.txt ./
RUN python -m venv /packages && /packages/bin/pip install --no-cache-dir --require-hashes -r requirements-server.txt

FROM python:3.12-slim
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:////data/buendel.sqlite
WORKDIR /app
COPY --from=packages /packages /packages
COPY aggregator aggregator
COPY web web
COPY demo demo
COPY sources.yaml ./
RUN python -m compileall -q aggregator web \
  && useradd --system --uid 1000 buendel && mkdir /data && chown buendel /data
USER buendel
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "aggregator", "serve"]
