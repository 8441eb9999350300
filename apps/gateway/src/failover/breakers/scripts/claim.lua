-- Takes or keeps the fleet's right to let one call try an open breaker.
--
-- KEYS[1]  the right: holds the name of its process, and expires when that is gone
-- KEYS[2]  set for a second while another process has calls that could try
-- ARGV[1]  this process
-- ARGV[2]  milliseconds that the right is kept without being claimed again
-- ARGV[3]  '1' when this process has a call under way that tries, or had one just now that could; else '0'
-- Returns 1 when this process has the right, 0 when not.
--
-- Whoever has nothing to send gives the right up for one who has.

local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  if ARGV[3] == '1' then redis.call('SET', KEYS[2], '1', 'PX', 1000) end
  return 0
end
if ARGV[3] == '0' and redis.call('EXISTS', KEYS[2]) == 1 then
  if holder then redis.call('DEL', KEYS[1]) end
  return 0
end
if holder then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1
end
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0
