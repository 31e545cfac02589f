/* The dates of the series, listed when asked for, and then whenever what they follow from
   changes. */

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

	/* A list that nobody asked for would push away what is about to be clicked. */
	function isShown() {
		return skipped.querySelector( 'input' ) || form.querySelector( '[data-added]' ).value;
	}

	for ( const kind of [ 'focusout', 'change' ] ) {
		form.addEventListener( kind, ( event ) => {
			const settled = kind === 'focusout' || event.target.matches( 'select' );
			if ( settled && CONCERNS.test( event.target.name ) && isShown() && relevant() !== last ) {
				refresh().catch( () => {} );
			}
		} );
	}
	form.addEventListener( 'submit', async ( event ) => {
		if ( event.submitter?.value === 'dates' ) {
			event.preventDefault();
			refresh().catch( () => {} );
		}
	} );
}
