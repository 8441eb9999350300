-- Asks the owner of a response that runs in the background to end it.
--
-- KEYS[1]  the response, as in write.lua
-- ARGV[1]  'cancel', or 'delete', which is not taken back
-- Returns the owner, who is to be told at once and reads the wish with its next write; '' when it does not run.

local known = redis.call('HMGET', KEYS[1], 'status', 'owner', 'wish')
if known[1] ~= 'queued' and known[1] ~= 'in_progress' then return '' end
if known[3] ~= 'delete' then redis.call('HSET', KEYS[1], 'wish', ARGV[1]) end
return known[2]
