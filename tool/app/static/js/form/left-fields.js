/* Problems at fields that the writer has left; those not reached yet have none. */

function show( slot, found ) {
	const html = found?.innerHTML ?? '';
	if ( slot.innerHTML !== html ) {
		slot.innerHTML = html;
	}
	const failed = Boolean( found && 'failed' in found.dataset );
	const field = slot.closest( '.cdx-field' );
	for ( const box of field.querySelectorAll( '.cdx-text-input, .cdx-text-area' ) ) {
		box.classList.toggle( `${ box.classList[ 0 ] }--status-error`, failed );
	}
	for ( const control of field.querySelectorAll( 'input, select, textarea' ) ) {
		if ( failed ) {
			control.setAttribute( 'aria-invalid', 'true' );
		} else {
			control.removeAttribute( 'aria-invalid' );
		}
	}
}

/* Returns what takes the problems that the server found. */
export function leftFields( form ) {
	const slots = [ ...form.querySelectorAll( '[data-problems-of]' ) ];
	// A form that came back with problems was sent, so all of its fields count.
	const left = new Set( document.querySelector( '#problems' ) ? slots : [] );
	let found = null;
	let pressed = false;

	function update() {
		if ( found && !pressed ) {
			left.forEach( ( slot ) => show( slot, found.get( slot.dataset.problemsOf ) ) );
		}
	}

	// Pressing a button leaves a field; its problems would push the button away from below
	// the pointer, and there would be no click.
	document.addEventListener( 'mousedown', () => {
		pressed = true;
	} );
	document.addEventListener( 'mouseup', () => {
		pressed = false;
		setTimeout( update );
	} );
	form.addEventListener( 'focusout', ( event ) => {
		const field = event.target.closest( '.cdx-field' );
		if ( field && !field.contains( event.relatedTarget ) ) {
			const slot = field.querySelector( '[data-problems-of]' );
			if ( slot && !left.has( slot ) ) {
				left.add( slot );
				update();
			}
		}
	} );
	return ( piece ) => {
		const templates = [ ...piece.querySelectorAll( 'template[data-problems]' ) ];
		found = new Map( templates.map( ( each ) => [ each.dataset.problems, each ] ) );
		update();
	};
}
