# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements/core.lock requirements/core.lock
RUN python -m venv /opt/taizhang \
    && /opt/taizhang/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary=:all: --requirement requirements/core.lock
COPY . .
RUN /opt/taizhang/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
        --no-deps --no-build-isolation .

FROM python:3.11-slim
# A number, so that an orchestrator can see that it is not root.
RUN useradd --uid 10001 --user-group --create-home taizhang
COPY --from=build /opt/taizhang /opt/taizhang
ENV PATH=/opt/taizhang/bin:$PATH LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /home/taizhang
EXPOSE 8000
ENTRYPOINT ["taizhang"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
