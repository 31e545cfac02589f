/* The dialog that searches Wikimedia Commons and puts a picture into the text. */
import { lookUp } from './search-field.js';
import { insertLines } from './text-area.js';

const LINK = /(\[\[[^[\]{}\n]+\]\])/;
const MARKS = /[|[\]{}<]/g;

/* Text inside of a picture's link; only links of its own stay markup. */
function safe( text ) {
	const pieces = text.replace( /\s+/g, ' ' ).trim().split( LINK );
	return pieces.map( ( piece ) => LINK.test( piece ) ?
		piece :
		piece.replace( MARKS, ( mark ) => `&#${ mark.charCodeAt( 0 ) };` ) ).join( '' );
}

function wikitext( name, alt, caption ) {
	const parts = [ `File:${ name }`, 'thumb', `alt=${ safe( alt ) }`, safe( caption ) ];
	return `[[${ parts.filter( Boolean ).join( '|' ) }]]`;
}

/* Returns what opens the dialog. */
export function pictureDialog( area, form ) {
	const dialog = document.querySelector( '[data-picture-dialog]' );
	const part = ( name ) => dialog.querySelector( `[data-${ name }]` );
	const [ words, found, texts, insert ] = [ 'words', 'found', 'texts', 'insert' ].map( part );

	let chosen = null;

	function clear() {
		texts.hidden = true;
		insert.disabled = true;
	}

	async function ask( fields ) {
		const body = new FormData();
		body.set( 'csrf', form.elements.namedItem( 'csrf' ).value );
		Object.entries( fields ).forEach( ( pair ) => body.set( ...pair ) );
		clear();
		if ( !await lookUp( dialog.dataset.search, body, found ) ) {
			found.textContent = dialog.dataset.failed;
		}
	}

	async function find() {
		await ask( { 'picture-search': words.value } );
		found.querySelector( '[data-focus]' )?.focus();
	}

	async function choose( name ) {
		await ask( { picture: name } );
		const filled = found.querySelector( '[data-filled]' )?.dataset.filled;
		if ( filled ) {
			chosen = JSON.parse( filled );
			part( 'alt' ).value = chosen.image_alt;
			part( 'caption' ).value = chosen.image_caption;
			texts.hidden = false;
			insert.disabled = false;
			part( 'alt' ).focus();
		}
	}

	part( 'find' ).addEventListener( 'click', find );
	words.addEventListener( 'keydown', ( event ) => {
		if ( event.key === 'Enter' ) {
			event.preventDefault();
			find();
		}
	} );
	found.addEventListener( 'click', ( event ) => {
		const button = event.target.closest( 'button[name="picture"]' );
		if ( button ) {
			event.preventDefault();
			choose( button.value );
		}
	} );
	insert.addEventListener( 'click', () => {
		const made = wikitext( chosen.image, part( 'alt' ).value, part( 'caption' ).value );
		dialog.close();
		insertLines( area, made );
	} );
	return () => {
		clear();
		found.replaceChildren();
		words.value = '';
		dialog.showModal();
		words.focus();
	};
}
