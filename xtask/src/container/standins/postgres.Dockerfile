# Stands in for postgres:17: Debian's Postgres 15 with the users, folders, settings and signals of the official image.
FROM debian:bookworm-slim
RUN groupadd --system --gid 999 postgres \
    && useradd --system --gid 999 --uid 999 --home-dir /var/lib/postgresql --shell /bin/bash postgres \
    && apt-get update && apt-get install --yes --no-install-recommends postgresql-common \
    && sed -i 's/#create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf \
    && apt-get install --yes --no-install-recommends postgresql-15 locales && rm -rf /var/lib/apt/lists/* \
    && localedef -i en_US -f UTF-8 en_US.UTF-8 && mkdir /docker-entrypoint-initdb.d \
    && install --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql \
    && install --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql/data
ENV LANG=en_US.utf8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin \
    PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
LABEL org.opencontainers.image.title="stand-in for postgres:17 (Debian's Postgres 15)"
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
