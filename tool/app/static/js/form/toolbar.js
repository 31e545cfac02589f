/* The toolbar above the text: bold, italic, links, headings and pictures in wikitext. */
import { pictureDialog } from './picture-dialog.js';
import { insert } from './text-area.js';

const ADDRESS = /^https?:\/\/\S+$/;
const KEYS = { b: 'bold', i: 'italic' };

/* Puts marks round what is selected, which stays selected. */
function around( area, before, after ) {
	const { selectionStart: start, selectionEnd: end } = area;
	const text = area.value.slice( start, end );
	insert( area, start, end, before + text + after );
	area.setSelectionRange( start + before.length, start + before.length + text.length );
}

/* Changes whole lines, of which at least a part is selected. */
function lines( area, change ) {
	const { value, selectionEnd } = area;
	const start = value.lastIndexOf( '\n', area.selectionStart - 1 ) + 1;
	const next = value.indexOf( '\n', selectionEnd );
	const end = next < 0 ? value.length : next;
	insert( area, start, end, value.slice( start, end ).split( '\n' ).map( change ).join( '\n' ) );
}

function link( area ) {
	const text = area.value.slice( area.selectionStart, area.selectionEnd ).trim();
	if ( ADDRESS.test( text ) ) {
		around( area, '[', ' ]' );
	} else {
		around( area, '[[', ']]' );
	}
}

function marks( area, form ) {
	return {
		bold: () => around( area, "'''", "'''" ),
		italic: () => around( area, "''", "''" ),
		link: () => link( area ),
		heading: () => lines( area, ( line ) => `== ${ line.trim() } ==` ),
		list: () => lines( area, ( line ) => `* ${ line }` ),
		picture: pictureDialog( area, form )
	};
}

/* One stop for Tab, arrows inside (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/). */
function arrows( bar, buttons ) {
	bar.addEventListener( 'keydown', ( event ) => {
		const at = buttons.indexOf( document.activeElement );
		const forward = getComputedStyle( bar ).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
		const steps = { ArrowLeft: -1, ArrowRight: -1, Home: -at, End: buttons.length - 1 - at };
		steps[ forward ] = 1;
		if ( at >= 0 && event.key in steps ) {
			event.preventDefault();
			const next = buttons[ ( at + steps[ event.key ] + buttons.length ) % buttons.length ];
			buttons.forEach( ( button ) => {
				button.tabIndex = button === next ? 0 : -1;
			} );
			next.focus();
		}
	} );
}

export function toolbar( form ) {
	const bar = form.querySelector( '[data-toolbar]' );
	const area = form.elements.namedItem( 'body' );
	const buttons = [ ...bar.querySelectorAll( '[data-mark]' ) ];
	const known = marks( area, form );
	bar.addEventListener( 'click', ( event ) => {
		known[ event.target.closest( '[data-mark]' )?.dataset.mark ]?.();
	} );
	area.addEventListener( 'keydown', ( event ) => {
		const mark = ( event.ctrlKey || event.metaKey ) && !event.altKey && !event.shiftKey && KEYS[ event.key ];
		if ( mark ) {
			event.preventDefault();
			known[ mark ]();
		}
	} );
	arrows( bar, buttons );
	bar.hidden = false;
}
