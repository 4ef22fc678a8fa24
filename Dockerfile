# The board as an image, from a clean checkout: docker build --tag mooncoon .
# No BuildKit feature is used, so the classic builder creates the same image. `cargo xtask container` builds and checks it;
# docs/deployment.md describes what was tested.

# The inputs of the dependencies, without our code: every manifest, the lock file, and an empty source for each crate.
# This stage runs at every change, but its result stays the same byte for byte while no manifest changes. The stages below copy from it,
# and copies are compared by content, so their layers are cached. No list of crates to maintain, and no cargo-chef to compile first.
FROM debian:bookworm-slim AS manifests
WORKDIR /src
COPY . .
RUN mkdir /manifests \
    && cp --parents .cargo/config.toml Cargo.toml Cargo.lock */Cargo.toml /manifests \
    && for crate in */Cargo.toml; do \
        crate="${crate%/Cargo.toml}"; \
        mkdir "/manifests/$crate/src"; \
        for source in build.rs src/main.rs; do \
            if [ -f "$crate/$source" ]; then echo 'fn main() {}' > "/manifests/$crate/$source"; fi; \
        done; \
        if [ -f "$crate/src/lib.rs" ]; then : > "/manifests/$crate/src/lib.rs"; fi; \
    done

# The npm packages of the browser bundle. Node 20 or newer: Debian 12's own is 18, which the bundler's packages refuse.
FROM node:22-bookworm-slim AS javascript
WORKDIR /src/frontend/js
COPY frontend/js/package.json frontend/js/package-lock.json ./
# The second line writes the file that `cargo xtask site` writes after installing the packages; if it differs, xtask installs them again.
RUN npm ci --no-audit --no-fund --loglevel=error \
    && sha256sum package-lock.json | head --bytes=64 > node_modules/.mooncoon-lock

# Third-party crates, compiled. With --target dependencies the build ends here.
FROM rust:1.95-bookworm AS dependencies
WORKDIR /src
COPY rust-toolchain.toml ./
RUN rustup target add wasm32-unknown-unknown
COPY --from=manifests /manifests ./
# The four builds of the next stage (the last is that of xtask/src/site/compile.rs). A difference in profile, features or crate type
# would only cost time: the dependencies would be compiled once more.
RUN cargo build --locked --release --package server
RUN cargo build --locked --package xtask
RUN cargo build --locked --package site
RUN cargo rustc --locked --package frontend --lib --crate-type cdylib --target wasm32-unknown-unknown \
    --target-dir target/front --profile wasm-release -- -Clink-arg=--emit-relocs

FROM dependencies AS build
COPY --from=javascript /usr/local/bin/node /usr/local/bin/node
COPY --from=javascript /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
COPY . .
COPY --from=javascript /src/frontend/js/node_modules frontend/js/node_modules
# Cargo compares times, and a checkout may be older than the empty sources when they were compiled.
RUN find . -name '*.rs' -not -path './target/*' -exec touch {} +
RUN cargo xtask site
RUN cargo build --locked --release --package server

FROM debian:bookworm-slim
# Postgres comes from the compose file: DATABASE_URL is required here, the image contains no server binaries.
# The user has a fixed number so that volumes, and rules such as Kubernetes's runAsNonRoot, can refer to it.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log \
    && groupadd --system --gid 10001 mooncoon \
    && useradd --system --uid 10001 --gid mooncoon --home-dir /var/lib/mooncoon --shell /usr/sbin/nologin mooncoon \
    && install --directory --owner mooncoon --group mooncoon --mode 0750 /var/lib/mooncoon
COPY --from=build /src/target/site /usr/local/share/mooncoon/site
COPY --from=build /src/target/release/mooncoon /usr/local/bin/mooncoon
ENV MOONCOON_ADDR=0.0.0.0:3000 \
    MOONCOON_DATA_DIR=/var/lib/mooncoon \
    MOONCOON_SITE_DIR=/usr/local/share/mooncoon/site
USER 10001:10001
EXPOSE 3000
# Checks that the process responds. Not /readyz: without the database the last board is still served, and a restart would lose it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["mooncoon", "health"]
# The binary is process 1 and receives the signals itself.
ENTRYPOINT ["mooncoon"]
CMD ["serve"]
# Last, so that they change no other layer.
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mooncoon" \
    org.opencontainers.image.description="A launch board over the Launch Library 2 API: which launch to take, how sure that is, and when it changes." \
    org.opencontainers.image.licenses="MIT OR Apache-2.0" \
    org.opencontainers.image.base.name="docker.io/library/debian:bookworm-slim" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.revision="$REVISION"
