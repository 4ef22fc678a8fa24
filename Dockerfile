# Two stages: everything that builds, then what runs. Built from a clean checkout: docker build -t mooncoon .
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo xtask site && cargo build --release --package server

FROM debian:bookworm-slim
# Postgres comes from the compose file: DATABASE_URL is required here, the image holds no server binaries.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/mooncoon --create-home mooncoon
COPY --from=build /src/target/release/mooncoon /usr/local/bin/mooncoon
COPY --from=build /src/target/site /usr/local/share/mooncoon/site
ENV MOONCOON_ADDR=0.0.0.0:3000 \
    MOONCOON_DATA_DIR=/var/lib/mooncoon \
    MOONCOON_SITE_DIR=/usr/local/share/mooncoon/site
USER mooncoon
EXPOSE 3000
ENTRYPOINT ["mooncoon"]
CMD ["serve"]
