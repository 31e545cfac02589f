-- What LuaEngine.php does to set Scribunto up, for lupa: `php` holds one table of
-- callbacks for each library, `source(name)` the text of a library file or a module.
local php, options, source = ...

local function chunk(name)
	local text = source(name)
	return text and assert(loadstring(text, '@' .. name)) or nil
end

chunk('mwInit')()
mw_interface = php.mw
mw_interface.loadPackage = chunk
mw_interface.loadPHPLibrary = function () return nil end
chunk('mw')()
mw.setupInterface({ allowEnvFuncs = false })
for _, name in ipairs({
	'uri', 'ustring', 'language', 'message', 'title', 'text', 'html', 'hash', 'site',
}) do
	mw_interface = php[name] or {}
	chunk('mw.' .. name)().setupInterface(options[name] or {})
end

-- What JsonConfig brings, where the wiki has it.
if php.data then
	mw.ext = { data = php.data }
end

-- {{#invoke}} with the arguments of the template's caller, the one frame tests need, and
-- with arguments of its own (`own`, nil for none).
function invoke(name, func, arguments, own)
	local frame
	frame = {
		args = own or {},
		getParent = function () return { args = arguments } end,
		preprocess = function (_, text) return php.mw.preprocess('current', text) end,
		extensionTag = function (_, tag, content, attributes)
			local opening = '<' .. tag
			for name, value in pairs(attributes or {}) do
				opening = opening .. ' ' .. name .. '="' .. value .. '"'
			end
			return opening .. '>' .. content .. '</' .. tag .. '>'
		end,
		callParserFunction = function () return '' end,
	}
	mw.getCurrentFrame = function () return frame end
	return require(name)[func](frame)
end

-- The body of a function, run in a wiki page's frame.
function evaluate(body, ...)
	mw.getCurrentFrame = function ()
		return { preprocess = function (_, text) return php.mw.preprocess('current', text) end }
	end
	return assert(loadstring(body))(...)
end
