//! The fault that makes each data test fail.

/// Changes of date, one for each `day` of the relation `change` that a fault adds; faults name it `MOVED`.
pub(super) const MOVED: &str = "insert into fact_net_change (launch_id, observed_at, ingest_run_id, net_before_at, net_precision_before_id, net_after_at,
        net_precision_after_id, status_before_id, status_after_id, provider_id, rocket_config_id, pad_id, was_observed_live)
    select launch_id, first_seen_at + day * interval '1 day', 1, net_at, 1, net_at + interval '1 hour', 1, 1, 1, provider_id,
        rocket_config_id, pad_id, true
    from fact_launch";

/// A test and the fault that makes it fail. Foreign keys and triggers are disabled; each fault is rolled back.
pub(super) const FAULTS: &[(&str, &str)] = &[
    ("assert_upcoming_does_not_collapse", "update ingest_run set announced_count = 100"),
    ("assert_accepted_answers_are_landed", "update ingest_request set page_sha256 = null"),
    (
        "assert_blocked_runs_published_nothing",
        "insert into data_test_result (ingest_run_id, test, severity, offending_count) select ingest_run_id, 'x', 'block', 1 from stg_run",
    ),
    ("assert_board_shows_every_launch_once", "delete from dim_pad"),
    ("assert_booster_history_is_current", "update launch_booster set serial_number = 'Another'"),
    ("assert_calendar_fits_launches", "update dim_date set quarter = 3 where date = '2026-06-01'"),
    ("assert_changes_are_counted", "update fact_launch set slip_count = 1"),
    ("assert_changes_are_published", "update fact_launch set content_hash = '\\x00'"),
    ("assert_children_are_as_received", "delete from launch_program"),
    (
        "assert_dimension_changes_join_up",
        "insert into dim_change (dimension, member_id, attribute, observed_at, ingest_run_id, old_value, new_value)
        select 'dim_agency', 1, 'name', observed_at - day * interval '1 day', ingest_run_id, 'A' || day, 'B' || day
        from stg_run, (values (1), (2)) as change (day)",
    ),
    (
        "assert_rebuilds_are_done",
        "insert into ingest_rebuild (reason, attempt_count, error) values ('A test.', 3, 'The page is damaged.')",
    ),
    ("assert_forecasts_are_possible", "update model_forecast set p50_at = p90_at + interval '1 day'"),
    ("assert_history_starts_when_first_seen", "update fact_launch_revision set valid_from = valid_from - interval '1 day'"),
    ("assert_landed_pages_hold_something", "update raw_ll2_page set body_bytes = 0"),
    ("assert_ledger_joins_up", "MOVED, (values (1), (2)) as change (day)"),
    ("assert_members_have_names", "update dim_orbit set name = ' '"),
    ("assert_membership_is_consistent", "update fact_launch set is_upcoming = false"),
    ("assert_memory_of_the_job_is_whole", "delete from ingest_cursor where feed = 'history'"),
    (
        "assert_most_records_are_usable",
        "update stg_run set record_count = 45, quarantined_count = 10",
    ),
    ("assert_newest_revision_is_the_fact", "update fact_launch set name = 'Another name'"),
    ("assert_nothing_is_from_the_future", "update fact_launch set last_seen_at = clock_timestamp() + interval '1 day'"),
    ("assert_pad_and_location_are_known", "update dim_location set name = ''"),
    (
        "assert_payloads_are_possible",
        "insert into launch_payload (launch_id, payload_flight_id, name, amount) select launch_id, 1, 'Made-up', 0 from stg_ll2__change",
    ),
    ("assert_provider_is_known", "update dim_agency set name = ''"),
    ("assert_revisions_are_contiguous", "update fact_launch_revision set valid_to = valid_from + interval '1 day'"),
    ("assert_rocket_is_known", "delete from dim_rocket_config"),
    ("assert_ledger_matches_revisions", "MOVED, (values (1)) as change (day)"),
    ("assert_staged_children_have_a_launch", "delete from stg_ll2__launch"),
    ("assert_staged_members_are_distinct", "insert into stg_ll2__pad select * from stg_ll2__pad"),
    ("assert_staged_records_are_distinct", "insert into stg_ll2__gone select launch_id, observed_at from stg_ll2__launch"),
    ("assert_unread_is_quarantined", "insert into stg_ll2__unread values ('00000000-0000-4000-8000-000000000099')"),
    (
        "assert_budget_is_kept",
        "insert into ingest_allowance (told_at, request_limit, window_seconds, current_use, foreign_use)
        values (clock_timestamp(), 1, 3600, 0, 0);
        insert into ingest_request (purpose, url) values ('upcoming', 'one'), ('history', 'two')",
    ),
    (
        "assert_coarse_net_is_a_date",
        "update fact_launch set net_precision_id = 7, net_at = '2026-06-30T12:00:00Z'",
    ),
    ("assert_country_codes_are_three_letters", "update dim_location set country_code = 'NZ'"),
    ("assert_cursor_is_not_ahead", "update ingest_cursor set position_at = '2999-12-31T00:00:00Z' where feed = 'changed'"),
    (
        "assert_date_forecasts_are_scored",
        "update model_forecast_score set next_at = made_at - interval '73 hours'",
    ),
    ("assert_date_scores_are_possible", "update model_forecast_score set within_7_days_chance = within_30_days_chance + 0.01"),
    (
        "assert_drift_adds_up",
        "insert into schema_drift (api_version, mode, json_path, json_type, entity, state, is_steady, seen_count, first_seen_at, last_seen_at,
            first_run_id, last_run_id)
        values ('2.2.0', 'detailed', '$.cheese', 'string', 'launch', 'new', false, 0, clock_timestamp(), clock_timestamp(), 1, 1)",
    ),
    (
        "assert_schema_versions_are_contiguous",
        "insert into schema_version (api_version, mode, version_number, since_at, ingest_run_id, added_count, removed_count)
        values ('2.0.0', 'detailed', 2, clock_timestamp(), 1, 0, 0)",
    ),
    ("assert_ended_runs_have_ended_steps", "update ingest_step set state = 'running'"),
    ("assert_flight_records_add_up", "update dim_rocket_config set successful_launch_count = total_launch_count + 1"),
    (
        "assert_flights_are_counted_as_by_ll2",
        "update ingest_cursor set position_at = '2025-12-31T00:00:00Z' where feed = 'history';
        update fact_launch set status_id = 3, agency_launch_attempt_count_year = 6",
    ),
    (
        "assert_flights_end",
        "update fact_launch set status_id = 6, net_at = '2025-12-28T23:59:00Z'",
    ),
    ("assert_forecasts_are_readable", "update model_forecast set content = null, unreadable_content = 'x'"),
    ("assert_movement_is_measured", "update model_movement set measured_at = measured_at - interval '1 day'"),
    ("assert_movement_is_measured", "update model_movement set launch_count = 4"),
    (
        "assert_last_updated_does_not_go_back",
        "update stg_ll2__change set last_updated_before_at = '2026-01-01T00:00:01Z'",
    ),
    ("assert_landings_follow_attempts", "update launch_spacecraft set landing_success = true, landing_attempt = false"),
    ("assert_landings_follow_attempts", "update launch_booster set landing_success = true, landing_attempt = false"),
    (
        "assert_lease_is_not_overdue",
        "update ingest_lease set holder = gen_random_uuid(), expires_at = clock_timestamp() - interval '1 minute'",
    ),
    (
        "assert_one_run_is_at_work",
        "insert into ingest_run (kind, trigger, source, base_url, api_version)
        select 'sweep', 'command', 'simulated', '', '2.2.0' from generate_series(1, 2)",
    ),
    ("assert_pads_are_near_their_location", "update dim_location set latitude = 10"),
    (
        "assert_plan_is_possible",
        "insert into ingest_plan (plan_position, task, due_at, request_count, reason) values (1, 'sweep', clock_timestamp(), 4, '')",
    ),
    ("assert_precision_agrees_with_date", "update fact_launch set net_precision_id = 10"),
    ("assert_precision_is_accepted", "update fact_launch set net_precision_id = 17"),
    ("assert_programs_end_after_they_start", "update dim_program set start_date = '2026-01-02', end_date = '2026-01-01'"),
    (
        "assert_quarantine_stays_small",
        "update stg_run set record_count = 39, quarantined_count = 2",
    ),
    ("assert_rocket_measures_are_plausible", "update dim_rocket_config set diameter_m = length_m + 1"),
    ("assert_run_counts_are_possible", "update ingest_run set launch_changed_count = launch_seen_count + 1"),
    (
        "assert_segments_contain_their_bodies",
        "insert into raw_ll2_segment (page_count, body_bytes, bodies_zstd) select 1, body_bytes, '\\x00' from raw_ll2_page;
        update raw_ll2_page set body_zstd = null, segment_offset = 1, raw_ll2_segment_id = (select max(raw_ll2_segment_id) from raw_ll2_segment)",
    ),
    ("assert_settled_runs_have_a_checkpoint", "update ingest_run set settled_at = clock_timestamp()"),
    ("assert_statements_are_noted", "update ingest_statement set took_seconds = -1"),
    (
        "assert_acknowledgements_cover_their_rows",
        "insert into data_test_acknowledgement (test, reason, offending_count, acknowledged_at) values ('x', 'Known.', 1, '2026-01-01');
        insert into data_test_result (ingest_run_id, test, severity, offending_count, data_test_acknowledgement_id)
        select ingest_run_id, 'x', 'warn', 2, data_test_acknowledgement_id from stg_run, data_test_acknowledgement",
    ),
    ("assert_test_summaries_add_up", "update data_test_summary set test_count = test_count + 1"),
    ("assert_status_is_accepted", "update fact_launch set status_id = 10"),
    ("assert_upcoming_has_a_future", "update fact_launch set last_seen_at = '2026-06-05T00:00:00Z'"),
    ("assert_window_holds_net", "update fact_launch set window_start_at = net_at + interval '1 second'"),
    ("assert_window_is_not_reversed", "update fact_launch set window_end_at = window_start_at - interval '1 second'"),
    ("assert_nothing_flown_is_to_come", "update fact_launch set status_id = 3"),
];
