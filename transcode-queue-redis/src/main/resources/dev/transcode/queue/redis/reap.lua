-- Recovers a job whose lease is over. The first loss of a worker: next to be taken; later ones wait, longer each time;
-- one too many ends the job, as does a payload that is gone, or a request to cancel.
--
-- KEYS  1 job  2 leases  3 delayed  4 dead  5 finished  6 payloads  7 events  8 outbox  9 list
-- ARGV  1 id  2 losses that end the job  3 wait after the second loss, ms
--       4-7 webhook of the failure: event id or '', url, trusted, body  8-11 of the cancel  12... error fields, flat
-- Keys built: <outbox>:<event id>. Returns ALIVE, requeued, delayed, failed or cancelled.

local keys = {job = KEYS[1], leases = KEYS[2], delayed = KEYS[3], dead = KEYS[4], finished = KEYS[5],
    payloads = KEYS[6], events = KEYS[7], outbox = KEYS[8]}
local list = KEYS[9]
local id, limit, wait = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local now = clock()
local lease = redis.call('ZSCORE', keys.leases, id)
if not lease or tonumber(lease) > now then
    return 'ALIVE'
end
local payload = redis.call('HGET', keys.payloads, id)
if not is_status(keys.job) then
    -- Somebody overwrote the status of a running job: its next claim finds that and buries the payload.
    redis.call('ZREM', keys.leases, id)
    redis.call('HDEL', keys.payloads, id)
    if payload then
        redis.call('RPUSH', list, payload)
    end
    return 'requeued'
end
local cancelled = redis.call('HGET', keys.job, 'cancel') == '1'
redis.call('HSET', keys.job, 'id', id)
local losses = count(redis.call('HGET', keys.job, 'stalls')) + 1
redis.call('HSET', keys.job, 'stalls', number(losses))
let_go(keys.job, '')

if cancelled then
    drop_copies(keys, id, list)
    end_job(keys, id, 'cancelled', {}, {ARGV[8], ARGV[9], ARGV[10], ARGV[11]})
    return 'cancelled'
end
if not payload or losses >= limit then
    drop_copies(keys, id, list)
    end_job(keys, id, 'failed', rest(12), {ARGV[4], ARGV[5], ARGV[6], ARGV[7]})
    return 'failed'
end
redis.call('ZREM', keys.leases, id)
redis.call('HSET', keys.job, 'status', 'queued', 'updated_at', iso(now))
if losses == 1 then
    redis.call('RPUSH', list, payload)
    redis.call('HDEL', keys.job, 'stage', 'progress')
    emit(keys.events, 'requeued', id, keys.job)
    return 'requeued'
end
local due = now + wait * 2 ^ (losses - 2)
redis.call('HSET', keys.job, 'stage', 'retry', 'retry_at', iso(due), unpack(rest(12)))
redis.call('ZADD', keys.delayed, number(due), id)
emit(keys.events, 'retry', id, keys.job)
return 'delayed'
