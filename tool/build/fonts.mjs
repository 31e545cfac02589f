// The fonts of pictures that the tool draws (Noto, OFL 1.1), and beside each the files it
// has and their characters. Fontsource cuts fonts into files by characters. Noto Sans is
// whole, as letters and their accents have to be of one file.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { characters } from './cmap.mjs';

const FONTS = /^@(?:fontsource(?:-variable)?|expo-google-fonts)\//;
const FILE = /-(?:wght|400)-normal\.woff2$|_600SemiBold\.ttf$/;
const OF_NOTO_SANS = /-(?:latin|cyrillic|greek)(?:-ext)?-|-vietnamese-/;

/** Runs of code points as one list: first, last, first, last … */
function runs( codes ) {
	const found = [];
	for ( const code of codes ) {
		if ( found.at( -1 ) === code - 1 ) {
			found[ found.length - 1 ] = code;
		} else {
			found.push( code, code );
		}
	}
	return found;
}

/** Copies the fonts among `names`, packages below `packages`, to a folder. */
export function copyFonts( packages, names, folder ) {
	rmSync( folder, { recursive: true, force: true } );
	mkdirSync( folder, { recursive: true } );
	for ( const name of names.filter( ( each ) => FONTS.test( each ) ) ) {
		const source = join( packages, name );
		const files = readdirSync( source, { recursive: true } )
			.filter( ( file ) => FILE.test( file ) && !OF_NOTO_SANS.test( file ) );
		const coverage = {};
		for ( const file of files ) {
			const own = basename( file );
			coverage[ own ] = runs( characters( readFileSync( join( source, file ) ) ) );
			copyFileSync( join( source, file ), join( folder, own ) );
		}
		writeFileSync( join( folder, `${ basename( name ) }.json` ), JSON.stringify( coverage ) );
	}
}
