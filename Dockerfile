# A small image: the same hash-locked packages as ./run.sh installs, no compiler, no root.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:////data/buendel.sqlite
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --uid 1000 buendel && mkdir /data && chown buendel /data
USER buendel
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
CMD ["python", "-m", "aggregator", "serve"]
