"""The modules of `lua_templates/modules` that hold tables and messages.

source     Lua source of plain data
fields     Module:Space/Fields, the fields of all kinds
messages   Module:Space/Messages/<language>
codes      Module:Space/Codes, names and codes that values are read by
zones      Module:Space/Zones, time zones
wikitext   Module:Space/Grammar, Entities and Signs
folds      Module:Space/Folds, letters that are equal in comparisons
"""
