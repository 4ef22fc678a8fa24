use warehouse::PgPool;

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_table_and_view_documents_its_content_and_grain(pool: PgPool) {
    let silent: Vec<String> = sqlx::query_scalar(
        "select relname::text
         from pg_class
         where relnamespace = 'public'::regnamespace
             and relkind in ('r', 'v')
             and relname <> '_sqlx_migrations'
             and coalesce(obj_description(oid, 'pg_class'), '') not similar to '(One row per |Exactly one row|At most one row)%'",
    )
    .fetch_all(&pool)
    .await
    .expect("reads the catalogue");
    assert!(silent.is_empty(), "without a comment that starts with the grain: {silent:?}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_column_has_a_comment(pool: PgPool) {
    let silent: Vec<String> = sqlx::query_scalar(
        "select concat_ws('.', relname, attname)
         from pg_class
         inner join pg_attribute on attrelid = pg_class.oid
         where relnamespace = 'public'::regnamespace
             and relkind in ('r', 'v')
             and relname <> '_sqlx_migrations'
             and attnum > 0
             and not attisdropped
             and coalesce(col_description(pg_class.oid, attnum), '') = ''",
    )
    .fetch_all(&pool)
    .await
    .expect("reads the catalogue");
    assert!(silent.is_empty(), "columns without a comment: {silent:?}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn revisions_of_a_launch_cannot_overlap(pool: PgPool) {
    let overlapping = "insert into fact_launch_revision (launch_id, revision_number, valid_from, valid_to, ingest_run_id, name,
            status_id, net_at, provider_id, rocket_config_id, pad_id, is_upcoming)
        select launch_id, 9, valid_from, valid_to, ingest_run_id, name, status_id, net_at, provider_id, rocket_config_id, pad_id,
            is_upcoming
        from fact_launch_revision where revision_number = 1";
    let error = sqlx::query(overlapping).execute(&pool).await.expect_err("refused").to_string();
    assert!(error.contains("revision_does_not_overlap"), "{error}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_fact_without_its_dimension_is_refused(pool: PgPool) {
    let error = sqlx::query("update fact_launch set pad_id = 999999").execute(&pool).await.expect_err("refused");
    assert!(error.to_string().contains("foreign key"), "{error}");
}
