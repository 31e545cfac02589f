/* How many characters a field has, once few are left. */
import { localNumber } from '../local-time.js';

const NEAR = 0.75;

function counter( input ) {
	const output = document.createElement( 'span' );
	output.classList.add( 'counter', 'small', 'quiet' );
	output.setAttribute( 'aria-live', 'polite' );
	input.parentElement.after( output );
	const count = () => {
		const { length } = input.value;
		output.textContent = length > NEAR * input.maxLength ?
			[ length, input.maxLength ].map( localNumber ).join( '/' ) : '';
	};
	input.addEventListener( 'input', count );
	count();
}

export function counters( form ) {
	form.querySelectorAll( '[data-counted]' ).forEach( counter );
}
