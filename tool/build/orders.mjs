// In which order each language of the interface has its letters: `node tool/build/orders.mjs`
// writes `space/text/orders.json`, by CLDR's collation as Node knows it. In `order`
// characters with equal weight stand together, groups are parted by spaces, and what has no
// weight is left out; `as` has the letters that are sorted as two.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join( import.meta.dirname, '..', '..' );
const SOURCE = 'Intl.Collator of Node, which has CLDR: node tool/build/orders.mjs';
const LICENCE = 'Unicode-3.0';
const SIGNS = [ ...'_-–—,،、;:!?.·’‘"“”«»()[]/&+0123456789', "'" ];

function range( first, last ) {
	return Array.from( { length: last - first + 1 }, ( _, index ) => String.fromCodePoint( first + index ) );
}

const BASIC = [ ...range( 0x20, 0x24f ), ...range( 0x1e00, 0x1eff ) ].filter( ( sign ) => /\p{L}/u.test( sign ) );

/** The characters of GB 2312, which are all that Chinese names are written with. */
function* simplified() {
	const decoder = new TextDecoder( 'gb18030' );
	for ( let row = 0xb0; row <= 0xf7; row++ ) {
		for ( let cell = 0xa1; cell <= 0xfe; cell++ ) {
			const sign = decoder.decode( new Uint8Array( [ row, cell ] ) );
			if ( /\p{Script=Han}/u.test( sign ) ) {
				yield sign;
			}
		}
	}
}

function letters( script ) {
	if ( script === 'Hans' ) {
		return [ ...simplified() ];
	}
	const own = /[\p{L}\p{M}\p{N}]/u;
	const written = new RegExp( `\\p{Script=${ script }}`, 'u' );
	return script === 'Latn' ? [] :
		range( 0x370, 0xd7ff ).filter( ( sign ) => own.test( sign ) && written.test( sign ) );
}

/** Letters that names of countries have. */
function used( language ) {
	const names = new Intl.DisplayNames( language, { type: 'region' } );
	const codes = range( 0x41, 0x5a ).flatMap( ( first ) => range( 0x41, 0x5a ).map( ( second ) => first + second ) );
	const text = codes.map( ( code ) => names.of( code ) ).join( '' ).toLowerCase();
	return [ ...new Set( text ) ].filter( ( sign ) => /\p{L}/u.test( sign ) );
}

function orderOf( language ) {
	const { compare } = new Intl.Collator( language, { sensitivity: 'base' } );
	const script = new Intl.Locale( language ).maximize().script;
	const signs = [ ...SIGNS, ...BASIC, ...letters( script ) ].
		filter( ( sign ) => sign === sign.toLowerCase() && compare( sign, '' ) ).
		sort( ( one, other ) => compare( one, other ) || ( one < other ? -1 : 1 ) );
	const order = signs.reduce(
		( text, sign, place ) => text + ( place && compare( signs[ place - 1 ], sign ) ? ' ' : '' ) + sign, ''
	);
	const as = {};
	if ( script !== 'Hans' ) {
		const known = used( language );
		const pairs = known.flatMap( ( first ) => known.map( ( second ) => first + second ) );
		for ( const sign of known ) {
			const pair = pairs.find( ( each ) => !compare( sign, each ) );
			Object.assign( as, pair && { [ sign ]: pair } );
		}
	}
	return { order, as };
}

const languages = readdirSync( join( root, 'i18n', 'reader' ) ).
	map( ( file ) => file.replace( '.json', '' ) ).
	filter( ( code ) => code !== 'qqq' ).
	sort();
const lines = [
	`"@metadata": ${ JSON.stringify( { source: SOURCE, licence: LICENCE } ) }`,
	...languages.map( ( code ) => `"${ code }": ${ JSON.stringify( orderOf( code ) ) }` )
];
writeFileSync( join( root, 'space', 'text', 'orders.json' ), `{\n\t${ lines.join( ',\n\t' ) }\n}\n` );
