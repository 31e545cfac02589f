/* The dates of the series, made anew by the server when what they follow from changes. */

const CONCERNS = /^(?:start|end|timezone|recurrence|also)\b/;

export function seriesDates( form ) {
	const skipped = form.querySelector( '[data-dates-target]' );
	const extra = form.querySelector( '[data-extra-target]' );
	if ( !skipped ) {
		return;
	}
	let last = null;

	function relevant() {
		const pairs = [ ...new FormData( form ) ];
		return JSON.stringify( pairs.filter( ( [ name ] ) => CONCERNS.test( name ) ) );
	}

	async function refresh() {
		last = relevant();
		const response = await fetch( form.dataset.dates, { method: 'POST', body: new FormData( form ) } );
		if ( !response.ok ) {
			return false;
		}
		const piece = new DOMParser().parseFromString( await response.text(), 'text/html' );
		skipped.replaceChildren( ...piece.querySelector( '[data-dates]' ).childNodes );
		extra.replaceChildren( ...piece.querySelector( '[data-extra]' ).childNodes );
		for ( const input of form.querySelectorAll( '[data-added]' ) ) {
			input.value = '';
		}
		last = relevant();
		return true;
	}

	function repeats() {
		const pattern = form.elements.namedItem( 'recurrence-repeats' ).value;
		return pattern !== 'never' || form.querySelector( '[data-added]' ).value;
	}

	form.addEventListener( 'focusout', ( event ) => {
		if ( CONCERNS.test( event.target.name ) && repeats() && relevant() !== last ) {
			refresh().catch( () => {} );
		}
	} );
	form.addEventListener( 'change', ( event ) => {
		if ( event.target.matches( 'select' ) && CONCERNS.test( event.target.name ) && repeats() ) {
			refresh().catch( () => {} );
		}
	} );
	form.addEventListener( 'submit', async ( event ) => {
		if ( event.submitter?.value === 'dates' ) {
			event.preventDefault();
			refresh().catch( () => {} );
		}
	} );
}
