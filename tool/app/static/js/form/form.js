/* Starts the scripts of the form of a post or an event. Without them a button shows the
   preview, and a time zone is typed by hand. */
import { counters } from './counters.js';
import { drafts } from './drafts.js';
import { fill } from './fill.js';
import { leftFields } from './left-fields.js';
import { endFollowsStart } from './moments.js';
import { richPaste } from './paste.js';
import { pointMap } from './point-map.js';
import { nameFields } from './names.js';
import { liveSearches } from './search-field.js';
import { seriesDates } from './series-dates.js';
import { itemSuggestions } from './suggestions.js';
import { toolbar } from './toolbar.js';
import { offerZone } from './zone.js';

const DELAY = 1200;

function focusFirst() {
	document.querySelector( '[data-focus]' )?.focus();
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
function livePiece( form, target, address, failed, concerns, told = () => {} ) {
	let timer = 0;
	let running = null;

	async function refresh() {
		clearTimeout( timer );
		running?.abort();
		running = new AbortController();
		target.setAttribute( 'aria-busy', 'true' );
		const sent = new FormData( form );
		try {
			const response = await fetch( address, {
				method: 'POST',
				body: sent,
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
			told( sent );
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

/* How the event repeats, in words, where that is chosen. */
function showRule( form, piece ) {
	const slot = form.querySelector( '[data-rule-words]' );
	const words = piece.querySelector( 'template[data-rule]' )?.innerHTML ?? '';
	if ( slot && slot.innerHTML !== words ) {
		slot.innerHTML = words;
	}
}

function livePreview( form ) {
	const target = form.querySelector( '[data-preview-target]' );
	const { preview, previewFailed } = form.dataset;
	const showProblems = leftFields( form );
	const refresh = livePiece( form, target, preview, previewFailed, () => true, ( sent ) => {
		showProblems( target );
		showRule( form, target );
		fill( form, target, sent );
	} );
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
	endFollowsStart( form );
	seriesDates( form );
	counters( form );
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
