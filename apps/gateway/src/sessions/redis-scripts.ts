/** Keys of everything begin with this. */
export const keyPrefix = 'parley:'

/** KEYS: holder of the conversation. ARGV: own replica id, own holder text, replica key prefix, lifetime (ms). */
export const claimScript = `
local held = redis.call('GET', KEYS[1])
if held then
  local holder = cjson.decode(held)
  local id = holder.replica.id
  if id ~= ARGV[1] and redis.call('EXISTS', ARGV[3] .. id) == 1 then return held end
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
return false`

/** KEYS: holder of the conversation. ARGV: own id, own holder text, replica key prefix, lifetime, id of the loser. */
export const seizeScript = `
local held = redis.call('GET', KEYS[1])
if held then
  local id = cjson.decode(held).replica.id
  if id ~= ARGV[1] and id ~= ARGV[5] and redis.call('EXISTS', ARGV[3] .. id) == 1 then return 0 end
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
return 1`

/** KEYS: holder of the conversation, live conversations. ARGV: own replica id, conversation. */
export const unclaimScript = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).replica.id == ARGV[1] then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[2])
end
return 0`

/** KEYS: record, frames. ARGV: standing, gapAt, most frames, lifetime (ms), then number and frame in turns. */
export const noteScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
for at = 5, #ARGV, 2 do redis.call('RPUSH', KEYS[2], ARGV[at] .. ':' .. ARGV[at + 1]) end
local gap = math.max(tonumber(ARGV[2]), tonumber(redis.call('HGET', KEYS[1], 'gapAt') or '0'))
local extra = redis.call('LLEN', KEYS[2]) - tonumber(ARGV[3])
if extra > 0 then
  local last = redis.call('LINDEX', KEYS[2], extra - 1)
  gap = math.max(gap, tonumber(string.match(last, '^%d+')))
  redis.call('LTRIM', KEYS[2], extra, -1)
end
redis.call('HSET', KEYS[1], 'standing', ARGV[1], 'gapAt', string.format('%d', gap))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`

/** KEYS: bucket. ARGV: tasks a minute. The bucket fills up evenly; 1 when there was one left. */
export const bucketScript = `
local perMinute = tonumber(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = perMinute
if kept[1] then
  left = math.min(perMinute, tonumber(kept[1]) + (now - tonumber(kept[2])) / 60000 * perMinute)
end
local allowed = 0
if left >= 1 then
  left = left - 1
  allowed = 1
end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', now)
redis.call('PEXPIRE', KEYS[1], 120000)
return allowed`

/**
 * KEYS: live conversations by the time they are gone. ARGV: conversation, most of them, lifetime (ms). 1 when it is one
 * of them now.
 */
export const reserveScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= (tonumber(ARGV[2]) or math.huge) then
  return 0
end
redis.call('ZADD', KEYS[1], 'GT', now + tonumber(ARGV[3]), ARGV[1])
return 1`
