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
	let running = null;
	// A list that nobody asked for would push away what is about to be clicked.
	let isShown = Boolean( skipped.querySelector( 'input' ) );

	function relevant() {
		const pairs = [ ...new FormData( form ) ];
		return JSON.stringify( pairs.filter( ( [ name ] ) => CONCERNS.test( name ) ) );
	}

	async function refresh() {
		last = relevant();
		isShown = true;
		running?.abort();
		running = new AbortController();
		const response = await fetch( form.dataset.dates, {
			method: 'POST',
			body: new FormData( form ),
			signal: running.signal
		} );
		if ( !response.ok ) {
			return;
		}
		const piece = new DOMParser().parseFromString( await response.text(), 'text/html' );
		skipped.replaceChildren( ...piece.querySelector( '[data-dates]' ).childNodes );
		extra.replaceChildren( ...piece.querySelector( '[data-extra]' ).childNodes );
		for ( const input of form.querySelectorAll( '[data-added]' ) ) {
			input.value = '';
		}
	}

	function isAskedFor() {
		return isShown || form.querySelector( '[data-added]' ).value;
	}

	for ( const kind of [ 'focusout', 'change' ] ) {
		form.addEventListener( kind, ( event ) => {
			const settled = kind === 'focusout' || event.target.matches( 'select' );
			if ( settled && CONCERNS.test( event.target.name ) && isAskedFor() && relevant() !== last ) {
				refresh().catch( () => {} );
			}
		} );
	}
	form.addEventListener( 'filled', () => {
		if ( skipped.querySelector( '[type="hidden"]' ) || extra.querySelector( '[type="hidden"]' ) ) {
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
