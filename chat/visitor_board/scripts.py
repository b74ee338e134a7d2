"""What Valkey does in one step. Each script touches the keys of one company only."""

#: Seconds after which Valkey forgets a company nobody has come to: the scripts' 86400.
FORGET = 86_400

# A version that Valkey has lost must not begin again below what agents have seen: it begins with the time.
_VERSION = b"""
local function begin()
    local time = redis.call('TIME')
    redis.call('SET', KEYS[1], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), 'NX')
end
"""
_ELSEWHERE = b"""
local processes = redis.call('SMEMBERS', KEYS[2])
local function elsewhere(visitor, here)
    for _, process in ipairs(processes) do
        local found = process ~= here and redis.call('HGET', ARGV[1] .. process, visitor)
        if found then return found end
    end
end
"""
_TELL = b"""
local function tell(channel, changed, moved, left)
    local version = redis.call('INCR', KEYS[1])
    redis.call('PUBLISH', channel, '{"type":"board.changed","base":' .. string.format('%.0f', version - 1)
        .. ',"version":' .. string.format('%.0f', version) .. ',"changed":[' .. changed .. '],"moved":[' .. moved
        .. '],"left":[' .. left .. ']}')
    redis.call('EXPIRE', KEYS[1], 86400)
end
local function farewell(visitor, at)
    return '{"visitor":"' .. visitor .. '","at":' .. at .. '}'
end
"""
# KEYS: version, processes, this process's visitors. ARGV: prefix of the processes' keys, process, channel, what has
# changed and who has moved (as JSON without brackets), how many words are visitors with their JSON; these; then
# those who have left here, each with the time. Who is in another process has not left. Returns who has left.
CHANGE = (
    _VERSION
    + _ELSEWHERE
    + _TELL
    + b"""
begin()
local changed, left, gone = {}, {}, {}
if ARGV[4] ~= '' then changed[1] = ARGV[4] end
local written = 6 + tonumber(ARGV[6])
for i = 7, written, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
for i = written + 1, #ARGV, 2 do
    redis.call('HDEL', KEYS[3], ARGV[i])
    local found = elsewhere(ARGV[i], ARGV[2])
    if found then changed[#changed + 1] = found
    else
        left[#left + 1] = farewell(ARGV[i], ARGV[i + 1])
        gone[#gone + 1] = ARGV[i]
    end
end
if redis.call('EXISTS', KEYS[3]) == 1 then
    redis.call('SADD', KEYS[2], ARGV[2])
    redis.call('EXPIRE', KEYS[2], 86400)
    redis.call('EXPIRE', KEYS[3], 86400)
else redis.call('SREM', KEYS[2], ARGV[2]) end
tell(ARGV[3], table.concat(changed, ','), ARGV[5], table.concat(left, ','))
return gone
"""
)
# KEYS: version, processes, this process's visitors. ARGV: process, then visitor and JSON for each. Tells nobody.
FILL = b"""
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], 86400)
redis.call('EXPIRE', KEYS[3], 86400)
"""
# KEYS: version. ARGV: channel. A change that fits no version: whoever listens takes the snapshot again.
JUMP = (
    _VERSION
    + _TELL
    + b"""
begin()
redis.call('INCR', KEYS[1])
tell(ARGV[1], '', '', '')
"""
)
# KEYS: version, processes, the dead process's visitors. ARGV: prefix, the dead process, channel, now. Those who have
# not come to another process have left. Returns them.
BURY = (
    _VERSION
    + _ELSEWHERE
    + _TELL
    + b"""
begin()
local left, gone = {}, {}
for _, visitor in ipairs(redis.call('HKEYS', KEYS[3])) do
    if not elsewhere(visitor, ARGV[2]) then
        left[#left + 1] = farewell(visitor, ARGV[4])
        gone[#gone + 1] = visitor
    end
end
redis.call('DEL', KEYS[3])
redis.call('SREM', KEYS[2], ARGV[2])
if #gone > 0 then tell(ARGV[3], '', '', table.concat(left, ',')) end
return gone
"""
)
# KEYS: version, processes. ARGV: prefix. Returns the version, then everybody's id and JSON by turns.
READ = (
    _VERSION
    + b"""
begin()
local found = {redis.call('GET', KEYS[1])}
for _, process in ipairs(redis.call('SMEMBERS', KEYS[2])) do
    for _, word in ipairs(redis.call('HGETALL', ARGV[1] .. process)) do found[#found + 1] = word end
end
return found
"""
)
