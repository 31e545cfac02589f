// Copies what the tool serves from the packages of package.json to static/vendor/, and
// makes Codex's sheet, the land of its map, the borders that points are checked against,
// and the fonts of the pictures that it draws.
// Run by `npm run build`, after `npm ci`.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { borders } from './borders.mjs';
import { writeCodex } from './codex.mjs';
import { copyFonts } from './fonts.mjs';
import { landPicture } from './land.mjs';

const room = dirname( dirname( fileURLToPath( import.meta.url ) ) );
const packages = join( room, '..', 'node_modules' );
const vendor = join( room, 'app', 'static', 'vendor' );
const areas = join( room, 'app', 'data', 'borders' );

const files = {
	'codex-icons.json': '@wikimedia/codex-icons/dist/codex-icons.json',
	'leaflet/leaflet.css': 'leaflet/dist/leaflet.css',
	'leaflet/leaflet.js': 'leaflet/dist/leaflet.js',
	'leaflet/images': 'leaflet/dist/images',
	'markercluster/MarkerCluster.css': 'leaflet.markercluster/dist/MarkerCluster.css',
	'markercluster/MarkerCluster.Default.css':
		'leaflet.markercluster/dist/MarkerCluster.Default.css',
	'markercluster/leaflet.markercluster.js':
		'leaflet.markercluster/dist/leaflet.markercluster.js'
};

rmSync( vendor, { recursive: true, force: true } );
for ( const [ name, source ] of Object.entries( files ) ) {
	const target = join( vendor, name );
	mkdirSync( dirname( target ), { recursive: true } );
	cpSync( join( packages, source ), target, { recursive: true } );
}

writeCodex( packages, vendor );

function atlas( name ) {
	return JSON.parse( readFileSync( join( packages, 'world-atlas', name ), 'utf-8' ) );
}

writeFileSync( join( vendor, 'land.svg' ), landPicture( atlas( 'land-110m.json' ) ) );
mkdirSync( areas, { recursive: true } );
for ( const [ code, rings ] of Object.entries( borders( atlas( 'countries-50m.json' ) ) ) ) {
	writeFileSync( join( areas, `${ code }.json` ), JSON.stringify( rings ) );
}

const { dependencies } = JSON.parse( readFileSync( join( room, '..', 'package.json' ), 'utf-8' ) );
copyFonts( packages, Object.keys( dependencies ), join( room, 'app', 'data', 'fonts' ) );
