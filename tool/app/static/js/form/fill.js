/* Filling in what the server found for the form. */

/* The first answer to `[data-filled]`: input name → value. What was changed since the
   form was sent, and what is being typed, stays. */
export function fill( form, piece, sent ) {
	const found = piece.querySelector( '[data-filled]' );
	for ( const [ name, value ] of Object.entries( JSON.parse( found?.dataset.filled ?? '{}' ) ) ) {
		const input = form.elements.namedItem( name );
		const changed = sent && input?.value !== sent.get( name );
		if ( input && !changed && input !== document.activeElement ) {
			input.value = value;
			input.dispatchEvent( new Event( 'input', { bubbles: true } ) );
			input.dispatchEvent( new Event( 'change', { bubbles: true } ) );
		}
	}
}
