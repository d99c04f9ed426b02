-- Looks for jobs that fell between the sets, as after a loss of data: a payload kept for a job that we claimed but that
-- has no lease gets one that is over, so that the reaper takes it. Payloads of jobs that are over are forgotten.
--
-- KEYS  1 payloads  2 leases  3 delayed  4 dead
-- ARGV  1... ids to look at
-- Keys built: job:<id>. Returns how many were healed.

local payloads, leases, delayed, dead = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local healed = 0
for _, id in ipairs(ARGV) do
    local somewhere = redis.call('ZSCORE', leases, id) or redis.call('ZSCORE', delayed, id)
        or redis.call('ZSCORE', dead, id)
    if not somewhere and redis.call('HEXISTS', payloads, id) == 1 and is_status('job:' .. id) then
        local old = redis.call('HMGET', 'job:' .. id, 'status', 'token')
        local status, token = old[1], old[2]
        if status == 'processing' and token then
            redis.call('ZADD', leases, '0', id)
            healed = healed + 1
        elseif status ~= 'queued' and status ~= 'processing' then
            -- Ended elsewhere, or no longer known. Queued ones stand in the list; one that is processing without a
            -- token is in the hands of a worker that knows no leases.
            redis.call('HDEL', payloads, id)
        end
    end
end
return healed
