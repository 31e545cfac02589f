/* Drafts of forms: unsaved values, stored in this browser only (localStorage). */
const PREFIX = 'space-draft:';
const SENT = 'space-draft-sent';
const DELAY = 400;
const KEPT = 30 * 24 * 3600 * 1000;
const OURS = new Set( [ 'csrf', 'action', 'kind', 'page', 'known', 'suffix', 'base' ] );

function key() {
	return PREFIX + location.pathname;
}

function read( name ) {
	try {
		return JSON.parse( localStorage.getItem( name ) );
	} catch {
		return null;
	}
}

function forget( name ) {
	try {
		localStorage.removeItem( name );
	} catch {
		// A browser that keeps nothing has nothing to forget.
	}
}

function fields( form ) {
	const pairs = [ ...new FormData( form ) ];
	return pairs.filter( ( [ name, value ] ) => !OURS.has( name ) && typeof value === 'string' );
}

/* Text areas give CRLF to forms and LF to scripts. */
function same( one, other ) {
	const text = ( pairs ) => JSON.stringify( pairs ).replaceAll( '\\r\\n', '\\n' );
	return text( one ) === text( other );
}

function fill( form, pairs ) {
	const values = new Map();
	for ( const [ name, value ] of pairs ) {
		values.set( name, [ ...( values.get( name ) ?? [] ), value ] );
	}
	for ( const control of form.elements ) {
		if ( !control.name || OURS.has( control.name ) || control.type === 'submit' ) {
			continue;
		}
		const wanted = values.get( control.name ) ?? [];
		if ( control.type === 'checkbox' || control.type === 'radio' ) {
			control.checked = wanted.includes( control.value );
		} else {
			control.value = wanted[ 0 ] ?? '';
		}
	}
	for ( const list of form.querySelectorAll( '[data-items]' ) ) {
		const name = list.dataset.items;
		// Dates of a series that the server has yet to list.
		const listed = [ ...form.elements ].filter( ( each ) => each.name === name ).map( ( each ) => each.value );
		for ( const value of values.get( name ) ?? [] ) {
			if ( value && !listed.includes( value ) ) {
				list.append( Object.assign( document.createElement( 'input' ), { type: 'hidden', name, value } ) );
			}
		}
	}
	form.dispatchEvent( new Event( 'filled' ) );
	form.elements.namedItem( 'body' ).dispatchEvent( new InputEvent( 'input', { bubbles: true } ) );
}

function dropOld() {
	const names = Object.keys( localStorage ).filter( ( name ) => name.startsWith( PREFIX ) );
	for ( const name of names ) {
		if ( !( Date.now() - read( name )?.at < KEPT ) ) {
			forget( name );
		}
	}
}

function offerBack( form, draft, base ) {
	const notice = document.querySelector( '[data-draft-notice]' );
	const before = fields( form );
	const from = base?.value;
	fill( form, draft.fields );
	if ( base && draft.base ) {
		// Saved from where it was begun, so that the changes of others are kept.
		base.value = draft.base;
	}
	notice.querySelector( '[data-draft-older]' ).hidden = !base || draft.base === from;
	notice.hidden = false;
	notice.querySelector( '[data-draft-discard]' ).addEventListener( 'click', () => {
		fill( form, before );
		if ( base ) {
			base.value = from;
		}
		notice.hidden = true;
		forget( key() );
		form.elements.namedItem( 'body' ).focus();
	} );
}

/* Returns what says whether all that was written is kept. */
export function drafts( form ) {
	const base = form.elements.namedItem( 'base' );
	let begun = fields( form );
	let kept = true;
	let timer = 0;

	function keep() {
		clearTimeout( timer );
		const now = fields( form );
		try {
			if ( same( now, begun ) ) {
				localStorage.removeItem( key() );
			} else {
				localStorage.setItem( key(), JSON.stringify( { at: Date.now(), base: base?.value ?? '', fields: now } ) );
			}
			kept = true;
		} catch {
			kept = false;
		}
	}

	try {
		dropOld();
	} catch {
		kept = false;
	}
	const draft = read( key() );
	if ( !( 'fresh' in form.dataset ) ) {
		// The form came back from the server with what is newest.
		begun = draft ? [] : begun;
	} else if ( draft && !same( draft.fields, begun ) ) {
		offerBack( form, draft, base );
	}
	form.addEventListener( 'input', () => {
		kept = false;
		clearTimeout( timer );
		timer = setTimeout( keep, DELAY );
	} );
	window.addEventListener( 'pagehide', () => {
		if ( timer ) {
			keep();
		}
	} );
	form.addEventListener( 'submit', ( event ) => {
		keep();
		if ( event.submitter?.value !== 'preview' ) {
			sessionStorage.setItem( SENT, key() );
			timer = 0;
		}
	} );
	return () => {
		keep();
		return kept;
	};
}

/* The page after saving: nothing is to be kept any more. */
export function saved() {
	const name = sessionStorage.getItem( SENT );
	if ( name ) {
		forget( name );
		sessionStorage.removeItem( SENT );
	}
}
