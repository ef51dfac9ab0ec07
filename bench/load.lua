-- Asks for the addresses of a file in turn, each thread from a place of its own, and prints a line of JSON.
-- usage: wrk … -s load.lua ADDRESS -- FILE      A line of FILE is a path, or a path, a tab and an ETag.

local threads = 0

function setup(thread)
   thread:set("place", threads)
   threads = threads + 1
end

function init(given)
   asked = {}
   for line in io.lines(given[1]) do
      local path, etag = line:match("^([^\t]*)\t(.*)$")
      local headers = etag and {["If-None-Match"] = etag} or {}
      asked[#asked + 1] = wrk.format("GET", path or line, headers)
   end
   at = math.floor(place * #asked / 2)
end

function request()
   at = at % #asked + 1
   return asked[at]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"requests": %d, "seconds": %.6f, "median": %.6f, "p95": %.6f, "refused": %d, "broken": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e6, latency:percentile(95) / 1e6,
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
