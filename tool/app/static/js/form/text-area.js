/* Inserting text into a text area so that the browser's Undo removes it. */
export function insert( area, start, end, text ) {
	area.focus();
	area.setSelectionRange( start, end );
	// The only way that keeps the browser's history of changes.
	if ( !document.execCommand( 'insertText', false, text ) ) {
		area.setRangeText( text, start, end, 'end' );
		area.dispatchEvent( new InputEvent( 'input', { bubbles: true } ) );
	}
}
