# Stands in for rust:1.95-bookworm: Debian, a C compiler, and the toolchain by rustup, as in the official image.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates gcc g++ libc6-dev make git && rm -rf /var/lib/apt/lists/*
COPY certificates /usr/local/share/ca-certificates
RUN update-ca-certificates
ENV RUSTUP_HOME=/usr/local/rustup \
    CARGO_HOME=/usr/local/cargo \
    PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    CARGO_HTTP_CAINFO=/etc/ssl/certs/ca-certificates.crt
COPY rustup /usr/local/cargo/bin/
RUN cd /usr/local/cargo/bin && for program in cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do ln -s rustup $program; done \
    && rustup set profile minimal && rustup default 1.95.0
LABEL org.opencontainers.image.title="stand-in for rust:1.95-bookworm"
CMD ["bash"]
