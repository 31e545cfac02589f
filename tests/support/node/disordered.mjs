// Of names by language on standard input, in the order of a list: each pair of neighbours
// that CLDR has the other way round.
import { readFileSync } from 'node:fs';

const lists = JSON.parse( readFileSync( 0, 'utf8' ) );
const wrong = Object.entries( lists ).flatMap( ( [ language, names ] ) => {
	const { compare } = new Intl.Collator( language, { sensitivity: 'base' } );
	return names.slice( 1 ).
		map( ( name, place ) => [ language, names[ place ], name ] ).
		filter( ( [ , before, after ] ) => compare( before, after ) > 0 );
} );
process.stdout.write( JSON.stringify( wrong ) );
