/* Searches of the form (place, picture) by fetch: results appear below the field, and what
   is chosen there fills the form in. */
import { fill } from './fill.js';

/* Shows in a target what the server answers; whether it did. */
export async function lookUp( address, body, target ) {
	target.setAttribute( 'aria-busy', 'true' );
	const response = await fetch( address, { method: 'POST', body } ).catch( () => null );
	target.removeAttribute( 'aria-busy' );
	if ( response?.ok ) {
		target.innerHTML = await response.text();
	}
	return Boolean( response?.ok );
}

async function search( field, form, target, chosen ) {
	const body = new FormData( form );
	if ( chosen ) {
		body.set( chosen.name, chosen.value );
	}
	const found = await lookUp( field.dataset.search, body, target );
	if ( found ) {
		fill( form, target );
		const picture = target.querySelector( '[data-picture] > figure' );
		if ( picture ) {
			form.querySelector( '[data-chosen-picture]' ).replaceChildren( picture );
		}
		target.querySelector( '[data-focus]' )?.focus( { preventScroll: Boolean( chosen ) } );
	}
	return found;
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
		const chosen = target.contains( pressed ) ? pressed : null;
		if ( plain || !( pressed === button || chosen ) ) {
			return;
		}
		event.preventDefault();
		if ( !await search( field, form, target, chosen ) ) {
			plain = true;
			form.requestSubmit( pressed );
		}
	} );
}

export function liveSearches( form ) {
	form.querySelectorAll( '[data-search]' ).forEach( ( field ) => live( field, form ) );
}
