-- Makes the last webhook of an ended job due now, under its own event id.
--
-- KEYS  1 outbox  2 job
-- Keys built: <outbox>:<event id>. Returns {} if there is none, else {event id, its fields, flat}.

local outbox, job = KEYS[1], KEYS[2]

local event = field(job, 'webhook_event')
local fields = event and redis.call('HGETALL', outbox .. ':' .. event) or {}
if #fields == 0 then
    return {}
end
local now = clock()
redis.call('PERSIST', outbox .. ':' .. event)
redis.call('ZADD', outbox, number(now), event)
return {event, fields}
