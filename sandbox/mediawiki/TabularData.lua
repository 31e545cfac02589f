-- Puts `get` of TabularData.php where JsonConfig has it.
local library = {}

function library.setupInterface()
	library.setupInterface = nil
	local php = mw_interface
	mw_interface = nil
	mw.ext = mw.ext or {}
	mw.ext.data = library
	function library.get(title, language)
		return php.get(title, language)
	end
	package.loaded['mw.ext.data'] = library
end

return library
