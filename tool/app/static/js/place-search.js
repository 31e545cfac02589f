/* The search for a place without leaving the form: what is found comes below its line. */

async function search( form, target ) {
	target.setAttribute( 'aria-busy', 'true' );
	const response = await fetch( form.dataset.places, {
		method: 'POST',
		body: new FormData( form )
	} );
	target.removeAttribute( 'aria-busy' );
	if ( response.ok ) {
		target.innerHTML = await response.text();
		target.querySelector( '[data-focus]' )?.focus();
	}
	return response.ok;
}

export function livePlaces( form ) {
	const target = form.querySelector( '[data-places-target]' );
	const button = form.querySelector( '[value="find-place"]' );
	if ( !target ) {
		return;
	}
	form.elements.namedItem( 'place-search' ).addEventListener( 'keydown', ( event ) => {
		if ( event.key === 'Enter' ) {
			event.preventDefault();
			button.click();
		}
	} );
	let plain = false; // once the script's way failed, the form is sent as without it
	form.addEventListener( 'submit', async ( event ) => {
		if ( event.submitter !== button || plain ) {
			return;
		}
		event.preventDefault();
		if ( !await search( form, target ).catch( () => false ) ) {
			plain = true;
			form.requestSubmit( button );
		}
	} );
}
