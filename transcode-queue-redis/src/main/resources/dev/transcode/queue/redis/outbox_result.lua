-- Notes one try of a webhook. Again with the same number of tries before: nothing more.
--
-- KEYS  1 outbox  2 entry  3 log
-- ARGV  1 event id  2 tries before this one  3 next try in ms, or -1: settled  4 line for the log  5 lines kept
--       6 how long a settled entry is kept, s  7 how long the log is kept, s
-- Returns 1, or 0 if that try was noted before or the entry is gone.

local outbox, entry, log = KEYS[1], KEYS[2], KEYS[3]
local event, tries, delay, line, lines = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local entry_seconds, log_seconds = ARGV[6], ARGV[7]

-- First a write that needs no memory: after it, a script may write although Redis is at its maxmemory.
redis.call('ZREM', outbox, '')
if redis.call('EXISTS', entry) == 0 or count(redis.call('HGET', entry, 'tries')) ~= tries then
    return 0
end
redis.call('HSET', entry, 'tries', number(tries + 1))
if delay < 0 then
    redis.call('ZREM', outbox, event)
    redis.call('EXPIRE', entry, entry_seconds)
else
    local now = clock()
    redis.call('ZADD', outbox, number(now + delay), event)
end
redis.call('RPUSH', log, line)
redis.call('LTRIM', log, -lines, -1)
redis.call('EXPIRE', log, log_seconds)
return 1
