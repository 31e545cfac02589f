/* Searches of the form (place, picture, series) by fetch: results appear below the field. */

async function search( field, form, target ) {
	target.setAttribute( 'aria-busy', 'true' );
	const response = await fetch( field.dataset.search, {
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

function live( field, form ) {
	const target = field.querySelector( '[data-search-target]' );
	const button = field.querySelector( '[name="action"]' );
	field.querySelector( 'input' ).addEventListener( 'keydown', ( event ) => {
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
		if ( !await search( field, form, target ).catch( () => false ) ) {
			plain = true;
			form.requestSubmit( button );
		}
	} );
}

export function liveSearches( form ) {
	form.querySelectorAll( '[data-search]' ).forEach( ( field ) => live( field, form ) );
}
