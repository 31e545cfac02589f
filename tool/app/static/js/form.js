/* The form without it: a preview at the press of a button, a zone typed by hand. */
import { pointMap } from './point-map.js';
import { liveSearches } from './search-field.js';

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

/* Ask before leaving with text that is not saved. */
function guard( form ) {
	let changed = false;
	form.addEventListener( 'input', () => {
		changed = true;
	} );
	form.addEventListener( 'submit', () => {
		changed = false;
	} );
	window.addEventListener( 'beforeunload', ( event ) => {
		if ( changed ) {
			event.preventDefault();
		}
	} );
}

function livePreview( form ) {
	const target = form.querySelector( '[data-preview-target]' );
	let timer = 0;
	let running = null;

	async function refresh() {
		running?.abort();
		running = new AbortController();
		target.setAttribute( 'aria-busy', 'true' );
		try {
			const response = await fetch( form.dataset.preview, {
				method: 'POST',
				body: new FormData( form ),
				signal: running.signal
			} );
			if ( !response.ok ) {
				throw new Error( String( response.status ) );
			}
			target.innerHTML = await response.text();
		} catch ( error ) {
			if ( error.name === 'AbortError' ) {
				return;
			}
			target.textContent = form.dataset.previewFailed;
		}
		target.removeAttribute( 'aria-busy' );
	}

	form.addEventListener( 'input', () => {
		clearTimeout( timer );
		timer = setTimeout( refresh, DELAY );
	} );
	form.addEventListener( 'submit', ( event ) => {
		if ( event.submitter?.value === 'preview' ) {
			event.preventDefault();
			clearTimeout( timer );
			refresh();
			target.scrollIntoView( { block: 'nearest' } );
		}
	} );
}

const form = document.querySelector( '[data-editor]' );
if ( form ) {
	liveSearches( form );
	pointMap( form );
	offerZone( form );
	guard( form );
	livePreview( form );
}
focusFirst();
