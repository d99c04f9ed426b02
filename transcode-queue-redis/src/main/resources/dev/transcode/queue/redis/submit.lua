-- Writes a job's status and queues it. Again: EXISTS, or REPLAY with an idempotency key.
--
-- KEYS  1 job  2 list  3 payloads  4 index  5 events  6 dead  7 finished  8 idempotency key, or any key if there is none
-- ARGV  1 id  2 queue  3 payload  4 its SHA-256, hex  5 longest list  6 '1' if there is an idempotency key
--       7 how long it is kept, s  8... status fields, flat
-- Returns {'QUEUED'}, {'REPLAY', id}, {'EXISTS'}, {'CONFLICT'}, {'FULL'} or {'BADKEY'}.

local job, list, payloads, index, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local dead, finished, replay = KEYS[6], KEYS[7], KEYS[8]
local id, queue, payload, sha, longest = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local once, seconds = ARGV[6] == '1', ARGV[7]

if once then
    local before = redis.call('GET', replay)
    if before then
        local same = string.sub(before, 1, 64) == sha
        return same and {'REPLAY', string.sub(before, 66)} or {'CONFLICT'}
    end
end
if not is_status(job) then
    return {'BADKEY'}
end
local old = redis.call('HMGET', job, 'status', 'fence')
local status = old[1]
if status and status ~= 'complete' and status ~= 'failed' and status ~= 'cancelled' then
    return {'EXISTS'}
end
if redis.call('LLEN', list) >= longest then
    return {'FULL'}
end

local now, micros = clock()
-- First a write that needs memory: a Redis at its maxmemory refuses here, before anything has changed.
redis.call('HSET', payloads, id, payload)
renew(job, 'fence')
redis.call('HSET', job, 'id', id, 'status', 'queued', 'queue', queue, 'sha', sha, 'created_at', iso(now),
    'updated_at', iso(now), unpack(rest(8)))
redis.call('PERSIST', job)
redis.call('ZREM', dead, id)
redis.call('ZREM', finished, id)
redis.call('ZADD', index, string.format('%.0f.%03d', now, micros), id)
if once then
    redis.call('SET', replay, sha .. ' ' .. id, 'EX', seconds)
end
redis.call('LPUSH', list, payload)
emit(events, 'queued', id, job)
return {'QUEUED'}
