-- Where the pages are: facts of the table of contents, and the style sheet.
local Tables = require('Module:Space/Tables')

local Config = { sheet = require('Module:Space/Sheet') }

return setmetatable(Config, { __index = function (_, name) return Tables.fact(name) end })
