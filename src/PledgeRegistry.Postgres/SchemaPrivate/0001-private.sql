-- The private store. Applied once, by the owner of the schema; a change is a file of its own with the next number.
-- Times are milliseconds since 1970 (UTC). Texts that are ordered are ordered by their bytes, as in every engine.
create table pledge_registry_private.contacts (
    actor text collate "C" primary key, participant text collate "C" not null, details text
);

create table pledge_registry_private.drafts (
    id text collate "C" primary key, participant text collate "C" not null, kind text not null, prepared_by text not null, state text not null,
    cleared_by text, recorded text, created_at bigint not null, changed_at bigint not null, version bigint not null
);

-- What was filled in. In parts, because to wipe one form is to rewrite the part that it is in.
create table pledge_registry_private.forms (draft text collate "C" primary key, form text not null) partition by hash (draft);
do $$
begin
    for part in 0 .. 31 loop
        execute format('create table pledge_registry_private.forms_%s partition of pledge_registry_private.forms for values with (modulus 32, remainder %s)', part, part);
    end loop;
end
$$;

create table pledge_registry_private.keys (name text collate "C" primary key, xml text not null);

create table pledge_registry_private.access (
    number bigint primary key, at bigint not null, by text not null, action text not null, subject text not null
);

-- Else the planner's statistics keep samples of it, and nothing erases those.
alter table pledge_registry_private.contacts alter column details set statistics 0;
alter table pledge_registry_private.forms alter column form set statistics 0;
alter table pledge_registry_private.keys alter column xml set statistics 0;

-- Its one row is locked by whoever's turn it is, until the transaction ends.
create table pledge_registry_private.turn (only_one boolean primary key default true check (only_one));
insert into pledge_registry_private.turn default values;

create function pledge_registry_private.take_turn() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from pledge_registry_private.turn for update;
end
$$;

-- Every line takes the turn first: so the numbers have no gap, and all that follows in the transaction is done alone.
create function pledge_registry_private.number_line() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    next bigint;
begin
    perform pledge_registry_private.take_turn();
    select coalesce(max(number), 0) + 1 into next from pledge_registry_private.access;
    if coalesce(new.number, next) <> next then
        raise exception 'lines of the access log are only appended: % comes next, not %', next, new.number using errcode = 'PR001';
    end if;
    new.number := next;
    return new;
end
$$;

create function pledge_registry_private.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'a line of the access log is never changed and never removed (%)', lower(tg_op) using errcode = 'PR002';
end
$$;

create trigger numbered before insert on pledge_registry_private.access
    for each row execute function pledge_registry_private.number_line();
create trigger unchanged before update or delete or truncate on pledge_registry_private.access
    for each statement execute function pledge_registry_private.refuse_change();

-- A session in replica mode would pass over ordinary triggers.
alter table pledge_registry_private.access enable always trigger numbered;
alter table pledge_registry_private.access enable always trigger unchanged;

-- An update or a delete leaves the old row in the table's file, and vacuum leaves its bytes in the page. So what stays is
-- written to a new file; the old one, with its TOAST and its indexes, is emptied when the transaction is committed. What
-- stays is held in memory meanwhile: a temporary table would be a further file. Called by the functions below alone.
create function pledge_registry_private.rewrite(what regclass) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    staying text[];
begin
    execute format('lock table %s in access exclusive mode', what);
    execute format('select array_agg(t::text) from %s t', what) into staying;
    execute format('truncate %s', what);
    execute format('insert into %s select (line::%s).* from unnest($1) as staying (line)', what, what) using staying;
end
$$;

-- The only ways to change or remove what must then be gone. The user that runs may do nothing of this by itself.
create function pledge_registry_private.replace_details(of_actor text, replacement text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update pledge_registry_private.contacts set details = replacement where actor = of_actor and details is not null;
    if not found then
        return false;
    end if;
    perform pledge_registry_private.rewrite('pledge_registry_private.contacts');
    return true;
end
$$;

create function pledge_registry_private.replace_form(of_draft text, replacement text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    part regclass;
begin
    update pledge_registry_private.forms set form = replacement where draft = of_draft returning tableoid into strict part;
    perform pledge_registry_private.rewrite(part);
    return true;
end
$$;

create function pledge_registry_private.delete_draft(of_draft text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    part regclass;
begin
    delete from pledge_registry_private.drafts where id = of_draft;
    if not found then
        return false;
    end if;
    delete from pledge_registry_private.forms where draft = of_draft returning tableoid into strict part;
    perform pledge_registry_private.rewrite(part);
    perform pledge_registry_private.rewrite('pledge_registry_private.drafts');
    return true;
end
$$;

revoke all on all functions in schema pledge_registry_private from public;
