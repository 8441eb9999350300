-- Reads all open breakers, if anything has changed.
--
-- KEYS[1]  hash of open breakers
-- ARGV[1]  epoch and version that were read last, with a space between them
-- Returns nothing when they are the same; else epoch, version, Redis' time in Unix milliseconds, and the whole hash.

local epoch = redis.call('HGET', KEYS[1], '#epoch') or ''
local version = redis.call('HGET', KEYS[1], '#version') or '0'
if epoch .. ' ' .. version == ARGV[1] then return {} end
local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
return { epoch, version, now, redis.call('HGETALL', KEYS[1]) }
