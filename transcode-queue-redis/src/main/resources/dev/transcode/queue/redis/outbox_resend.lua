-- Makes the last webhook of an ended job due now, under its own event id, as if it had never been tried.
--
-- KEYS  1 outbox  2 job
-- Keys built: <outbox>:<event id>. Returns {} if there is none, else {event id, its fields, flat}.

local outbox, job = KEYS[1], KEYS[2]

local event = field(job, 'webhook_event')
local entry = outbox .. ':' .. (event or '')
if not event or redis.call('EXISTS', entry) == 0 then
    return {}
end
local now = clock()
redis.call('PERSIST', entry) -- needs no memory: after it, a script may write although Redis is at its maxmemory
redis.call('HSET', entry, 'tries', '0')
redis.call('ZADD', outbox, number(now), event)
return {event, redis.call('HGETALL', entry)}
