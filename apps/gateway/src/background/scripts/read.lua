-- Reads a response that runs in the background, or ran there a while ago.
--
-- KEYS[1]  the response, as in write.lua
-- KEYS[2]  its events
-- ARGV[1]  position of the first chunk that is asked for
-- Returns nothing when it is not known; else organization, project, status, lost, full, begun, response, and the chunks.
-- One that runs and whose owner has given no sign of life in time has failed: whoever asks first writes that down.

local known = redis.call('HMGET', KEYS[1], 'organization', 'project', 'status', 'lost', 'full', 'begun', 'response',
  'alive_until')
local status = known[3]
if not status then return {} end
local lost = known[4] or ''
if status == 'queued' or status == 'in_progress' then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  if now > tonumber(known[8] or '0') then
    status = 'failed'
    lost = '1'
    redis.call('HSET', KEYS[1], 'status', status, 'lost', lost)
  end
end
return { known[1], known[2], status, lost, known[5] or '', known[6] or '', known[7] or '',
  redis.call('LRANGE', KEYS[2], ARGV[1], -1) }
