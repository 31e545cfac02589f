/* Marks of the map; what events are is told by shape and colour (`state.js`). */
import { localNumber } from '../local-time.js';

const SIZE = 28;

function drawn( { name, count, text } ) {
	const html = document.createElement( 'span' );
	html.classList.add( 'mark', `mark--${ name }` );
	const number = document.createElement( 'span' );
	number.className = 'mark__number';
	number.ariaHidden = 'true';
	number.textContent = count > 1 ? localNumber( count ) : '';
	const label = document.createElement( 'span' );
	label.className = 'visually-hidden';
	label.textContent = text;
	html.append( number, label );
	return html;
}

/* Of thousands of marks most are never seen by themselves: each is drawn when it is. */
const Mark = L.DivIcon.extend( {
	createIcon( old ) {
		this.options.html = drawn( this.options );
		return L.DivIcon.prototype.createIcon.call( this, old );
	}
} );

/* A mark with the number of its events, if there are several, and a text for the ear. */
export function markOf( name, count, text ) {
	return new Mark( { name, count, text, className: 'map-mark', iconSize: [ SIZE, SIZE ] } );
}
