/* Searches of the form (place, picture, series) by fetch: results appear below the field, and what is
   chosen there fills the form in. */
import { fill } from './fill.js';

async function search( field, form, target, chosen ) {
	target.setAttribute( 'aria-busy', 'true' );
	const body = new FormData( form );
	if ( chosen ) {
		body.set( chosen.name, chosen.value );
	}
	const response = await fetch( field.dataset.search, { method: 'POST', body } );
	target.removeAttribute( 'aria-busy' );
	if ( response.ok ) {
		target.innerHTML = await response.text();
		fill( form, target );
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
		const pressed = event.submitter;
		const chosen = 'choose' in field.dataset && target.contains( pressed ) ? pressed : null;
		if ( plain || !( pressed === button || chosen ) ) {
			return;
		}
		event.preventDefault();
		if ( !await search( field, form, target, chosen ).catch( () => false ) ) {
			plain = true;
			form.requestSubmit( pressed );
		}
	} );
}

export function liveSearches( form ) {
	form.querySelectorAll( '[data-search]' ).forEach( ( field ) => live( field, form ) );
}
