-- What several scripts need: Script.java puts this text before each of them.
--
-- A number goes into a command only as text made by number(): Lua would write a large one as 1.7e+12. All times are the
-- server's. Keys that depend on an id in ARGV are built here or in the script, and its header names them: we refuse
-- Redis Cluster, so they need not be declared.

local DAY = 86400000
local COMPLETE_DAYS, DEAD_DAYS = 7, 30

local function number(value)
    return string.format('%.0f', value)
end

-- The whole number in a field; 0 for anything else, and for one above 10^15: a producer may write fields of its own.
local function count(text)
    local digits = string.match(text or '', '^%d+$')
    return digits and #digits <= 15 and tonumber(digits) or 0
end

-- Milliseconds since 1970, and the microseconds of the last one.
local function clock()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000), time[2] % 1000
end

-- Milliseconds since 1970 as ISO 8601 in UTC. The calendar is counted in years that start in March, so that a leap day
-- is a year's last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
local function iso(ms)
    local days, rest = math.floor(ms / DAY) + 719468, ms % DAY
    local era = math.floor(days / 146097)
    local day = days - era * 146097
    local year = math.floor((day - math.floor(day / 1460) + math.floor(day / 36524) - math.floor(day / 146096)) / 365)
    day = day - (365 * year + math.floor(year / 4) - math.floor(year / 100))
    local month = math.floor((5 * day + 2) / 153)
    day = day - math.floor((153 * month + 2) / 5) + 1
    month = month < 10 and month + 3 or month - 9
    year = year + era * 400 + (month <= 2 and 1 or 0)
    local seconds = math.floor(rest / 1000)
    return string.format('%04d-%02d-%02dT%02d:%02d:%02d.%03dZ', year, month, day,
        math.floor(seconds / 3600), math.floor(seconds / 60) % 60, seconds % 60, rest % 1000)
end

-- Whether the key can hold a job's status: somebody may have put something else under job:<id>.
local function is_status(key)
    local kind = redis.call('TYPE', key).ok
    return kind == 'hash' or kind == 'none'
end

-- The named field; nil if it, or the whole status, is missing.
local function field(key, name)
    return is_status(key) and redis.call('HGET', key, name) or nil
end

-- Appends an event with what the status says of the job.
local function emit(events, kind, id, key)
    local names = {'attempt', 'fence', 'generation', 'worker', 'stage', 'progress', 'speed', 'eta_seconds', 'queue',
        'error_code'}
    local values = redis.call('HMGET', key, unpack(names))
    local event = {'type', kind, 'job', id}
    for i, name in ipairs(names) do
        if values[i] and values[i] ~= '' then
            event[#event + 1] = name
            event[#event + 1] = values[i]
        end
    end
    redis.call('XADD', events, 'MAXLEN', '~', '10000', '*', unpack(event))
end

-- Starts a new generation: of the status only the named fields stay, and the counts of copies to be dropped.
local function renew(key, ...)
    local keep = {}
    for _, name in ipairs({...}) do
        keep[name] = true
    end
    local old, kept = redis.call('HGETALL', key), {}
    for i = 1, #old, 2 do
        if keep[old[i]] or string.sub(old[i], 1, 5) == 'drop_' then
            kept[#kept + 1] = old[i]
            kept[#kept + 1] = old[i + 1]
        end
    end
    redis.call('DEL', key)
    if #kept > 0 then
        redis.call('HSET', key, unpack(kept))
    end
end

-- Takes the job off whoever held it; last is what a repeated call of the holder may find in last_token.
local function let_go(key, last)
    redis.call('HDEL', key, 'token', 'cancel', 'gated', 'speed', 'eta_seconds')
    redis.call('HSET', key, 'last_token', last)
end

-- Drops and counts the copies of an ending job that were pushed while it waited or ran, and that nobody has taken yet.
-- Only in a list that is searched in no time: in a longer one a copy runs when it is taken.
local function drop_copies(keys, id, list)
    local payload = redis.call('HGET', keys.payloads, id)
    if not payload or not list or redis.call('LLEN', list) > 10000 then
        return
    end
    local copies = redis.call('LREM', list, 0, payload)
    if copies > 0 then
        local drop = 'drop_' .. string.sub(redis.call('HGET', keys.job, 'sha') or '', 1, 16)
        local unwanted = count(redis.call('HGET', keys.job, drop)) - copies
        if unwanted > 0 then
            redis.call('HSET', keys.job, drop, number(unwanted))
        else
            redis.call('HDEL', keys.job, drop)
        end
        redis.call('HSET', keys.job, 'duplicates', number(count(redis.call('HGET', keys.job, 'duplicates')) + copies))
        emit(keys.events, 'duplicate', id, keys.job)
    end
end

-- Ends the job: status, expiry, the sets, the webhook's entry in the outbox, the event.
-- keys: job, leases, delayed, dead, finished, payloads, events, outbox. fields: a flat list.
-- hook: {event id or '', url, '1' if trusted, body}; its entry is the key <outbox>:<event id>.
local function end_job(keys, id, status, fields, hook)
    local now = clock()
    local days = status == 'complete' and COMPLETE_DAYS or DEAD_DAYS
    redis.call('HSET', keys.job, 'status', status, 'finished_at', iso(now), 'updated_at', iso(now), unpack(fields))
    redis.call('HDEL', keys.job, 'token', 'cancel', 'gated', 'retry_at', 'speed', 'eta_seconds')
    for i = 2, #fields, 2 do
        if fields[i] == '' then -- nothing, and kept for days it would cost some 80 bytes
            redis.call('HDEL', keys.job, fields[i - 1])
        end
    end
    if status ~= 'failed' then
        redis.call('HDEL', keys.job, 'error', 'error_code', 'hint')
    end
    redis.call('ZREM', keys.leases, id)
    redis.call('ZREM', keys.delayed, id)
    redis.call('ZADD', keys.finished, number(now), id)
    if status == 'complete' then
        redis.call('HDEL', keys.payloads, id)
    elseif redis.call('HEXISTS', keys.payloads, id) == 1 then
        redis.call('ZADD', keys.dead, number(now), id)
    end
    if hook[1] ~= '' then
        local entry = keys.outbox .. ':' .. hook[1]
        redis.call('HSET', entry, 'job', id, 'url', hook[2], 'trusted', hook[3], 'body', hook[4],
            'tries', '0', 'created_at', number(now))
        redis.call('ZADD', keys.outbox, number(now), hook[1])
        redis.call('HSET', keys.job, 'webhook_event', hook[1])
    end
    redis.call('EXPIRE', keys.job, number(days * DAY / 1000))
    emit(keys.events, status, id, keys.job)
end

-- ARGV from the given position to its end.
local function rest(from)
    local list = {}
    for i = from, #ARGV do
        list[#list + 1] = ARGV[i]
    end
    return list
end

