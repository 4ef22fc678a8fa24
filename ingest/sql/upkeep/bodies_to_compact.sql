-- The oldest bodies that are not in a segment: as many as fill one of $1 bytes, and at most $3. Without those of the
-- last $2 seconds, and without any that would take half a segment: it has no equal near it.
select sha256, body_bytes, stored_bytes, filled_bytes
from (
    select
        sha256,
        observed_at,
        body_bytes,
        octet_length(body_zstd)::bigint as stored_bytes,
        (sum(body_bytes) over (order by observed_at, sha256))::bigint as filled_bytes
    from (
        select sha256, observed_at, body_bytes, body_zstd
        from raw_ll2_page
        where body_zstd is not null
            and body_bytes between 1 and $1 / 2
            and observed_at < ingest_now() - make_interval(secs => $2)
        order by observed_at, sha256
        limit $3
    ) as oldest
) as filling
where filled_bytes - body_bytes < $1
order by observed_at, sha256
