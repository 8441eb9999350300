-- Writes what a response that runs in the background has come to, and keeps its owner's claim alive.
--
-- KEYS[1]  the response: organization, project, owner, status, begun, alive_until (Unix ms), and response, full, wish, lost
-- KEYS[2]  its events: a list of sealed chunks
-- ARGV[1]  organization
-- ARGV[2]  project
-- ARGV[3]  owner: the process that runs it
-- ARGV[4]  status
-- ARGV[5]  what it began as, sealed; '' when that was written before
-- ARGV[6]  the whole response, sealed; '' as long as it runs
-- ARGV[7]  '1' when no more events are kept, else '0'
-- ARGV[8]  milliseconds that the owner counts as alive without writing again
-- ARGV[9]  milliseconds that it is kept without being written again
-- ARGV[10] how many chunks were written before
-- ARGV[11…] further chunks
-- Returns the status it has now, and what its client wishes: '' | 'cancel' | 'delete'. The status 'unknown' asks for what
-- it began as. What has ended is never changed. A second time does nothing.

local known = redis.call('HMGET', KEYS[1], 'status', 'wish')
local status = known[1]
if not status and ARGV[5] == '' then return { 'unknown', '' } end
if status and status ~= 'queued' and status ~= 'in_progress' then return { status, '' } end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[1], 'organization', ARGV[1], 'project', ARGV[2], 'owner', ARGV[3], 'status', ARGV[4],
  'alive_until', string.format('%.0f', now + tonumber(ARGV[8])))
if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'begun', ARGV[5]) end
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'response', ARGV[6]) end
if ARGV[7] == '1' then redis.call('HSET', KEYS[1], 'full', '1') end

local length = redis.call('LLEN', KEYS[2])
for index = 11, #ARGV do
  if tonumber(ARGV[10]) + index - 11 >= length then redis.call('RPUSH', KEYS[2], ARGV[index]) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[9])
redis.call('PEXPIRE', KEYS[2], ARGV[9])
return { ARGV[4], known[2] or '' }
