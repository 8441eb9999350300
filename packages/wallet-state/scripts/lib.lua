-- Shared by every script of a wallet; the loader puts it in front of each.
--
-- KEYS of every script, all with the tag {w:<wallet id>}:
--   KEYS[1] wallet  hash: loadedAt (Redis ms), credited, creditedSequence, charged, held, worst (nano-USD), and
--                   s:<spool> = number of that spool's last record applied to this wallet
--   KEYS[2] leases  hash: lease id -> hold|worst|owner|scope,scope|budget:period,budget:period
--   KEYS[3] expiry  sorted set: lease id by the time at which it may be swept (Redis ms)
--   KEYS[4] budgets hash: <budget id>:<period start>:c charged, :h held, :w worst (nano-USD)
--   KEYS[5] open    hash: scope -> number of open leases
--   KEYS[6] rates   hash: scope -> time at which its request allowance is whole again (Redis ms)
--
-- A Lua number is a double: amounts are whole and below 2^53 nano-USD (the callers check), and are printed by
-- amount(), since tostring, .. and cjson keep 14 digits.

local wallet, leases, expiry, budgets, open, rates = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]

local function amount(number)
  return string.format('%.0f', number)
end

local function now_ms()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- loadedAt, or false when the wallet is not loaded.
local function loaded_at()
  return redis.call('HGET', wallet, 'loadedAt')
end

local function add(key, field, number)
  if number ~= 0 then redis.call('HINCRBY', key, field, amount(number)) end
end

local function split(text, separator)
  local parts = {}
  for part in string.gmatch(text, '[^' .. separator .. ']+') do parts[#parts + 1] = part end
  return parts
end

local function read_lease(id)
  local text = redis.call('HGET', leases, id)
  if not text then return nil end
  local hold, worst, owner, scopes, periods = string.match(text, '^(%d+)|(%d+)|([^|]*)|([^|]*)|([^|]*)$')
  return { hold = tonumber(hold), worst = tonumber(worst), owner = owner, scopes = scopes, periods = periods }
end

-- Writes a lease and moves what is held by the difference to what it was; `was` is nil for a new one.
local function write_lease(id, lease, was, expires)
  local hold, worst = lease.hold - (was and was.hold or 0), lease.worst - (was and was.worst or 0)
  add(wallet, 'held', hold)
  add(wallet, 'worst', worst)
  for _, period in ipairs(split(lease.periods, ',')) do
    add(budgets, period .. ':h', hold)
    add(budgets, period .. ':w', worst)
  end
  if not was then
    for _, scope in ipairs(split(lease.scopes, ',')) do redis.call('HINCRBY', open, scope, 1) end
  end
  redis.call('HSET', leases, id,
    amount(lease.hold) .. '|' .. amount(lease.worst) .. '|' .. lease.owner .. '|' .. lease.scopes .. '|' .. lease.periods)
  redis.call('ZADD', expiry, amount(expires), id)
end

-- Takes a lease away with everything that it held; false when it is not there.
local function remove_lease(id)
  local lease = read_lease(id)
  if not lease then return false end
  redis.call('HDEL', leases, id)
  redis.call('ZREM', expiry, id)
  -- Of a wallet that is not loaded nothing is held: loading counts the leases anew.
  if loaded_at() then
    add(wallet, 'held', -lease.hold)
    add(wallet, 'worst', -lease.worst)
    for _, period in ipairs(split(lease.periods, ',')) do
      add(budgets, period .. ':h', -lease.hold)
      add(budgets, period .. ':w', -lease.worst)
    end
    for _, scope in ipairs(split(lease.scopes, ',')) do
      if redis.call('HINCRBY', open, scope, -1) <= 0 then redis.call('HDEL', open, scope) end
    end
  end
  return true
end

local function sweep_expired(now, limit)
  local expired = redis.call('ZRANGEBYSCORE', expiry, '-inf', amount(now), 'LIMIT', 0, limit)
  for _, id in ipairs(expired) do
    if not remove_lease(id) then redis.call('ZREM', expiry, id) end
  end
  return #expired
end

-- What the wallet has: balance = credited - charged, with what is held of it and the worst case of what is open.
local function wallet_account()
  local values = redis.call('HMGET', wallet, 'credited', 'charged', 'held', 'worst')
  return {
    balance = tonumber(values[1] or 0) - tonumber(values[2] or 0),
    held = tonumber(values[3] or 0),
    worst = tonumber(values[4] or 0),
  }
end

local function budget_account(period, limit)
  local values = redis.call('HMGET', budgets, period .. ':c', period .. ':h', period .. ':w')
  return {
    balance = limit - tonumber(values[1] or 0),
    held = tonumber(values[2] or 0),
    worst = tonumber(values[3] or 0),
  }
end

local function applied_of(spool)
  return redis.call('HGET', wallet, 's:' .. spool) or '0'
end
