/* Starts the scripts of the form of a post or an event. Without them a button shows the
   preview, and a time zone is typed by hand. */
import { drafts } from './drafts.js';
import { richPaste } from './paste.js';
import { pointMap } from './point-map.js';
import { nameFields } from './names.js';
import { liveSearches } from './search-field.js';
import { itemSuggestions } from './suggestions.js';
import { toolbar } from './toolbar.js';

const DELAY = 1200;

function focusFirst() {
	document.querySelector( '[data-focus]' )?.focus();
}

function offerZone( form ) {
	const input = form.elements.namedItem( 'timezone' );
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const known = document.querySelector( `#${ input?.getAttribute( 'list' ) } option[value="${ CSS.escape( zone ?? '' ) }"]` );
	if ( input && !input.value && known ) {
		input.value = zone;
	}
}

/* Ask before leaving with text that is neither saved nor kept in the browser. */
function guard( form, isKept ) {
	let changed = false;
	form.addEventListener( 'input', () => {
		changed = true;
	} );
	form.addEventListener( 'submit', () => {
		changed = false;
	} );
	window.addEventListener( 'beforeunload', ( event ) => {
		if ( changed && !isKept() ) {
			event.preventDefault();
		}
	} );
}

/* A piece of the page that the server makes anew after each change. */
function livePiece( form, target, address, failed, concerns ) {
	let timer = 0;
	let running = null;

	async function refresh() {
		clearTimeout( timer );
		running?.abort();
		running = new AbortController();
		target.setAttribute( 'aria-busy', 'true' );
		try {
			const response = await fetch( address, {
				method: 'POST',
				body: new FormData( form ),
				signal: running.signal
			} );
			if ( response.status === 429 && failed ) {
				target.textContent = ( await response.text() ).trim();
				target.removeAttribute( 'aria-busy' );
				return;
			}
			if ( !response.ok ) {
				throw new Error( String( response.status ) );
			}
			const piece = ( await response.text() ).trim();
			if ( piece !== target.innerHTML.trim() ) {
				target.innerHTML = piece;
			}
		} catch ( error ) {
			if ( error.name === 'AbortError' ) {
				return;
			}
			target.textContent = failed;
		}
		target.removeAttribute( 'aria-busy' );
	}

	form.addEventListener( 'input', ( event ) => {
		if ( concerns( event.target.name ) ) {
			clearTimeout( timer );
			timer = setTimeout( refresh, DELAY );
		}
	} );
	return refresh;
}

function livePreview( form ) {
	const target = form.querySelector( '[data-preview-target]' );
	const { preview, previewFailed } = form.dataset;
	const refresh = livePiece( form, target, preview, previewFailed, () => true );
	form.addEventListener( 'submit', ( event ) => {
		if ( event.submitter?.value === 'preview' ) {
			event.preventDefault();
			refresh();
			target.scrollIntoView( { block: 'nearest' } );
		}
	} );
}

/* What takes place near the event; while the server does not answer, nothing. */
function liveNearby( form ) {
	const target = form.querySelector( '[data-nearby-target]' );
	if ( target ) {
		livePiece( form, target, form.dataset.nearby, '', ( name ) => name !== 'body' );
	}
}

const form = document.querySelector( '[data-editor]' );
if ( form ) {
	liveSearches( form );
	pointMap( form );
	offerZone( form );
	toolbar( form );
	richPaste( form );
	itemSuggestions( form );
	nameFields( form );
	const isKept = drafts( form );
	guard( form, isKept );
	livePreview( form );
	liveNearby( form );
}
focusFirst();
