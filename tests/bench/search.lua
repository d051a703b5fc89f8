-- Different searches one after the other, as in search.rs: words of the middle ranks, alone, two, or with a value.
local consonants, vowels = "bdfgklmnprtvz", "aiou"
local function word(rank)
  local text = ""
  for _ = 1, 4 do
    local c, v = rank % 13, math.floor(rank / 13) % 4
    text = text .. consonants:sub(c + 1, c + 1) .. vowels:sub(v + 1, v + 1)
    rank = math.floor(rank / 52)
  end
  return text .. "k"
end
local n = 0
request = function()
  n = n + 1
  local a, b = word(200 + (n * 7) % 20000), word(50 + (n * 13) % 3000)
  local queries = { a, a .. "+" .. b, b .. "+vendor:v7", a .. "+OR+" .. b }
  return wrk.format("GET", "/api/v1/search?facets=false&q=" .. queries[n % 4 + 1])
end
