/* Fields for names of languages, wikis and countries: suggestions while one types, and a chip for each
   name of a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The server reads
   names, so that all is text: what is typed and not picked counts, too. */

const DELAY = 150;
const CUT = /[;,\n]/;

/* The list below a field. `pick` gets the chosen name. */
function suggestions( field, input, pick ) {
	const list = field.querySelector( '[role="listbox"]' );
	let active = -1;
	let timer = 0;
	let asked = '';

	function show( at ) {
		active = at;
		[ ...list.children ].forEach( ( option, place ) => {
			option.setAttribute( 'aria-selected', place === at );
		} );
		const option = list.children[ at ];
		option?.scrollIntoView( { block: 'nearest' } );
		if ( option ) {
			input.setAttribute( 'aria-activedescendant', option.id );
		} else {
			input.removeAttribute( 'aria-activedescendant' );
		}
	}

	function close() {
		clearTimeout( timer );
		asked = '';
		list.hidden = true;
		list.replaceChildren();
		input.setAttribute( 'aria-expanded', 'false' );
		show( -1 );
	}

	function open( found ) {
		list.replaceChildren( ...found.map( ( [ name, code ], place ) => {
			const option = document.createElement( 'li' );
			option.id = `${ list.id }-${ place }`;
			option.role = 'option';
			option.className = 'names__option';
			option.dataset.name = name;
			const said = document.createElement( 'bdi' );
			said.textContent = name;
			const hint = document.createElement( 'code' );
			hint.textContent = code;
			option.append( said, ' ', hint );
			return option;
		} ) );
		list.hidden = !found.length;
		input.setAttribute( 'aria-expanded', String( found.length > 0 ) );
		show( -1 );
	}

	async function ask( text ) {
		asked = text;
		const address = new URL( field.dataset.names, location );
		address.searchParams.set( 'q', text );
		const response = await fetch( address ).catch( () => null );
		if ( response?.ok && asked === text ) {
			open( await response.json() );
		}
	}

	input.addEventListener( 'input', () => {
		clearTimeout( timer );
		const text = input.value.trim();
		// Of what the server fills in, nothing is to be picked.
		if ( text && input === document.activeElement ) {
			timer = setTimeout( ask, DELAY, text );
		} else {
			close();
		}
	} );
	input.addEventListener( 'keydown', ( event ) => {
		const last = list.children.length - 1;
		if ( list.hidden || last < 0 ) {
			return;
		}
		const steps = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last };
		if ( event.key in steps ) {
			event.preventDefault();
			show( steps[ event.key ] );
		} else if ( event.key === 'Escape' ) {
			event.preventDefault();
			close();
		} else if ( event.key === 'Enter' ) {
			event.preventDefault();
			event.stopImmediatePropagation();
			pick( list.children[ Math.max( active, 0 ) ].dataset.name );
			close();
		}
	} );
	// Before the field loses the focus, so that it keeps it.
	list.addEventListener( 'mousedown', ( event ) => event.preventDefault() );
	list.addEventListener( 'click', ( event ) => {
		const option = event.target.closest( '[role="option"]' );
		if ( option ) {
			pick( option.dataset.name );
			close();
		}
	} );
	input.addEventListener( 'blur', close );
	Object.entries( {
		role: 'combobox',
		'aria-autocomplete': 'list',
		'aria-expanded': 'false',
		'aria-controls': list.id
	} ).forEach( ( [ name, value ] ) => input.setAttribute( name, value ) );
}

function changed( input ) {
	input.dispatchEvent( new InputEvent( 'input', { bubbles: true } ) );
}

function one( field ) {
	const input = field.querySelector( 'input' );
	input.removeAttribute( 'list' ); // of the browser's own suggestions
	suggestions( field, input, ( name ) => {
		input.value = name;
		input.dispatchEvent( new Event( 'change', { bubbles: true } ) );
		changed( input );
	} );
}

function several( field ) {
	const input = field.querySelector( 'input' );
	const sent = document.createElement( 'input' );
	const chips = document.createElement( 'ul' );
	const mould = field.querySelector( 'template' ).content.firstElementChild;
	chips.className = 'names__chips';
	sent.type = 'hidden';
	sent.name = input.name;
	input.removeAttribute( 'name' );
	input.className = 'names__typed';
	input.parentElement.className = 'names__line';

	function names() {
		return [ ...chips.children ].map( ( chip ) => chip.dataset.name );
	}

	function keep() {
		const all = [ ...names(), input.value.trim() ].filter( Boolean ).join( '; ' );
		if ( all !== sent.value ) {
			sent.value = all;
			changed( sent );
		}
	}

	function add( written ) {
		for ( const name of written.split( CUT ).map( ( each ) => each.trim() ) ) {
			if ( !name || names().includes( name ) ) {
				continue;
			}
			const chip = mould.cloneNode( true );
			const button = chip.querySelector( 'button' );
			chip.dataset.name = name;
			chip.querySelector( 'bdi' ).textContent = name;
			button.setAttribute( 'aria-label', button.getAttribute( 'aria-label' ).replace( '$1', name ) );
			chips.append( chip );
		}
		input.value = '';
		keep();
	}

	function read( text ) {
		chips.replaceChildren();
		add( text );
	}

	input.addEventListener( 'input', () => {
		const parts = input.value.split( CUT );
		const last = parts.pop();
		if ( parts.length ) {
			add( parts.join( ';' ) );
			input.value = last.trimStart();
		}
		keep();
	} );
	suggestions( field, input, add ); // for what is left in the line
	input.addEventListener( 'blur', () => add( input.value ) );
	input.addEventListener( 'keydown', ( event ) => {
		if ( event.key === 'Enter' && input.value.trim() ) {
			event.preventDefault();
			add( input.value );
		} else if ( event.key === 'Backspace' && !input.value && chips.lastElementChild ) {
			event.preventDefault();
			chips.lastElementChild.remove();
			keep();
		}
	} );
	chips.addEventListener( 'click', ( event ) => {
		const button = event.target.closest( 'button' );
		if ( button ) {
			button.closest( 'li' ).remove();
			keep();
			input.focus();
		}
	} );
	field.classList.add( 'names--chips' );
	field.prepend( chips );
	field.append( sent );
	sent.value = input.value;
	read( input.value );
	// Drafts that come back, and what the server finds, fill in what is sent.
	input.form.addEventListener( 'filled', () => read( sent.value ) );
	sent.addEventListener( 'change', () => read( sent.value ) );
}

export function nameFields( form ) {
	for ( const field of form.querySelectorAll( '[data-names]' ) ) {
		( 'several' in field.dataset ? several : one )( field );
	}
}
