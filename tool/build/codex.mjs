// Codex as one sheet: its design tokens and the components that the tool's pages have.
// Run by vendor.mjs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** In the order of Codex's own sheet, which breaks ties between their rules. */
const COMPONENTS = [
	'Icon', 'CdxButton', 'CdxAccordion', 'CdxLabel', 'CdxCheckbox', 'CdxTextInput',
	'CdxMessage', 'CdxField', 'CdxInfoChip', 'CdxSelect', 'CdxTable', 'CdxTextArea'
];
const COMMENT = /\/\*.*?\*\//gs;

/** `codex.css` is light or dark as the browser asks, the others whatever it asks. */
export function writeCodex( packages, vendor ) {
	const read = ( name ) => readFileSync( join( packages, '@wikimedia', name ), 'utf-8' );
	const tokens = ( name ) =>
		read( `codex-design-tokens/dist/theme-wikimedia-ui-${ name }.css` ).replace( COMMENT, '' );
	const light = tokens( 'root' );
	const dark = tokens( 'mode-dark' );
	const components = COMPONENTS.map(
		( name ) => read( `codex/dist/modules/${ name }-bidi.css` )
	);
	const sheets = {
		'codex.css': [ light, `@media screen and (prefers-color-scheme: dark) {${ dark }}` ],
		'codex-light.css': [ light ],
		'codex-dark.css': [ light, dark ]
	};
	for ( const [ name, themed ] of Object.entries( sheets ) ) {
		writeFileSync( join( vendor, name ), [ ...themed, ...components ].join( '\n' ) );
	}
}
