/* Putting text into a text area in a way that Undo takes back. */
export function insert( area, start, end, text ) {
	area.focus();
	area.setSelectionRange( start, end );
	// The only way that keeps the browser's history of changes.
	if ( !document.execCommand( 'insertText', false, text ) ) {
		area.setRangeText( text, start, end, 'end' );
		area.dispatchEvent( new InputEvent( 'input', { bubbles: true } ) );
	}
}
