create unlogged table stg_ll2__patch (
    launch_id uuid not null,
    patch_id bigint not null,
    name text not null,
    priority integer,
    image_url text,
    agency_name text
);
comment on table stg_ll2__patch is 'A mission patch of the run in work. One row per launch and patch.';

create table launch_patch (
    launch_id uuid not null references fact_launch,
    patch_id bigint not null,
    name text not null,
    priority integer,
    image_url text,
    agency_name text,
    primary key (launch_id, patch_id)
);
comment on table launch_patch is 'A mission patch, of the mission or of the series it belongs to. One row per launch and patch.';
comment on column launch_patch.priority is 'LL2 shows the highest first.';
comment on column launch_patch.image_url is 'http or https; null when LL2 has the patch and no picture of it.';
