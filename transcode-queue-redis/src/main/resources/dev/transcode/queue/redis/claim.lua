-- Makes a taken payload's job this worker's. Again with the same token: the same answer.
--
-- KEYS  1 job  2 inbox  3 leases  4 delayed  5 payloads  6 fence  7 dead  8 finished  9 index  10 events
-- ARGV  1 id  2 queue  3 payload  4 its SHA-256, hex  5 token  6 worker  7 lease, ms  8 the job's webhook address or ''
-- Returns {'OK', fence, attempt, generation}, all text, or
--   {'GONE'}         the payload is no longer in the inbox: this worker was taken for dead
--   {'DUP_ACTIVE'}   the same payload is being processed; dropped, counted
--   {'DUP_WAITING'}  the same payload waits for its next attempt; dropped, counted
--   {'CANCELLED'}    this copy is of a job cancelled while it waited; dropped
--   {'CONFLICT'}     another payload, or another queue's, is in progress; still in the inbox, to be buried
--   {'BADKEY'}       job:<id> is no hash; still in the inbox, to be buried

local job, inbox, leases, delayed, payloads = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local counter, dead, finished, index, events = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local id, queue, payload, sha = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local token, worker, lease, webhook = ARGV[5], ARGV[6], tonumber(ARGV[7]), ARGV[8]

if not is_status(job) then
    return {'BADKEY'}
end
local old = redis.call('HMGET', job, 'status', 'sha', 'token', 'fence', 'attempt', 'generation', 'queue')
local status, old_sha, owner, old_queue = old[1], old[2], old[3], old[7]
if owner == token then
    return {'OK', old[4], old[5], old[6]}
end

local function take_out()
    return redis.call('LREM', inbox, 1, payload) == 1
end

-- Cancelled while this copy stood in the list. A foreign worker may have taken the copy instead: then the status is
-- neither of these, and this is a new push. 'drop_' stands for a copy whose payload the cancel did not know.
for _, drop in ipairs({'drop_' .. string.sub(sha, 1, 16), 'drop_'}) do
    local copies = count(redis.call('HGET', job, drop))
    if copies > 0 and (owner or status == 'cancelled' or status == 'queued') then
        if not take_out() then
            return {'GONE'}
        end
        if redis.call('HINCRBY', job, drop, -1) <= 0 then
            redis.call('HDEL', job, drop)
        end
        return {'CANCELLED'}
    end
end

local waiting = redis.call('ZSCORE', delayed, id)
local listed = status == 'queued' and old_sha and redis.call('HEXISTS', payloads, id) == 1
local elsewhere = old_queue and old_queue ~= queue and old_sha and (owner or status == 'queued')
if elsewhere or ((owner or waiting or listed) and old_sha ~= sha) then
    return {'CONFLICT'}
end
if not take_out() then
    return {'GONE'}
end
if owner or waiting then
    redis.call('HSET', job, 'duplicates', number(count(redis.call('HGET', job, 'duplicates')) + 1))
    emit(events, 'duplicate', id, job)
    return {owner and 'DUP_ACTIVE' or 'DUP_WAITING'}
end

-- Ours from here. Ended, or processed by a worker that knows no leases: a new generation. Queued, by us or by a producer
-- that writes the status itself, or not known at all: go on with what is there.
local now, micros = clock()
local ran = status == 'complete' or status == 'failed' or status == 'cancelled' or status == 'processing'
if ran then
    renew(job)
end
local fence = math.max(redis.call('INCR', counter), now, count(old[4]) + 1)
redis.call('SET', counter, number(fence))
-- Without a sha the status is a producer's: no field of it counts.
local goes_on = old_sha and not ran
local attempt = goes_on and count(old[5]) + 1 or 1
local generation = goes_on and count(old[6]) > 0 and old[6] or number(fence)

redis.call('HDEL', job, 'stage', 'error', 'error_code', 'hint', 'retry_at', 'cancel', 'last_token', 'drop_')
redis.call('HSET', job, 'id', id, 'status', 'processing', 'queue', queue, 'sha', sha, 'worker', worker, 'token', token,
    'fence', number(fence), 'attempt', number(attempt), 'generation', generation,
    'progress', '0.0', 'started_at', iso(now), 'updated_at', iso(now))
redis.call('HSETNX', job, 'created_at', iso(now))
if webhook ~= '' then
    redis.call('HSET', job, 'webhook_url', webhook)
end
redis.call('PERSIST', job)
redis.call('HSET', payloads, id, payload)
redis.call('ZADD', leases, number(now + lease), id)
redis.call('ZREM', dead, id)
redis.call('ZREM', finished, id)
local created = string.format('%.0f.%03d', now, micros)
if ran then
    redis.call('ZADD', index, created, id)
else
    redis.call('ZADD', index, 'NX', created, id)
end
emit(events, 'claimed', id, job)
return {'OK', number(fence), number(attempt), generation}
