-- Gives back what stands in the inbox of a worker that no longer beats, the oldest to be taken next, and takes the
-- worker off the list.
--
-- KEYS  1 workers  2 inbox  3 list
-- ARGV  1 worker  2 how old its last beat must be, ms; -1: in any case, as the worker itself asks
-- Returns how many payloads went back.

local workers, inbox, list = KEYS[1], KEYS[2], KEYS[3]
local worker, age = ARGV[1], tonumber(ARGV[2])

local now = clock()
local beat = redis.call('ZSCORE', workers, worker)
if beat and tonumber(beat) + age > now then
    return 0
end
local swept = 0
while redis.call('LMOVE', inbox, list, 'LEFT', 'RIGHT') do
    swept = swept + 1
end
redis.call('ZREM', workers, worker)
return swept
