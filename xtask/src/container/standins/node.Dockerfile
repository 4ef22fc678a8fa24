# Stands in for node:22-bookworm-slim: Debian, and the Node of the machine that makes it, in the places of the official image.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates libstdc++6 && rm -rf /var/lib/apt/lists/*
COPY certificates /usr/local/share/ca-certificates
RUN update-ca-certificates
COPY node /usr/local
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
LABEL org.opencontainers.image.title="stand-in for node:22-bookworm-slim"
CMD ["node"]
