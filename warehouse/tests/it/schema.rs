use domain::{Layer, OLD_NAMES};
use sqlx::AssertSqlSafe;
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

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_name_has_the_prefix_of_its_layer(pool: PgPool) {
    let names: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and relname <> '_sqlx_migrations'",
    )
    .fetch_all(&pool)
    .await
    .expect("reads the catalogue");
    let bare: Vec<&String> = names.iter().filter(|name| Layer::of(name).is_none()).collect();
    assert!(names.len() > 60 && bare.is_empty(), "without a prefix: {bare:?}");
    // The parts of a name that are no prefix of ours.
    assert_eq!([Layer::of("forecasts_of_mine"), Layer::of("due"), Layer::of("")], [None; 3]);
    for (old, new) in OLD_NAMES {
        assert!(names.iter().any(|name| name == old) && names.iter().any(|name| name == new), "{old}, {new}");
        assert_eq!(Layer::of(old), Layer::of(new));
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn old_names_can_be_read_and_not_written(pool: PgPool) {
    sqlx::raw_sql(
        r#"insert into raw_record_defect values ('2.3.0', 'name', 'cut', 1, now(), now(), null, 1);
        insert into model_forecast (
            launch_id, made_at, ingest_run_id, rocket_flight_count, rocket_success_count, world_flight_count, world_success_count,
            announced_net_at, provider_id, content
        )
        values (
            '00000000-0000-0000-0000-000000000001', now(), 1, 0, 0, 0, 0, now(), 1,
            '{"made_at": "2026-03-23T00:00:00Z", "success": null, "date": null}'
        );
        update fact_launch set is_upcoming = false, left_upcoming_at = now() - interval '2 hours', outcome_seen_at = null,
            last_seen_at = now() - interval '1 hour'"#,
    )
    .execute(&pool)
    .await
    .expect("the tables take the rows");
    for (old, new) in OLD_NAMES {
        let columns: Vec<String> = sqlx::query_scalar(
            "select attname::text from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum",
        )
        .bind(new)
        .fetch_all(&pool)
        .await
        .expect("reads the catalogue");
        let columns = columns.join(", ");
        let same = format!(
            "select count(*) > 0 and count(*) = (select count(*) from {new})
            from (select {columns} from {old} intersect select {columns} from {new}) as in_both"
        );
        assert!(sqlx::query_scalar::<_, bool>(AssertSqlSafe(same)).fetch_one(&pool).await.expect("reads"), "{old}");
        for write in [
            format!("delete from {old}"),
            format!("update {old} set {0} = {0}", columns.split(", ").next().expect("a column")),
            format!("insert into {old} ({columns}) select {columns} from {new}"),
        ] {
            let error = sqlx::query(AssertSqlSafe(write.clone())).execute(&pool).await.expect_err(&write).to_string();
            assert!(error.contains("old name"), "{write}: {error}");
        }
    }
}
