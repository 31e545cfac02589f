// Which characters a font has glyphs for: its `cmap` table, in OpenType as in WOFF2
// (https://learn.microsoft.com/typography/opentype/spec/cmap, https://www.w3.org/TR/WOFF2/).
import { brotliDecompressSync } from 'node:zlib';

const PACKED = 0x774f4632; // "wOF2"
const HEADER = 48;
const CMAP = 0; // its number among the known tags of WOFF2
const OTHER_TAG = 63;
const TRANSFORMED = new Set( [ 10, 11 ] ); // glyf and loca, unless they are of version 3

function unpackedCmap( font ) {
	for ( let table = font.readUInt16BE( 4 ); table > 0; table-- ) {
		const place = 16 * table - 4;
		if ( font.toString( 'latin1', place, place + 4 ) === 'cmap' ) {
			return font.subarray( font.readUInt32BE( place + 8 ) );
		}
	}
}

function packedCmap( font ) {
	let place = HEADER;
	function number() { // UIntBase128
		let value = 0;
		let octet;
		do {
			octet = font[ place++ ];
			value = value * 128 + octet % 128;
		} while ( octet >= 128 );
		return value;
	}
	let begin = 0;
	let cmap = null;
	for ( let table = font.readUInt16BE( 12 ); table > 0; table-- ) {
		const flags = font[ place++ ];
		const [ tag, version ] = [ flags % 64, flags >> 6 ];
		place += tag === OTHER_TAG ? 4 : 0;
		let length = number();
		if ( TRANSFORMED.has( tag ) ? version !== 3 : version !== 0 ) {
			length = number();
		}
		cmap = tag === CMAP ? [ begin, begin + length ] : cmap;
		begin += length;
	}
	const packed = font.subarray( place, place + font.readUInt32BE( 20 ) );
	return brotliDecompressSync( packed ).subarray( ...cmap );
}

/** Characters of a subtable in segments; some of these may have no glyph. */
function* inSegments( cmap, start ) {
	const size = cmap.readUInt16BE( start + 6 );
	for ( let end = start + 14; end < start + 14 + size; end += 2 ) {
		const first = end + size + 2;
		const [ delta, offset ] = [ first + size, first + 2 * size ];
		const from = cmap.readUInt16BE( first );
		const shift = cmap.readUInt16BE( offset );
		for ( let code = from; code <= cmap.readUInt16BE( end ); code++ ) {
			const glyph = shift ? cmap.readUInt16BE( offset + shift + 2 * ( code - from ) ) :
				code + cmap.readUInt16BE( delta ) & 0xffff;
			if ( glyph && code !== 0xffff ) {
				yield code;
			}
		}
	}
}

function* inGroups( cmap, start ) {
	for ( let group = cmap.readUInt32BE( start + 12 ) - 1; group >= 0; group-- ) {
		const place = start + 16 + 12 * group;
		const [ from, to ] = [ cmap.readUInt32BE( place ), cmap.readUInt32BE( place + 4 ) ];
		for ( let code = from; code <= to; code++ ) {
			yield code;
		}
	}
}

/** The code points that a font has glyphs for, ascending. */
export function characters( font ) {
	const isPacked = font.readUInt32BE( 0 ) === PACKED;
	const cmap = isPacked ? packedCmap( font ) : unpackedCmap( font );
	const found = new Set();
	for ( let table = cmap.readUInt16BE( 2 ) - 1; table >= 0; table-- ) {
		const start = cmap.readUInt32BE( 4 + 8 * table + 4 );
		const read = { 4: inSegments, 12: inGroups }[ cmap.readUInt16BE( start ) ];
		for ( const code of read ? read( cmap, start ) : [] ) {
			found.add( code );
		}
	}
	return [ ...found ].toSorted( ( one, other ) => one - other );
}
